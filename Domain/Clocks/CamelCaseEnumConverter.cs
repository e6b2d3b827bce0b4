using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>Writes an enum in the words of the HTTP API and the packs: <c>WorkingDays</c> as <c>"workingDays"</c>. Numbers are refused.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

using System.Text.Json;

namespace CaseManagement.Domain.Classification;

/// <summary>One test of one fact within a condition, with its JSON as written.</summary>
public sealed record FactTest(string Fact, UnaryTest Test, string Json);

/// <summary>Tests that must all hold; without tests it always holds.</summary>
public sealed record Alternative(IReadOnlyList<FactTest> Tests)
{
    public bool Holds(IFactReader reader) => Tests.All(part => part.Test.Matches(part.Fact, reader));

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var part in Tests)
        {
            writer.WritePropertyName(part.Fact);
            writer.WriteRawValue(part.Json);
        }

        writer.WriteEndObject();
    }
}

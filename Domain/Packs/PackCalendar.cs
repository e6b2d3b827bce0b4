using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A calendar by name; the organisation binds it to an installed work calendar.</summary>
public sealed record PackCalendar(string Key, BilingualText Name);

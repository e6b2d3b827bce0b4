using System.Globalization;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Simulation.Trials;
using NodaTime;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says in both languages what happened while a process was tried out.</summary>
public sealed class TrialWords(ProcessPack pack)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[pack.Identity.Zone];

    /// <summary>One thing that happened.</summary>
    public BilingualText Of(TrialEntry entry, TrialResult result) => entry.Type == TrialEntry.Refused
        ? Refused(entry)
        : new EventText(pack, (at, _) => Moment(at), result.Cases[entry.Case].Complaint.Number).Of(entry.Type, entry.Data);

    /// <summary>Who did it; people made up for the trial go by what they stand for.</summary>
    public BilingualText Actor(Actor actor) => actor is { Kind: ActorKind.Person, Id: { } id } && id.StartsWith("person-", StringComparison.Ordinal)
        ? new BilingualText("办理人 " + id["person-".Length..], "Person " + id["person-".Length..])
        : EventText.ActorName(actor);

    private static BilingualText Refused(TrialEntry entry) => new(
        $"“{Text(entry, "titleZh")}”办不了：{Text(entry, "code")}", $"{Text(entry, "titleEn")} could not be done: {Text(entry, "code")}");

    private static string Text(TrialEntry entry, string name) => entry.Data.GetProperty(name).GetString() ?? "";

    private string Moment(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(_zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

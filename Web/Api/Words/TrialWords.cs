using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Workflows.Simulation.Trials;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says what happened while a process was tried out: as the timeline of a case says it.</summary>
public sealed class TrialWords(IStringLocalizer<PageWords> pages, IStringLocalizer<EventWords> events)
{
    private static readonly Dictionary<string, string> Nobody = [];

    /// <summary>One thing that happened, in the reader's language.</summary>
    public string Of(TrialEntry entry, TrialResult result)
    {
        if (entry.Type == TrialEntry.Refused)
        {
            return Refused(entry).In(PackWords.Language);
        }

        var one = result.Cases[entry.Case];
        var names = new EventNames(new PackWords(one.Rules, pages, Nobody), one.Rules, one.Complaint, Mask: null);
        return new EventSentences(names, events).LineOf(entry.Type, JsonNode.Parse(entry.Data.GetRawText()) as JsonObject ?? []);
    }

    /// <summary>Who did it; people made up for the trial go by what they stand for.</summary>
    public static BilingualText Actor(Actor actor) => actor is { Kind: ActorKind.Person, Id: { } id } && id.StartsWith("person-", StringComparison.Ordinal)
        ? new BilingualText("办理人 " + id["person-".Length..], "Person " + id["person-".Length..])
        : ActorWords.NameOf(actor);

    private static BilingualText Refused(TrialEntry entry) => new(
        $"“{Text(entry, "titleZh")}”办不了：{Text(entry, "code")}", $"{Text(entry, "titleEn")} could not be done: {Text(entry, "code")}");

    private static string Text(TrialEntry entry, string name) => entry.Data.GetProperty(name).GetString() ?? "";
}

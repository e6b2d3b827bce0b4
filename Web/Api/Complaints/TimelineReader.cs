using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Reads what happened to a case and says it in words.</summary>
public sealed class TimelineReader(CaseManagementDbContext db, People people, IStringLocalizer<PageWords> pageWords, IStringLocalizer<EventWords> eventWords)
{
    private static readonly string[] FactLists = ["facts", "before"];

    /// <summary>All events, oldest first; those of one instant in the order they were recorded.</summary>
    public async Task<IReadOnlyList<TimelineAnswer>> ReadAsync(ReadCase read, string language, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        var words = new PackWords(read.Rules, pageWords, names).WithFiles(read.HidesFiles ? [] : read.Complaint.Attachments);
        var said = new EventSentences(new EventNames(words, read.Rules, read.Complaint, read.Mask), eventWords);
        var id = read.Complaint.Id.Value;
        var hides = read.HidesFiles;
        var events = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && !(hides && EventSentences.FileTypes.Contains(e.Type))).OrderBy(e => e.Sequence).ToListAsync(cancellationToken);
        return [.. events.OrderBy(e => e.At).ThenBy(e => e.Sequence).Select(e =>
        {
            var stored = JsonNode.Parse(e.Data) as JsonObject ?? [];
            return new TimelineAnswer(e.At, e.Type, By(e, language), said.LineOf(e.Type, stored), DataOf(e, read));
        })];
    }

    /// <summary>Who did it, named in a language.</summary>
    public static ActorAnswer By(EventRow row, string language)
    {
        var actor = row.ActorOf(JsonNode.Parse(row.Data) as JsonObject);
        return new ActorAnswer(CaseWords.Lower(actor.Kind), actor.Id, ActorWords.NameOf(actor).In(language)) { OnBehalfOf = actor.OnBehalfOf };
    }

    /// <summary>An event's data as the caller is shown them; no case for events that tell of none.</summary>
    internal static JsonElement DataOf(EventRow row, ReadCase? read)
    {
        var data = JsonNode.Parse(row.Data);
        if (read?.Mask is { } mask && data is JsonObject told)
        {
            foreach (var facts in FactLists.Select(name => told[name]).OfType<JsonObject>())
            {
                foreach (var (fact, written) in facts.ToList())
                {
                    var value = written?.Deserialize(CaseDocument.Default.FactValue) ?? FactValue.Unknown;
                    var shown = mask.Fact(fact, value);
                    if (shown is null)
                    {
                        facts.Remove(fact);
                    }
                    else if (shown != value)
                    {
                        facts[fact] = JsonSerializer.SerializeToNode(shown, CaseDocument.Default.FactValue);
                    }
                }
            }

            if (row.Type == CaseEvents.MessageReceived && told["from"] is JsonValue from && from.TryGetValue<string>(out var sender))
            {
                told["from"] = mask.Sender(sender);
            }

            Cover(told, mask);
        }

        return JsonSerializer.SerializeToElement(data);
    }

    // ids and moments are no words; keys of facts were covered above
    private static void Cover(JsonNode? node, CaseMask mask)
    {
        if (!mask.CoversWords)
        {
            return;
        }

        foreach (var (name, child) in node is JsonObject members ? members.Where(m => !FactLists.Contains(m.Key)).ToList() : [])
        {
            if (Covered(child, mask) is { } covered)
            {
                node![name] = covered;
            }
            else
            {
                Cover(child, mask);
            }
        }

        for (var place = 0; node is JsonArray list && place < list.Count; place++)
        {
            if (Covered(list[place], mask) is { } covered)
            {
                list[place] = covered;
            }
            else
            {
                Cover(list[place], mask);
            }
        }
    }

    private static string? Covered(JsonNode? node, CaseMask mask) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && !Guid.TryParse(text, out _) && mask.Say(text) is var covered && covered != text ? covered : null;
}

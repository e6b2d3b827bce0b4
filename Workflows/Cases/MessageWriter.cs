using System.Collections.Concurrent;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;
using HandlebarsDotNet;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// Writes out the messages a case wants sent, one row per recipient and channel. Templates see dictionaries of texts only, never objects.
/// </summary>
public sealed class MessageWriter(ITrackingCodes codes)
{
    /// <summary>Longest message written, in characters; what is longer is cut.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly IHandlebars Handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    // templates come from packs: few, and the same ones again and again
    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> Compiled = new(StringComparer.Ordinal);

    public IEnumerable<MessageRow> Write(CaseAct act)
    {
        if (act.Log.Messages.Count == 0)
        {
            yield break;
        }

        // the code is opened only where a template says it
        var withCode = act.Log.Messages.Any(m => act.Rules.Template(m.Template).Body.ToString().Contains("trackingCode", StringComparison.Ordinal));
        var (zh, en) = (ModelOf(act, "zh-CN", withCode), ModelOf(act, "en", withCode));
        foreach (var message in act.Log.Messages)
        {
            var template = act.Rules.Template(message.Template);
            var clock = message.Clock is { } key ? act.Complaint.Clocks.All.GetValueOrDefault(key) : null;
            foreach (var (channel, address) in Ways(act.Complaint, template, message.To))
            {
                yield return new MessageRow
                {
                    Id = Guid.CreateVersion7(act.At),
                    ComplaintId = act.Complaint.Id.Value,
                    Template = message.Template,
                    Recipient = message.To,
                    Channel = channel,
                    Address = address,
                    SubjectZh = Render(template.Subject.Zh, zh, message, clock, act, "zh-CN"),
                    SubjectEn = Render(template.Subject.En, en, message, clock, act, "en"),
                    BodyZh = Render(template.Body.Zh, zh, message, clock, act, "zh-CN"),
                    BodyEn = Render(template.Body.En, en, message, clock, act, "en"),
                    Clock = message.Clock,
                    Escalation = message.Escalation,
                    State = channel == "inbox" ? MessageStates.Delivered : channel != "letter" && message.To == Candidates.Complainant && address is null ? MessageStates.Parked : MessageStates.Pending,
                    LastError = channel != "letter" && channel != "inbox" && message.To == Candidates.Complainant && address is null ? "no-address" : null,
                    NextAttemptAt = channel == "inbox" ? null : act.At,
                    CreatedAt = act.At,
                };
            }
        }
    }

    /// <summary>The complainant is told by the first way that reaches them, staff by every way the template names.</summary>
    private static IEnumerable<(string Channel, string? Address)> Ways(Complaint complaint, Template template, string to)
    {
        var ways = template.Via.Count > 0 ? template.Via : ["inbox"];
        if (to != Candidates.Complainant)
        {
            return ways.Select(w => (w, (string?)null));
        }

        var reachable = ways.Select(w => (Channel: w, Address: AddressOf(complaint.Complainant, w))).ToList();
        var first = reachable.Find(w => w.Address is not null || w.Channel is "letter" or "inbox");
        return [first.Channel is null ? reachable[0] : first];
    }

    private static string? AddressOf(Complainant complainant, string channel) => channel switch
    {
        "email" => Known(complainant.Email),
        "sms" or "phone" or "fax" => Known(complainant.Phone),
        _ => null,
    };

    private static string? Known(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;

    private static string Render(
        string text, Dictionary<string, object> model, CaseMessage message, Clock? clock, CaseAct act, string culture)
    {
        model["text"] = (culture == "en" ? message.TextEn : null) ?? message.Text ?? "";
        var clocks = (Dictionary<string, object>)model["clock"];
        var spokenOf = clock is null ? new Dictionary<string, object>() : ModelOf(clock, act, culture);
        foreach (var member in new[] { "name", "dueAt", "explanation" })
        {
            clocks[member] = spokenOf.GetValueOrDefault(member, "");
        }

        var rendered = Compiled.GetOrAdd(text, static t => Handlebars.Compile(t))(model);
        return rendered.Length <= MaxLength ? rendered : rendered[..MaxLength];
    }

    private Dictionary<string, object> ModelOf(CaseAct act, string culture, bool withCode)
    {
        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        var calendar = act.Rules.Calendar(act.Rules.Pack.Identity.Calendar);
        var words = new FactWords(act.Rules.Pack, (at, language) => DateText.Of(at, calendar, language));
        foreach (var (name, value) in act.Complaint.Facts.All)
        {
            model[name] = words.Of(name, value).In(culture);
        }

        model["number"] = act.Complaint.Number;
        model["trackingCode"] = withCode && act.Complaint.TrackingSealed is { } kept ? codes.Open(kept) ?? "" : "";
        model["complainant"] = act.Complaint.Complainant.Name ?? "";
        model["clock"] = act.Complaint.Clocks.All.ToDictionary(c => c.Key, c => (object)ModelOf(c.Value, act, culture), StringComparer.Ordinal);
        return model;
    }

    private static Dictionary<string, object> ModelOf(Clock clock, CaseAct act, string culture) => new(StringComparer.Ordinal)
    {
        ["name"] = act.Rules.NameOf(clock).In(culture),
        ["dueAt"] = clock.DueAt is { } due ? DateText.Of(due, act.Rules.CalendarOf(clock, act.Complaint.Lead), culture) : "",
        ["explanation"] = clock.Explanation.ToText(culture),
    };
}

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

    private const string Inbox = "inbox";

    private static readonly IHandlebars Handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    // templates come from packs: few, and the same ones again and again
    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> Compiled = new(StringComparer.Ordinal);

    public IEnumerable<MessageRow> Write(CaseAct act)
    {
        if (act.Log.Messages.Count == 0)
        {
            yield break;
        }

        var said = string.Concat(act.Log.Messages.Select(m => act.Rules.Template(m.Template)).Distinct().Select(t => $"{t.Subject} {t.Body} "));
        var (zh, en) = (ModelOf(act, "zh-CN", said), ModelOf(act, "en", said));
        foreach (var message in act.Log.Messages)
        {
            var template = act.Rules.Template(message.Template);
            Address(zh, message, act, "zh-CN", said);
            Address(en, message, act, "en", said);
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
                    SubjectZh = Render(template.Subject.Zh, zh),
                    SubjectEn = Render(template.Subject.En, en),
                    BodyZh = Render(template.Body.Zh, zh),
                    BodyEn = Render(template.Body.En, en),
                    Clock = message.Clock,
                    Escalation = message.Escalation,
                    State = channel == Inbox ? message.To == Candidates.Complainant ? MessageStates.Delivered : MessageStates.Noticed : channel != "letter" && message.To == Candidates.Complainant && address is null ? MessageStates.Parked : MessageStates.Pending,
                    LastError = channel != "letter" && channel != Inbox && message.To == Candidates.Complainant && address is null ? "no-address" : null,
                    NextAttemptAt = channel == Inbox ? null : act.At,
                    CreatedAt = act.At,
                };
            }
        }
    }

    /// <summary>
    /// The complainant is told by the first way that reaches them, staff by every way the template names. To staff, e-mail is no way of its own:
    /// they get a notice, and how mails tell of notices is theirs and the organisation's to choose.
    /// </summary>
    private static IEnumerable<(string Channel, string? Address)> Ways(Complaint complaint, Template template, string to)
    {
        var ways = template.Via.Count > 0 ? template.Via : [Inbox];
        if (to != Candidates.Complainant)
        {
            return ways.Select(w => (w == "email" ? Inbox : w, (string?)null)).Distinct();
        }

        var reachable = ways.Select(w => (Channel: w, Address: AddressOf(complaint.Complainant, w))).ToList();
        var first = reachable.Find(w => w.Address is not null || w.Channel is "letter" or Inbox);
        return [first.Channel is null ? reachable[0] : first];
    }

    private static string? AddressOf(Complainant complainant, string channel) => channel switch
    {
        "email" => Known(complainant.Email),
        "sms" or "phone" or "fax" => Known(complainant.Phone),
        _ => null,
    };

    private static string? Known(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;

    private static string Render(string text, Dictionary<string, object> model)
    {
        var rendered = Compiled.GetOrAdd(text, static t => Handlebars.Compile(t))(model);
        return rendered.Length <= MaxLength ? rendered : rendered[..MaxLength];
    }

    /// <summary>Sets what differs from message to message.</summary>
    private static void Address(Dictionary<string, object> model, CaseMessage message, CaseAct act, string culture, string said)
    {
        model["text"] = (culture == "en" ? message.TextEn : null) ?? message.Text ?? "";
        var spokenOf = message.Clock is { } key && act.Complaint.Clocks.All.GetValueOrDefault(key) is { } clock && said.Contains("clock", StringComparison.Ordinal)
            ? ModelOf(clock, act, culture)
            : [];
        var clocks = (Dictionary<string, object>)model["clock"];
        foreach (var member in (ReadOnlySpan<string>)["name", "dueAt", "explanation"])
        {
            clocks[member] = spokenOf.GetValueOrDefault(member, "");
        }
    }

    /// <summary>What the templates that are sent may name; what none of them says is not worked out.</summary>
    private Dictionary<string, object> ModelOf(CaseAct act, string culture, string said)
    {
        bool IsSaid(string name) => said.Contains(name, StringComparison.Ordinal);

        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        var calendar = act.Rules.Calendar(act.Rules.Pack.Identity.Calendar);
        var words = new FactWords(act.Rules.Pack, (at, language) => DateText.Of(at, calendar, language));
        foreach (var (name, value) in act.Complaint.Facts.All)
        {
            if (IsSaid(name))
            {
                model[name] = words.Of(name, value).In(culture);
            }
        }

        model["number"] = act.Complaint.Number;
        model["trackingCode"] = IsSaid("trackingCode") && act.Complaint.TrackingSealed is { } kept ? codes.Open(kept) ?? "" : "";
        model["complainant"] = act.Complaint.Complainant.Name ?? "";
        model["clock"] = act.Complaint.Clocks.All.Where(c => IsSaid(c.Key))
            .ToDictionary(c => c.Key, c => (object)ModelOf(c.Value, act, culture), StringComparer.Ordinal);
        return model;
    }

    private static Dictionary<string, object> ModelOf(Clock clock, CaseAct act, string culture) => new(StringComparer.Ordinal)
    {
        ["name"] = act.Rules.NameOf(clock).In(culture),
        ["dueAt"] = clock.DueAt is { } due ? DateText.Of(due, act.Rules.CalendarOf(clock, act.Complaint.Lead), culture) : "",
        ["explanation"] = clock.Explanation.ToText(culture),
    };
}

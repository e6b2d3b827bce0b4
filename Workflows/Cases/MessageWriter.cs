using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// Writes out the messages a case wants sent, one row per recipient and channel. Templates see dictionaries of texts only, never objects.
/// </summary>
public static class MessageWriter
{
    private const string Inbox = "inbox";

    public static IEnumerable<MessageRow> Write(CaseAct act)
    {
        if (act.Log.Messages.Count == 0)
        {
            yield break;
        }

        var templates = act.Log.Messages.Where(m => m.Written is null).Select(m => act.Rules.Template(m.Template)).Distinct().ToList();
        var said = string.Concat(templates.Select(t => $"{t.Subject} {t.Body} "));
        var models = new Dictionary<(MessageReader Reader, string Culture), Dictionary<string, object>>();
        foreach (var message in act.Log.Messages)
        {
            var reader = message.To == Candidates.Complainant ? MessageReader.Complainant : MessageReader.Staff;
            var (subject, body, via) = message.Written is { } written
                ? (new BilingualText(written.Subject, written.SubjectEn ?? written.Subject), new BilingualText(written.Body, written.SubjectEn ?? written.Body), written.Via)
                : Render(act.Rules.Template(message.Template), ModelOf(reader, "zh-CN", message), ModelOf(reader, "en", message));
            if (reader == MessageReader.Complainant && act.Complaint.Complainant.Language is { } language)
            {
                // what is written in one language has both columns alike
                (subject, body) = (Only(subject, language), Only(body, language));
            }

            foreach (var (channel, address) in Ways(act.Complaint, via, message.To))
            {
                yield return new MessageRow
                {
                    Id = message.Id ?? Guid.CreateVersion7(act.At),
                    ComplaintId = act.Complaint.Id.Value,
                    Template = message.Template,
                    Recipient = message.To,
                    Channel = channel,
                    Address = address,
                    SubjectZh = subject.Zh,
                    SubjectEn = subject.En,
                    BodyZh = body.Zh,
                    BodyEn = body.En,
                    Clock = message.Clock,
                    Escalation = message.Escalation,
                    State = channel == Inbox ? message.To == Candidates.Complainant ? MessageStates.Delivered : MessageStates.Noticed : channel != "letter" && message.To == Candidates.Complainant && address is null ? MessageStates.Parked : MessageStates.Pending,
                    LastError = channel != "letter" && channel != Inbox && message.To == Candidates.Complainant && address is null ? "no-address" : null,
                    NextAttemptAt = channel == Inbox ? null : act.At,
                    CreatedAt = act.At,
                };
            }
        }

        Dictionary<string, object> ModelOf(MessageReader reader, string culture, CaseMessage message)
        {
            if (!models.TryGetValue((reader, culture), out var model))
            {
                models[(reader, culture)] = model = MessageModel.Of(act, culture, said, reader, tellsCode: reader == MessageReader.Complainant);
            }

            Address(model, message, act, culture, said);
            return model;
        }
    }

    /// <summary>
    /// The complainant is told by the first way that reaches them, staff by every way the template names. To staff, e-mail is no way of its own:
    /// they get a notice, and how mails tell of notices is theirs and the organisation's to choose.
    /// </summary>
    private static IEnumerable<(string Channel, string? Address)> Ways(Complaint complaint, IReadOnlyList<string> via, string to)
    {
        var ways = via.Count > 0 ? via : [Inbox];
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
        "sms" or "phone" or "fax" or "webhook" => Known(complainant.Phone),
        _ => null,
    };

    private static string? Known(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;

    private static (BilingualText Subject, BilingualText Body, IReadOnlyList<string> Via) Render(Template template, Dictionary<string, object> zh, Dictionary<string, object> en)
    {
        try
        {
            return (
                new BilingualText(Line(template.Subject.Zh, zh), Line(template.Subject.En, en)),
                new BilingualText(TemplateRendering.Text(template.Body.Zh, zh), TemplateRendering.Text(template.Body.En, en)), template.Via);
        }
        catch (TemplateRefusedException)
        {
            // of a version published before templates were checked: the deed goes on, and the message leaves as it is written there
            return (template.Subject, template.Body, template.Via);
        }
    }

    // a subject stands in logs of mail servers and on locked screens: the code is never in it
    private static string Line(string subject, Dictionary<string, object> model) => SealedCode.Fill(TemplateRendering.Line(subject, model), _ => MessageModel.Masked);

    private static BilingualText Only(BilingualText text, string language) => new(text.In(language), text.In(language));

    /// <summary>Sets what differs from message to message.</summary>
    private static void Address(Dictionary<string, object> model, CaseMessage message, CaseAct act, string culture, string said)
    {
        model["text"] = (culture == "en" ? message.TextEn : null) ?? message.Text ?? "";
        var spokenOf = message.Clock is { } key && act.Complaint.Clocks.All.GetValueOrDefault(key) is { } clock && said.Contains("clock", StringComparison.Ordinal)
            ? MessageModel.Of(clock, act, culture)
            : [];
        var clocks = (Dictionary<string, object>)model["clock"];
        foreach (var member in TemplateNames.OfClocks)
        {
            clocks[member] = spokenOf.GetValueOrDefault(member, "");
        }
    }
}

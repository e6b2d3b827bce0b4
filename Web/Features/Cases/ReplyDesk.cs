using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Messages;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What is written to complainants, and the log of calls and visits: filled in from templates, looked at, sent.</summary>
public sealed class ReplyDesk(
    ReplyTemplates templates, CaseRuntime cases, CaseDeeds deeds, IStringLocalizer<CaseWords> words)
{
    private const string Chinese = "zh-CN";
    private const string English = "en";
    private const int LongestSubject = 200;

    /// <summary>What the complainant reads, else the language they wrote in; Chinese where that does not show.</summary>
    public static string LanguageOf(Complaint complaint)
    {
        if (complaint.Complainant.Language is { } known)
        {
            return known;
        }

        var said = complaint.Facts.Text("description") is { Length: > 0 } description ? description : complaint.Subject;
        return said.Any(c => c is >= '\u3400' and <= '\u9fff') || !said.Any(char.IsAsciiLetter) ? Chinese : English;
    }

    /// <summary>Puts the templates the reader may choose from into the composer.</summary>
    public async Task<Composer?> WithTemplatesAsync(Composer? composer, CaseView view, CancellationToken cancellationToken)
    {
        if (composer is null)
        {
            return null;
        }

        var all = await templates.OfAsync(view.Rules.Pack, cancellationToken);
        return composer with
        {
            Replies = [.. all.Where(t => !t.IsLetter).Select(t => new Choice(t.Key, t.Name.In(PackWords.Language)))],
            Letters = [.. all.Where(t => t.IsLetter).Select(t => new Choice(t.Key, t.Name.In(PackWords.Language)))],
            Entry = new EntryForm { Language = LanguageOf(view.Complaint), When = LocalTimes.Write(view.Now, view.Zone), Direction = "in", With = view.KnowsComplainant ? view.Mask.Name : null },
        };
    }

    /// <summary>What was typed, with subject and text as the chosen template writes them for this case.</summary>
    public async Task<EntryForm?> FillAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        if (await FindAsync(view, entry, cancellationToken) is not { } template)
        {
            return null;
        }

        var english = LanguageIn(entry, view) == English;
        var (subject, body) = english ? (template.Subject.En, template.Body.En) : (template.Subject.Zh, template.Body.Zh);
        try
        {
            var model = ModelOf(view, english ? English : Chinese, $"{subject} {body}", entry.Text ?? "");
            return entry with { Subject = Cut(TemplateRendering.Line(subject, model, tries: true)), Text = TemplateRendering.Text(body, model, tries: true) };
        }
        catch (TemplateRefusedException)
        {
            return null;
        }
    }

    /// <summary>How a reply reads and where it goes.</summary>
    public async Task<ReplyPreview> PreviewAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        var (written, _) = await WriteAsync(view, entry, cancellationToken);
        if (entry.Kind == CaseMenu.Letter || written is null)
        {
            return new ReplyPreview(words[entry.Kind == CaseMenu.Letter ? "WriteLetterReach" : "WriteRecorded"], written?.Subject ?? "", entry.Text ?? "", LanguageIn(entry, view), null);
        }

        var way = CaseMenu.WayOf(view.Complaint.Complainant, written.Via);
        var sms = way?.Channel == "sms" ? SmsLength.Of(written.Body) : null;
        return new ReplyPreview(
            (way is var (channel, address) ? words["WriteReach", words[$"Channel_{channel}"], address] : words["WriteNoAddress"]).Value, written.Subject, written.Body, written.Language,
            sms is null ? null : words["SmsLength", sms.Characters, sms.Parts].Value);
    }

    /// <summary>Sends a reply, word for word as it was typed.</summary>
    /// <param name="view">The case.</param>
    /// <param name="entry">What was typed.</param>
    /// <param name="before">What is done in the same commit.</param>
    /// <param name="files">Files that leave with it, attached by what is done before.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    public async Task<ActionAnswer> ReplyAsync(CaseView view, EntryForm entry, Action<CaseAct> before, IReadOnlyList<Guid> files, CancellationToken cancellationToken)
    {
        var text = entry.Text?.Trim() ?? "";
        var (written, template) = await WriteAsync(view, entry, cancellationToken);
        return await deeds.DoAsync(
            view,
            act =>
            {
                RuleViolationException.ThrowUnless(act.Complaint.IsOpen, ComplaintRules.NotOpen);
                if (written is not null)
                {
                    Correspondence.ThrowUnlessSubject(written.Subject);
                }

                before(act);
                act.Complaint.Reply(act, "progress", text, template, written, files);
            },
            cancellationToken);
    }

    /// <summary>Writes a letter with the next number of the year.</summary>
    /// <returns>The letter's id where it was written.</returns>
    public async Task<(ActionAnswer Answer, Guid? Letter)> LetterAsync(CaseView view, EntryForm entry, Action<CaseAct> before, CancellationToken cancellationToken)
    {
        var (_, template) = await WriteAsync(view, entry, cancellationToken);
        var id = Guid.CreateVersion7(view.Now);
        var year = DateWords.DayOf(view.Now, view.Zone).Year.ToString(CultureInfo.InvariantCulture);
        var (answer, kept) = await deeds.OnceAsync(
            view,
            async transaction =>
            {
                var sequence = await transaction.NextAsync($"letters/{year}", cancellationToken);
                var letter = new Letter(
                    id, string.Create(CultureInfo.InvariantCulture, $"L-{year}-{sequence:00000}"), entry.Subject?.Trim() ?? "", entry.Text?.Trim() ?? "", LanguageIn(entry, view),
                    entry.Template is { Length: > 0 } ? template : null);
                await cases.ActAsync(transaction, view.Complaint.Id.Value, view.Person.AsPerformer(), before + (act => act.Complaint.IssueLetter(act, letter)), cancellationToken);
                return id.ToString();
            },
            cancellationToken);
        return (answer, answer.Result == ActionEnd.Done ? Guid.Parse(kept!, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Records a call or a visit.</summary>
    public Task<ActionAnswer> ContactAsync(CaseView view, EntryForm entry, Action<CaseAct> before, CancellationToken cancellationToken)
    {
        if (LocalTimes.Read(entry.When, view.Zone) is not { } at || !int.TryParse(entry.Minutes is { Length: > 0 } typed ? typed : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            return Task.FromResult(ActionAnswer.Invalid(deeds.Say(ComplaintRules.ContactWrong, view)));
        }

        var contact = new Contact(entry.Kind == CaseMenu.Visit, entry.Direction != "out", TemplateRendering.OneLine(entry.With ?? ""), at, minutes, entry.Text?.Trim() ?? "");
        return deeds.DoAsync(view, before + (act => act.Complaint.LogContact(act, contact)), cancellationToken);
    }

    // a reply goes the ways of the template it was made from, else those of the process's template for replies
    private async Task<(WrittenMessage? Written, string? Template)> WriteAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        var language = LanguageIn(entry, view);
        var usual = CaseMenu.ReplyTemplate(view.Rules.Pack) is { } packs ? ReplyTemplate.Of(packs) : null;
        if ((await FindAsync(view, entry, cancellationToken) ?? usual) is not { } template)
        {
            return (null, null);
        }

        var subject = TemplateRendering.OneLine(entry.Subject ?? "");
        if (subject.Length == 0)
        {
            var written = language == English ? template.Subject.En : template.Subject.Zh;
            subject = Cut(TemplateRendering.Line(written, ModelOf(view, language, written, "")));
        }

        // a template for SMS reaches somebody who only has an e-mail address by the usual ways
        IReadOnlyList<string> ways = template.IsLetter ? template.Via : [.. template.Via.Concat(usual?.Via ?? []).Distinct(StringComparer.Ordinal)];
        return (new WrittenMessage(subject, TemplateRendering.Plain(entry.Text?.Trim() ?? ""), language, ways), template.Key);
    }

    private async Task<ReplyTemplate?> FindAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken) =>
        entry.Template is { Length: > 0 } key
            ? (await templates.OfAsync(view.Rules.Pack, cancellationToken)).FirstOrDefault(t => t.Key == key && t.IsLetter == (entry.Kind == CaseMenu.Letter))
            : null;

    // whoever may not know the complainant does not learn the name by filling in a template
    private static Dictionary<string, object> ModelOf(CaseView view, string language, string said, string typed)
    {
        var act = new CaseAct(view.Complaint, view.Rules, view.Person.AsPerformer(), view.Now, new CaseLog());
        var model = MessageModel.Of(act, language, said, MessageReader.Complainant);
        model["text"] = typed;
        var mask = view.Mask;
        foreach (var fact in view.Rules.Pack.Facts.All.Where(f => model.ContainsKey(f.Key) && mask.Covers(f.Key)))
        {
            model[fact.Key] = mask.Fact(fact.Key, view.Facts.Read(fact.Key))?.Text is { } part ? TemplateRendering.Plain(part) : MessageModel.Masked;
        }

        if (!view.KnowsComplainant || string.IsNullOrWhiteSpace(view.Complaint.Complainant.Name))
        {
            model["complainant"] = MessageWords.Nameless(language);
        }

        return model;
    }

    private static string LanguageIn(EntryForm entry, CaseView view) => entry.Language is Chinese or English ? entry.Language : LanguageOf(view.Complaint);

    private static string Cut(string subject) => subject.Length <= LongestSubject ? subject : subject[..LongestSubject];
}

using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Messages;

/// <summary>A template a reply or letter is made from: a pack's own, or one an administrator wrote.</summary>
/// <param name="Key">A pack's key, or <c>own:key</c>.</param>
/// <param name="Name">What it is called where it is chosen.</param>
/// <param name="Via">Ways in order of preference; <c>letter</c> alone for a letter.</param>
public sealed partial record ReplyTemplate(string Key, BilingualText Name, BilingualText Subject, BilingualText Body, IReadOnlyList<string> Via)
{
    public const string OwnPrefix = "own:";
    public const string Letter = "letter";

    public bool IsLetter => Via is [Letter];

    internal static ReplyTemplate Of(Template template) => new(
        template.Key, new BilingualText(Named(template.Subject.Zh), Named(template.Subject.En)), template.Subject, template.Body,
        template.Kind == TemplateKind.Document ? [Letter] : template.Via);

    internal static ReplyTemplate Of(MessageTemplate template) => new(
        OwnPrefix + template.Key, new BilingualText(template.NameZh, template.NameEn), new BilingualText(template.SubjectZh, template.SubjectEn),
        new BilingualText(template.BodyZh, template.BodyEn), [template.Channel]);

    private static string Named(string subject) => Placeholder().Replace(subject, "…").Trim();

    [GeneratedRegex(@"\{\{[^}]{1,200}\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}

/// <summary>The templates replies and letters are made from, and what they may name.</summary>
public sealed class ReplyTemplates(IDbContextFactory<CaseManagementDbContext> contexts)
{
    /// <summary>Templates written here may name no tracking code: whoever writes a reply would read it.</summary>
    private const string TrackingCode = "trackingCode";

    /// <summary>Those a case of this process may use, the process's own first.</summary>
    public async Task<IReadOnlyList<ReplyTemplate>> OfAsync(ProcessPack pack, CancellationToken cancellationToken)
    {
        var process = pack.Identity.Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await LatestAsync(db, process, cancellationToken);
        return
        [
            .. pack.Templates.Values.Where(IsForReplies).Select(ReplyTemplate.Of),
            .. own.Where(t => !t.IsWithdrawn).GroupBy(t => t.Key, StringComparer.Ordinal).Select(g => ReplyTemplate.Of(g.MaxBy(t => t.Process.Length)!)).OrderBy(t => t.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The newest version of each template of a process and of those for all; of everything where no process is named.</summary>
    public static async Task<IReadOnlyList<MessageTemplate>> LatestAsync(CaseManagementDbContext db, string? process, CancellationToken cancellationToken)
    {
        var all = db.MessageTemplates.AsNoTracking();
        return await all
            .Where(t => (process == null || t.Process == process || t.Process == "") && t.Version == all.Where(o => o.Process == t.Process && o.Key == t.Key).Max(o => o.Version))
            .OrderBy(t => t.Process).ThenBy(t => t.Key).ToListAsync(cancellationToken);
    }

    /// <summary>Mistakes of a template, names that nothing stands for among them.</summary>
    /// <param name="text">The template.</param>
    /// <param name="pack">The process it is for; null for all of them, where only facts of every case have names.</param>
    public static IReadOnlyList<TemplateMistake> Check(string text, ProcessPack? pack)
    {
        var read = TemplateText.Read(text);
        var known = TemplateNames.InReplies(pack);
        var mistakes = read.Mistakes
            .Concat(read.Names.Where(n => !known.Contains(n.Name)).Select(n => new TemplateMistake(n.Line, n.Column, TemplateMistakes.Unknown, n.Name)))
            .OrderBy(m => m.Line).ThenBy(m => m.Column).ToList();
        if (mistakes.Count > 0)
        {
            return mistakes;
        }

        try
        {
            TemplateRendering.Text(text, ExampleModel.Of(pack, "en"), tries: true);
            return [];
        }
        catch (TemplateRefusedException)
        {
            return [new TemplateMistake(1, 1, TemplateMistakes.TooLong, "")];
        }
    }

    private static bool IsForReplies(Template template) =>
        (template.Kind == TemplateKind.Document || (template.Kind == TemplateKind.Message && template.To.Contains(Candidates.Complainant)))
        && !template.Body.Zh.Contains(TrackingCode, StringComparison.Ordinal) && !template.Body.En.Contains(TrackingCode, StringComparison.Ordinal);
}

/// <summary>An invented case, to try templates out with.</summary>
public static class ExampleModel
{
    public static Dictionary<string, object> Of(ProcessPack? pack, string culture)
    {
        var zh = BilingualText.IsChinese(culture);
        var facts = pack?.Facts.All ?? BuiltInFacts.All;
        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            model[fact.Key] = zh ? $"〔{fact.Name.Zh}〕" : $"[{fact.Name.En}]";
        }

        model["number"] = "2026-000123";
        model["complainant"] = zh ? "王小明" : "Alex Example";
        model["process"] = pack?.Identity.Name.In(culture) ?? (zh ? "投诉处理" : "Complaint handling");
        model["today"] = zh ? "2026年9月2日" : "2 September 2026";
        model["why"] = zh ? "10 人以上集体投诉" : "ten people or more complain together";
        model["text"] = zh ? "（经办人写的话）" : "(the words of whoever writes)";
        model["subject"] = zh ? "包裹丢失" : "A parcel is lost";
        model["clock"] = (pack?.Limits ?? []).GroupBy(l => l.Clock, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (object)new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["name"] = g.First().Name.In(culture),
                ["dueAt"] = zh ? "2026年9月9日 18:00" : "9 September 2026, 18:00",
                ["explanation"] = zh ? "收到后 7 天" : "7 days after receipt",
            },
            StringComparer.Ordinal);
        return model;
    }
}

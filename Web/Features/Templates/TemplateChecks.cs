using System.Text.RegularExpressions;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Messages;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Templates;

/// <summary>Checks a template as typed and says where a mistake stands.</summary>
internal sealed partial class TemplateChecks(IStringLocalizer<TemplatesText> text)
{
    public static readonly IReadOnlyList<string> Channels = ["email", "sms", "webhook", "letter"];

    private const int LongestName = 100;
    private const int LongestSubject = 200;
    private const int MostSaid = 3;

    /// <summary>What is wrong with which field.</summary>
    public Dictionary<string, string> Errors(TemplateEdit edit, ProcessPack? pack, bool isNew)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (isNew && !Key().IsMatch(edit.Key?.Trim() ?? ""))
        {
            errors[nameof(edit.Key)] = text["KeyWrong"];
        }

        if (!Channels.Contains(edit.Channel))
        {
            errors[nameof(edit.Channel)] = text["ChannelWrong"];
        }

        foreach (var (field, typed) in ((string, string?)[])[(nameof(edit.NameZh), edit.NameZh), (nameof(edit.NameEn), edit.NameEn)])
        {
            if (string.IsNullOrWhiteSpace(typed) || typed.Trim().Length > LongestName)
            {
                errors[field] = text["NameWrong", LongestName];
            }
        }

        foreach (var (field, typed, isSubject) in ((string, string?, bool)[])
            [(nameof(edit.SubjectZh), edit.SubjectZh, true), (nameof(edit.SubjectEn), edit.SubjectEn, true), (nameof(edit.BodyZh), edit.BodyZh, false), (nameof(edit.BodyEn), edit.BodyEn, false)])
        {
            if (string.IsNullOrWhiteSpace(typed))
            {
                errors[field] = text["Missing"];
            }
            else if (isSubject && (typed.Trim().Length > LongestSubject || typed.AsSpan().Trim().ContainsAny('\r', '\n')))
            {
                errors[field] = text["SubjectWrong", LongestSubject];
            }
            else if (ReplyTemplates.Check(typed, pack) is { Count: > 0 } mistakes)
            {
                errors[field] = string.Join(' ', mistakes.Take(MostSaid).Select(m => text["Mistake", m.Line, m.Column, text[m.Code, m.Part].Value].Value));
            }
        }

        return errors;
    }

    /// <summary>How it reads for an invented case, in both languages.</summary>
    public static IReadOnlyList<TemplateExample> Examples(TemplateEdit edit, ProcessPack? pack)
    {
        try
        {
            (string Language, string? Subject, string? Body)[] both = [("zh-CN", edit.SubjectZh, edit.BodyZh), ("en", edit.SubjectEn, edit.BodyEn)];
            return [.. both.Select(one =>
            {
                var model = ExampleModel.Of(pack, one.Language);
                var body = TemplateRendering.Text(one.Body ?? "", model, tries: true);
                return new TemplateExample(one.Language, TemplateRendering.Line(one.Subject ?? "", model, tries: true), body, edit.Channel == "sms" ? SmsLength.Of(body) : null);
            })];
        }
        catch (TemplateRefusedException)
        {
            return [];
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}

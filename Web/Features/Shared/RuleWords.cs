using CaseManagement.Domain;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Texts of broken rules, by their codes.</summary>
public sealed class RuleWords;

/// <summary>Says a broken rule in the reader's language; a code without a text of its own is named.</summary>
public sealed class RuleTexts(IStringLocalizer<RuleWords> words)
{
    private const string Gate = "gate.";

    /// <summary>The rule in words.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pack">The process, which names facts and words its own gates; null where there is none.</param>
    public string Say(Rule rule, ProcessPack? pack)
    {
        if (pack is not null && rule.Code.StartsWith(Gate, StringComparison.Ordinal)
            && pack.Gates.FirstOrDefault(g => g.Code == rule.Code) is { } gate)
        {
            return gate.Message.In(PackWords.Language);
        }

        return Missing(rule) is { Count: > 0 } facts
            ? words["form-incomplete", string.Join(words["separator"], facts.Select(f => pack?.Facts.Find(f)?.Name.In(PackWords.Language) ?? f))]
            : Say(rule.Code);
    }

    /// <summary>A code in words.</summary>
    public string Say(string code) => words[code] is { ResourceNotFound: false } known ? known : words["other", code];

    /// <summary>The facts a form lacks, by the rule that says so; else none.</summary>
    public static IReadOnlyList<string> Missing(Rule rule) =>
        rule.Code.StartsWith(FormResult.Incomplete + ":", StringComparison.Ordinal) ? rule.Code[(FormResult.Incomplete.Length + 1)..].Split(',') : [];
}

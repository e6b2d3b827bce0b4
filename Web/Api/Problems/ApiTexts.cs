using CaseManagement.Web.Features.Moves;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.Users;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Api.Problems;

/// <summary>Says codes in the language of the request. What pages say of a rule is said here too; what only programs meet has its sentence in <see cref="ApiText"/>.</summary>
public sealed class ApiTexts(
    IStringLocalizer<ApiText> own, IStringLocalizer<RuleWords> rules, IStringLocalizer<RefusalWords> refusals, IStringLocalizer<UsersText> users)
{
    /// <summary>The sentence; null where there is none.</summary>
    /// <param name="code">May name facts after a colon: the sentence is the same for all of them, the names stay.</param>
    public string? Say(string code)
    {
        var at = code.IndexOf(':', StringComparison.Ordinal);
        return Sentence(at < 0 ? code : code[..at]) is not { } said ? null : at < 0 ? said : $"{said} ({code[(at + 1)..]})";
    }

    private string? Sentence(string code) => Found(own[code]) ?? Found(rules[code]) ?? Found(refusals[code]) ?? Found(users["Rule_" + code]);

    // a sentence with places is another page's, which knows what belongs there
    private static string? Found(LocalizedString text) => text.ResourceNotFound || text.Value.Contains("{0}", StringComparison.Ordinal) ? null : text.Value;
}

using System.Globalization;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Runtime.Migration;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Moves;

/// <summary>Says why a case cannot go to another version.</summary>
/// <param name="words">The sentences by code: {0} is the step concerned, {1} what the program says of it.</param>
public sealed class RefusalWords(IStringLocalizer<RefusalWords> words)
{
    /// <summary>The reason in words; a code without words of its own is named.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="outline">The two versions, which name the step.</param>
    /// <param name="language">The reader's.</param>
    public string Say(MigrationRefusal refusal, MigrationOutline outline, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var step = outline.NameOf(refusal.ActivityId)?.In(language) ?? refusal.ActivityId ?? "";
            return words[refusal.Code, step, refusal.Message] is { ResourceNotFound: false } known ? known.Value : words["other", refusal.Code, refusal.Message];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

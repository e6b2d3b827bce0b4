using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CaseManagement.Web.Infrastructure;

/// <summary>A form that came too late, kept in a sealed cookie while whoever sent it proves who they are, and offered once to be sent again.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Page">The page it stands on.</param>
/// <param name="Fields">What was typed, but for passwords and codes.</param>
public sealed record KeptForm(string Action, string Page, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>The page that offers it.</summary>
    public const string Address = "/sign-in/continue";

    private const string Key = "kept-form";
    private const int Largest = 12_000;

    private static readonly string[] NeverKept = ["password", "again", "before", "code", "__RequestVerificationToken"];

    /// <summary>Keeps the form of this request.</summary>
    /// <returns>False where it is none that can be kept: with files, or too long for a cookie.</returns>
    public static async Task<bool> KeepAsync(HttpContext context, string page)
    {
        if (!context.Request.HasFormContentType || await context.Request.ReadFormAsync(context.RequestAborted) is not { Files.Count: 0 } form)
        {
            return false;
        }

        var fields = form.Where(f => !NeverKept.Contains(f.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        var kept = JsonSerializer.Serialize(new KeptForm(context.Request.Path + context.Request.QueryString.ToString(), page, fields));
        if (kept.Length > Largest)
        {
            return false;
        }

        Of(context)[Key] = kept;
        return true;
    }

    /// <summary>Takes it out; null where there is none.</summary>
    public static KeptForm? Take(HttpContext context) => Of(context)[Key] is string kept ? JsonSerializer.Deserialize<KeptForm>(kept) : null;

    private static ITempDataDictionary Of(HttpContext context) => context.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context);
}

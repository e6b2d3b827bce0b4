using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CaseManagement.Web.Infrastructure;

/// <summary>A form that came too late, kept in a sealed cookie while whoever sent it proves who they are, and offered once to be sent again.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Page">The page it stands on.</param>
/// <param name="Fields">What was typed, but for passwords and codes.</param>
/// <param name="User">Who sent it, by id; nobody else is offered it.</param>
public sealed record KeptForm(string Action, string Page, IReadOnlyList<KeyValuePair<string, string>> Fields, string? User)
{
    /// <summary>The page that offers it.</summary>
    public const string Address = "/sign-in/continue";

    private const string Key = "kept-form";

    // bytes; sealed and in base64 a third more, in several cookies
    private const int Largest = 12_000;

    private static readonly JsonSerializerOptions AsTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] NeverKept = ["password", "again", "before", "code", "__RequestVerificationToken"];

    /// <summary>Keeps the form of this request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page it stands on.</param>
    /// <param name="user">Who sends it.</param>
    /// <returns>False where it is none that can be kept: with files, or too long for a cookie.</returns>
    public static async Task<bool> KeepAsync(HttpContext context, string page, string? user)
    {
        if (!context.Request.HasFormContentType || await context.Request.ReadFormAsync(context.RequestAborted) is not { Files.Count: 0 } form)
        {
            return false;
        }

        var fields = form.Where(f => !NeverKept.Contains(f.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        var kept = JsonSerializer.Serialize(new KeptForm(context.Request.Path + context.Request.QueryString.ToString(), page, fields, user), AsTyped);
        if (Encoding.UTF8.GetByteCount(kept) > Largest)
        {
            return false;
        }

        Of(context)[Key] = kept;
        return true;
    }

    /// <summary>The same outside of a page, which would set the cookie by itself.</summary>
    /// <inheritdoc cref="KeepAsync(HttpContext, string, string?)"/>
    public static async Task<bool> KeepAtOnceAsync(HttpContext context, string page, string? user)
    {
        if (!await KeepAsync(context, page, user))
        {
            return false;
        }

        Of(context).Save();
        return true;
    }

    /// <summary>The page of the product a form stands on, as the browser says; <c>/</c> where it says none.</summary>
    public static string PageOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? from.PathAndQuery : "/";

    /// <summary>Takes it out; null where there is none of theirs.</summary>
    public static KeptForm? Take(HttpContext context, string? user) =>
        Of(context)[Key] is string kept && JsonSerializer.Deserialize<KeptForm>(kept, AsTyped) is { } form && form.User == user ? form : null;

    private static ITempDataDictionary Of(HttpContext context) => context.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context);
}

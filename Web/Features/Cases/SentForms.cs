using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Cases;

/// <summary>
/// Knows the forms of a case's page again, so that one sent twice, by a double click or after going back, is done once. Each time a page is drawn its forms get
/// a token of their own; the same token with the same words is the same form.
/// </summary>
public sealed class SentForms(IHttpContextAccessor http, IOptions<AntiforgeryOptions> antiforgery)
{
    private int _deeds;

    /// <summary>What the next deed of this request is known by; null where no form of the case's page brought it.</summary>
    /// <param name="view">The case and who acts.</param>
    public RequestKey? NextKey(CaseView view)
    {
        if (http.HttpContext?.Request is not { HasFormContentType: true } request || !request.Path.StartsWithSegments($"/cases/{view.Complaint.Id.Value}", StringComparison.OrdinalIgnoreCase)
            || request.Form[antiforgery.Value.FormFieldName] is not [{ Length: > 0 } token])
        {
            return null;
        }

        // a request may do several things; each is found again by its place
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(request.Path);
        Add(token);
        Add((++_deeds).ToString(CultureInfo.InvariantCulture));
        foreach (var (name, values) in request.Form.Where(field => field.Key != antiforgery.Value.FormFieldName))
        {
            Add(name);
            Add(values.ToString());
        }

        foreach (var file in request.Form.Files)
        {
            Add(file.FileName);
            Add(file.Length.ToString(CultureInfo.InvariantCulture));
        }

        return new RequestKey(view.Person.Id, "page/" + Convert.ToHexStringLower(hash.GetHashAndReset()), "");

        void Add(string? part)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }
    }
}

using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Workflows.Cases;

/// <summary>What a case is found by. Written by the burst that changes it, so a search never lags behind.</summary>
public static class CaseTexts
{
    /// <summary>Longer descriptions are found by their beginning, in characters.</summary>
    public const int Longest = 20_000;

    public static CaseTextRow Of(Complaint complaint)
    {
        // of what is kept closely the number alone is kept in plain text a second time
        var words = complaint.Confidentiality.Level < ConfidentialityLevel.Restricted
            ? Plain(string.Join('\n', complaint.Number, complaint.Subject, complaint.Facts.Text("description"))) + FilesOf(complaint)
            : Plain(complaint.Number);
        var complainant = complaint.Complainant;

        // whose identity is covered is found by nobody
        var people = complaint.CoversIdentity || complainant.Confidential || complainant.Anonymous ? "" : Plain($"{complainant.Name}\n{PhoneOf(complainant.Phone)}");
        return new CaseTextRow { ComplaintId = complaint.Id.Value, Words = words, People = people, Lead = complaint.Lead, IsOpen = complaint.IsOpen };
    }

    // one a line; where the identity is covered files are shown to few, and a name may tell who complained
    private static string FilesOf(Complaint complaint) =>
        complaint.CoversIdentity || complaint.Attachments.Count == 0 ? "" : "\n" + Plain(string.Join('\n', complaint.Attachments.Select(a => a.Name)));

    /// <summary>Text as it is compared: small letters, full-width forms as half-width ones.</summary>
    public static string Plain(string? text)
    {
        text = text is null ? "" : text.Length <= Longest ? text : text[..Longest];

        // half a surrogate pair cannot be normalised
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
        return whole.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>A telephone number without the signs people write between its digits.</summary>
    public static string PhoneOf(string? phone) => phone is null ? "" : string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

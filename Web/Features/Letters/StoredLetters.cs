using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Letters;

/// <summary>A letter as it is printed.</summary>
/// <param name="Language">BCP 47 language of subject and body.</param>
/// <param name="To">The addressee, masked for readers who may not know them.</param>
/// <param name="From">Who writes: the leading department, or the process.</param>
/// <param name="Date">In the letter's language.</param>
public sealed record LetterPage(Guid CaseId, string CaseNumber, string Number, string Subject, string Body, string Language, string To, string From, string Date);

/// <summary>Reads letters: those people wrote, and those a process sends by letter.</summary>
public sealed class StoredLetters(CaseReader reader, ReadLog reads, IDbContextFactory<CaseManagementDbContext> contexts, ITrackingCodes codes)
{
    private const string Channel = "letter";

    /// <summary>Null where there is no such letter for this reader.</summary>
    public async Task<LetterPage?> GetAsync(Guid id, Guid letter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view)
        {
            return null;
        }

        await reads.CaseAsync(view.Complaint, view.KnowsComplainant, view.Person.AsPerformer().Actor, "letter", cancellationToken);
        if (view.Complaint.Documents.All.FirstOrDefault(d => d.Id == letter) is { } document)
        {
            // its words name the complainant
            if (!view.KnowsComplainant)
            {
                return null;
            }

            var spoken = ReplyDesk.LanguageOf(view.Complaint) == "en" ? "en" : "zh-CN";
            return PageOf(view, document.Number, document.Subject.In(spoken), document.Body.In(spoken), spoken, document.IssuedAt ?? document.DrawnUpAt, document.To?.In(spoken));
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var named = letter.ToString();
        var rows = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && e.Type == CaseEvents.LetterIssued && e.Data.Contains(named)).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (JsonNode.Parse(row.Data) is JsonObject data && Text(data, "letter") == named)
            {
                return PageOf(view, Text(data, "number"), Text(data, "subject"), Text(data, "text"), Text(data, "language"), row.At);
            }
        }

        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == letter && m.ComplaintId == id && m.Channel == Channel, cancellationToken);
        if (message is null)
        {
            return null;
        }

        var english = ReplyDesk.LanguageOf(view.Complaint) == "en";

        // whoever puts it into an envelope may act on the case and knows whose it is; nobody else reads the code
        var body = SealedCode.Fill(
            english ? message.BodyEn : message.BodyZh, kept => view.KnowsComplainant ? codes.Open(kept) ?? MessageModel.Masked : MessageModel.Masked);
        return PageOf(
            view, view.Complaint.Number, english ? message.SubjectEn : message.SubjectZh, body, english ? "en" : "zh-CN", message.CreatedAt);
    }

    private static LetterPage PageOf(CaseView view, string number, string subject, string body, string language, DateTimeOffset at, string? to = null)
    {
        var mask = view.Mask;
        var name = to ?? (view.Complaint.Complainant.Anonymous ? "" : mask.Name);
        var lead = view.Rules.Pack.Organisation.Departments.FirstOrDefault(d => d.Key == view.Complaint.Lead)?.Name ?? view.Rules.Pack.Identity.Name;
        return new LetterPage(view.Complaint.Id.Value, view.Complaint.Number, number, mask.Say(subject), mask.Say(body), language, name, lead.In(language), DateOf(at, view.Zone, language));
    }

    private static string DateOf(DateTimeOffset at, string zone, string language) => MessageWords.InFull(DateWords.DayOf(at, zone), language);

    private static string Text(JsonObject data, string name) => data[name]?.GetValue<string>() ?? "";
}

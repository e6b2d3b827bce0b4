using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>
/// A list as a CSV file, for supervisors, who say why. The file holds what the list holds and no more: the same cases, and names only of complainants the reader may know;
/// numbers and addresses within subjects are covered for everybody, for a file goes on from hand to hand.
/// Who took what out, and why, is recorded before the first line is written.
/// </summary>
public sealed class InboxExport(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, People people, CaseAccess access,
    StoredConfigurations configurations, InboxPlaces places, CaseRowWords processes, MaskedRows masked, Deputies deputies, TimeProvider clock, IStringLocalizer<InboxWords> words) : IInboxExport
{
    /// <summary>Rows of one file, at most.</summary>
    public const int MostRows = 100_000;

    /// <summary>The audit stream of what was taken out.</summary>
    public const string Stream = "exports";

    /// <summary>A file was handed out to its last line.</summary>
    public const string Downloaded = "export.downloaded";

    private const int Together = 500;

    public async Task<bool> MayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await access.ScopeAsync(db, await people.OfAsync(user, cancellationToken), cancellationToken) is { IsSupervisor: true, HasCases: true };
    }

    public async Task WriteAsync(InboxFilter filter, string reason, ClaimsPrincipal user, Stream output, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken) ?? throw new InvalidOperationException("Nobody takes a list out.");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var view = InboxViews.Chosen(filter);
        filter = InboxConditions.WithBelow(filter, configuration);
        var order = (await places.OfAsync(filter.Sort, cancellationToken))?.Select(p => p.Value).ToList();
        var ids = await new InboxList(view, filter, scope, db, now, InboxQuery.EndOfDay(configuration, now), places: order, others: await deputies.OfAsync(scope, db, cancellationToken)).AllAsync(MostRows, cancellationToken);
        await writer.RunWithContextAsync(
            async (context, _) => await audit.RecordAsync(
                context, Stream, "exported", person.AsPerformer().Actor,
                new JsonObject
                {
                    ["view"] = view,
                    ["query"] = filter.Q,
                    ["process"] = filter.Process,
                    ["level"] = filter.Level,
                    ["channel"] = filter.Channel,
                    ["status"] = filter.Status,
                    ["department"] = filter.Department,
                    ["handler"] = filter.Handler,
                    ["category"] = filter.Category,
                    ["due"] = filter.Due,
                    ["mark"] = filter.Mark,
                    ["rows"] = ids.Count,
                    ["reason"] = reason,
                },
                cancellationToken),
            cancellationToken);

        await using var file = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await file.WriteAsync(CsvText.Line(
            words["File_number"], words["File_subject"], words["Process"], words["Level"], words["Channel"], words["Status"], words["File_department"], words["File_handler"],
            words["File_complainant"], words["File_received"], words["File_due"], words["File_closed"]));
        foreach (var some in ids.Chunk(Together))
        {
            await WriteAsync(some, scope, db, file, cancellationToken);
            await file.FlushAsync(cancellationToken);
        }

        await writer.RunWithContextAsync(
            async (context, _) => await audit.RecordAsync(context, Stream, Downloaded, person.AsPerformer().Actor, new JsonObject { ["rows"] = ids.Count }, cancellationToken),
            cancellationToken);
    }

    private async Task WriteAsync(Guid[] ids, CaseScope scope, CaseManagementDbContext db, StreamWriter file, CancellationToken cancellationToken)
    {
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var masks = await masked.OfAsync(cases.Values, scope, db, cancellationToken);
        var said = await processes.OfAsync(cases.Values, cancellationToken);

        // what may only be stored and protected is in the file as no more than that it is there
        var restricted = (await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Restricted && ids.Contains(p.ComplaintId)).Select(p => p.ComplaintId).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var row in ids.Where(cases.ContainsKey).Select(id => cases[id]))
        {
            var own = said[(row.Process, row.ProcessVersion)].Words;
            await file.WriteAsync(CsvText.Line(
                row.Number, restricted.Contains(row.Id) ? words["Mark_restricted"].Value : WordMask.Shapes.Of(masks.GetValueOrDefault(row.Id)?.Say(row.Subject) ?? row.Subject), own.Process, own.Level(row.Level)?.Name, own.Channel(row.Channel), own.Option("status", row.Status), row.Lead,
                row.Handler is { } handler ? own.Person(handler) : null,
                row.Confidentiality is null or >= (int)ConfidentialityLevel.Identity || restricted.Contains(row.Id) ? words["Confidential"].Value : masks.GetValueOrDefault(row.Id)?.Name ?? row.ComplainantName,
                At(row.ReceivedAt), At(row.NextDueAt), At(row.ClosedAt)));
        }
    }

    // UTC and said so: a file is read far from here
    private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

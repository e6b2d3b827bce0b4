using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Records;

/// <summary>
/// What a process keeps its cases by, as sentences, and changes of it. All of it belongs to a version of the process: a change is a draft, compared and published like any other,
/// and cases that run keep what they have.
/// </summary>
public sealed class StoredRecords(
    IDbContextFactory<CaseManagementDbContext> contexts, ProcessInstaller installer, RecordNumbers numbers, People people, CaseAccess access, TimeProvider clock, IStringLocalizer<RecordsText> text)
{
    /// <summary>What is kept: whole cases.</summary>
    public const string Case = "case";

    private const int FirstShown = 10;
    private const int Few = 5;
    private const int LongestReason = 1000;

    private static string Language => PackWords.Language;

    public async Task<RecordsPage?> GetAsync(string key, RecordEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await BaseAsync(db, key, cancellationToken) is var (version, pack) ? await PageAsync(db, version, pack, edit, user, cancellationToken) : null;
    }

    /// <summary>Shows what a change would do, or makes the draft.</summary>
    /// <returns>The page, null where there is none for the reader; and the draft's version where one was made.</returns>
    public async Task<(RecordsPage? Page, int? Draft)> ChangeAsync(string key, RecordEdit edit, bool makes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner) || await BaseAsync(db, key, cancellationToken) is not var (version, pack))
        {
            return (null, null);
        }

        var change = RecordChange.Read(edit, pack, text);
        var errors = new Dictionary<string, string>(change.Errors, StringComparer.Ordinal);
        var preview = change.Files is { } files ? await PreviewAsync(db, pack, edit, files, cancellationToken) : null;
        var page = (await PageAsync(db, version, pack, edit, user, cancellationToken)) with { Preview = preview };
        if (edit.Version != version.Version)
        {
            return (page with { Note = new Note(NoteKind.Late, text["Stale"]), Edit = edit with { Version = version.Version } }, null);
        }

        if (makes && edit.Reason?.Trim() is not { Length: > 0 and <= LongestReason })
        {
            errors["Reason"] = text["ReasonMissing", LongestReason];
        }

        if (!makes || errors.Count > 0 || preview is not { Problems.Count: 0 })
        {
            return (page with { Errors = errors }, null);
        }

        var imported = await installer.ImportAsync(change.Files!, edit.Reason!.Trim(), person.AsPerformer().Actor, cancellationToken);
        return imported.Version is { } draft ? (page, draft) : (page with { Note = new Note(NoteKind.Late, imported.Findings[0].Message.In(Language)) }, null);
    }

    // the draft where there is one, so that nothing in it is lost; else the version in use; else the newest
    private static async Task<(ProcessVersion Version, ProcessPack Pack)?> BaseAsync(CaseManagementDbContext db, string key, CancellationToken cancellationToken)
    {
        var versions = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version).ToListAsync(cancellationToken);
        var shown = versions.Find(v => v.State == ProcessVersionState.Draft) ?? versions.Find(v => v.State == ProcessVersionState.Published) ?? (versions.Count > 0 ? versions[0] : null);
        return shown is not null && PackReader.Read(StoredConfigurations.FilesOf(shown.PackJson)).Pack is { } pack ? (shown, pack) : null;
    }

    private async Task<RecordsPage> PageAsync(CaseManagementDbContext db, ProcessVersion version, ProcessPack pack, RecordEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var key = version.ProcessKey;
        var person = await people.OfAsync(user, cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var open = await db.Cases.Where(c => c.Process == key && c.ClosedAt == null && c.Category != null).GroupBy(c => c.Category!)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancellationToken);
        var (isAll, now) = (scope.SeesAll || scope.Reads, clock.GetUtcNow());
        var retention = new List<RetentionPart>();
        foreach (var rule in pack.Records.Retention)
        {
            retention.Add(await RetentionAsync(db, pack, rule, scope, now, cancellationToken));
        }

        var scheme = pack.Records.Numbering;
        return new RecordsPage
        {
            Key = key,
            Name = pack.Identity.Name.In(Language),
            Version = version.Version,
            IsDraft = version.State == ProcessVersionState.Draft,
            MayEdit = person?.Is(SystemRoles.ProcessOwner) == true,
            Zone = pack.Identity.Zone,
            Trees = [.. pack.Categories.All.Select(t => new CategoryTreePart(t.Key, t.Name.In(Language), [.. t.Nodes.SelectMany(n => Lines(n, 0))]))],
            Numbering = text["NumberingIs", scheme.Pattern, text[$"Cycle_{scheme.Cycle}"], text[$"Full_{scheme.WhenFull}"]],
            NextNumbers = await numbers.NextAsync(db, key, scheme, now, cancellationToken),
            Retention = retention,
            Marked = await MarkedAsync(db, key, scope, cancellationToken),
            PauseReasons = [.. pack.PauseReasons.Select(r => new Choice(r.Key, r.Name.In(Language)))],
            Moments = [.. pack.Facts.All.Where(f => f.IsMoment).Select(f => new Choice(f.Key, f.Name.In(Language)))],
            Edit = edit with { Version = edit.Version == 0 ? version.Version : edit.Version },
        };

        IEnumerable<CategoryLine> Lines(CategoryNode node, int depth) => node.Children.SelectMany(child => Lines(child, depth + 1))
            .Prepend(new CategoryLine(node.Key, node.Name.Zh, node.Name.En, depth, node.IsRetired, Count(open.GetValueOrDefault(node.Key), isAll)));
    }

    private async Task<RecordPreview> PreviewAsync(CaseManagementDbContext db, ProcessPack pack, RecordEdit edit, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var read = PackReader.Read(files);
        var before = ProcessInstaller.Check(pack).Where(f => f.Severity == FindingSeverity.Error).Select(f => f.Message.En).ToHashSet(StringComparer.Ordinal);
        List<string> problems = [.. read.Findings.Concat(read.Pack is { } whole ? ProcessInstaller.Check(whole) : []).Where(f => f.Severity == FindingSeverity.Error && !before.Contains(f.Message.En)).Select(f => f.Message.In(Language))];
        var lines = new List<string>();
        IReadOnlyList<string> uses = [];
        if (edit.Act is RecordEdit.Rename or RecordEdit.Move or RecordEdit.Retire or RecordEdit.Restore && edit.Node is { } node)
        {
            var below = pack.Categories.All.SelectMany(t => t.Nodes).SelectMany(n => Below(n, node, isIn: false)).ToHashSet(StringComparer.Ordinal);
            var keys = below.ToList();
            var count = await db.Cases.CountAsync(c => c.Process == pack.Identity.Id && c.ClosedAt == null && c.Category != null && keys.Contains(c.Category), cancellationToken);
            lines.Add(text[$"Would_{edit.Act}"]);
            lines.Add(text["OpenHaveIt", Count(count, isAll: false)]);
            uses = [.. PackEdits.UsesOf(pack.Files, "category", below).Select(use => text["UsedBy", use.Key.Length == 0 ? use.File : use.Key, use.File].Value)];
        }
        else if (edit.Act == RecordEdit.Number && read.Pack is { } changed)
        {
            var now = clock.GetUtcNow();
            lines.Add(text["WouldNumber", string.Join(text["Separator"], await numbers.NextAsync(db, pack.Identity.Id, changed.Records.Numbering, now, cancellationToken))]);
            if (await numbers.TakenAsync(db, pack.Identity.Id, changed.Records.Numbering, now, cancellationToken) is { } taken)
            {
                problems.Add(text["NumberTaken", taken]);
            }
        }
        else if (edit.Act == RecordEdit.Keep && read.Pack is { } kept)
        {
            lines.AddRange(kept.Records.Retention.Where(r => r.What == edit.Node).Select(r => Sentence(kept, r)));
        }
        else
        {
            lines.Add(text[$"Would_{edit.Act}"]);
        }

        lines.Add(text["RunningKeep"]);
        return new RecordPreview(lines, uses, problems);
    }

    private static IEnumerable<string> Below(CategoryNode node, string key, bool isIn)
    {
        var here = isIn || node.Key == key;
        return node.Children.SelectMany(child => Below(child, key, here)).Concat(here ? [node.Key] : []);
    }

    private async Task<RetentionPart> RetentionAsync(CaseManagementDbContext db, ProcessPack pack, RetentionRule rule, CaseScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (process, zone) = (pack.Identity.Id, pack.Identity.Zone);
        var example = text["KeepExample", Day(DateWords.DayOf(now, zone)), Day(DateWords.DayOf(Later(now, rule.For, 1), zone))];
        if (rule.What != Case || rule.From != "closedAt")
        {
            return new RetentionPart(rule.What, Sentence(pack, rule), example, [], []);
        }

        var closed = db.Cases.AsNoTracking().Where(c => c.Process == process && c.ClosedAt != null);
        // what is held falls due on no day
        var free = closed.Where(c => !db.CaseParties.Any(p => p.ComplaintId == c.Id && p.Kind == PartyKinds.Held));
        var due = new List<(string, string)>();
        var from = DateTimeOffset.MinValue;
        var seesAll = scope.SeesAll || scope.Reads;
        foreach (var (when, until) in ((string, DateTimeOffset)[])[("DueAlready", now), ("DueMonth", now.AddDays(30)), ("DueYear", now.AddYears(1)), ("DueLater", DateTimeOffset.MaxValue)])
        {
            var (begin, end) = (from, until == DateTimeOffset.MaxValue ? until : Later(until, rule.For, -1));
            due.Add((text[when], Count(await free.CountAsync(c => c.ClosedAt > begin && c.ClosedAt <= end, cancellationToken), seesAll)));
            from = end;
        }

        var first = await scope.Visible(db).Where(c => c.Process == process && c.ClosedAt != null && !db.CaseParties.Any(p => p.ComplaintId == c.Id && p.Kind == PartyKinds.Held)).OrderBy(c => c.ClosedAt).ThenBy(c => c.Id).Take(FirstShown)
            .Select(c => new { c.Id, c.Number, c.ClosedAt }).ToListAsync(cancellationToken);
        return new RetentionPart(
            rule.What, Sentence(pack, rule), example, due, [.. first.Select(c => (c.Id, c.Number, DateWords.DayOf(Later(c.ClosedAt!.Value, rule.For, 1), zone)))]);
    }

    /// <summary>Cases of the process with each mark.</summary>
    private async Task<IReadOnlyList<MarkedCases>> MarkedAsync(CaseManagementDbContext db, string process, CaseScope scope, CancellationToken cancellationToken)
    {
        var marked = new List<MarkedCases>();
        foreach (var mark in InboxConditions.Marks)
        {
            var count = await db.CaseParties.AsNoTracking().Where(p => p.Kind == mark).Join(db.Cases.Where(c => c.Process == process), p => p.ComplaintId, c => c.Id, (_, c) => c.Id).CountAsync(cancellationToken);
            marked.Add(new MarkedCases(
                text[$"Marked_{mark}"], Count(count, scope.SeesAll || scope.Reads), scope.SeesCases && count > 0 ? $"/inbox?process={Uri.EscapeDataString(process)}&mark={mark}" : null));
        }

        return marked;
    }

    private string Sentence(ProcessPack pack, RetentionRule rule) =>
        text["KeptFor", rule.What == Case ? text["WholeCase"] : rule.What, pack.Facts.Find(rule.From)?.Name.In(Language) ?? rule.From, rule.For.Amount, text[$"Unit_{rule.For.Unit}"]] + (rule.Statutory ? text["ByLaw"] : "");

    private static DateTimeOffset Later(DateTimeOffset at, PackSpan span, int sign) => span.Unit switch
    {
        "years" => at.AddYears(sign * span.Amount),
        "months" => at.AddMonths(sign * span.Amount),
        "weeks" => at.AddDays(sign * 7 * span.Amount),
        _ => at.AddDays(sign * span.Amount),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // a small number may tell of one case to somebody who may not know of it
    private string Count(int count, bool isAll) => !isAll && count is > 0 and < Few ? text["Fewer", Few] : count.ToString(CultureInfo.InvariantCulture);
}

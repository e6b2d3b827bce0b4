using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>A case as one reader sees it.</summary>
public sealed record CaseView
{
    public required Complaint Complaint { get; init; }
    public required CaseRules Rules { get; init; }
    public required PackWords Words { get; init; }
    public required WorkCalendar Calendar { get; init; }
    public required CaseScope Scope { get; init; }
    public required Person Person { get; init; }

    /// <summary>Raised with every change of the case: as it was when it was read, or just before.</summary>
    public long Version { get; init; }

    /// <summary>The product's own time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The reader may act on the case; otherwise it is there to be read, masked.</summary>
    public required bool MayAct { get; init; }

    /// <summary>The reader supervises it: reopens, takes tasks out of others' hands.</summary>
    public bool Supervises => MayAct && Scope.Supervises(Complaint.Lead);

    public CaseFacts Facts => new(Complaint, Rules);

    /// <summary>The reader does at least one open task here for somebody else.</summary>
    public bool ActsForOthers { get; init; }

    /// <summary>Those for whom the reader may do this task; who handles no cases acts for nobody.</summary>
    public IReadOnlyList<Performer> WhomFor(HumanTask task) => Scope.HasCases ? [.. StandIns.WhomFor(Complaint, task, Person.AsPerformer(), Rules.Chart, Now)] : [];

    /// <summary>The case is open to the reader in an emergency, until then; null: they see it by themselves.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>How much of the personal data of the case the reader is shown: in an emergency as much as who answers for it.</summary>
    public Sight Sight => OpenUntil is not null ? new Sight(Standing.Answers) : Sight.Of(Complaint, Rules, Person.AsPerformer(), MayAct || ActsForOthers, Person.ReadsAs, Now, ActsForOthers);

    /// <summary>The personal data of the case as the reader is shown it. Worked out anew each time: ask once for many values.</summary>
    public CaseMask Mask => new(Complaint, Rules, Person.AsPerformer(), Sight);

    /// <summary>The reader may know who the complainant is.</summary>
    public bool KnowsComplainant => Sight.Of(DataClass.Name) == Shown.Full;

    /// <summary>Something is shown for a while, because they asked for it with a reason.</summary>
    public bool IsRevealed => Sight.Revealed.Count > 0;

    /// <summary>A rule of the process hides this fact from the reader.</summary>
    public bool Hides(string fact) => OpenUntil is null && CaseConfidentiality.Hides(fact, Complaint, Rules, Person.AsPerformer());

    /// <summary>Why the reader may not take this task; null when they may.</summary>
    public bool MayTake(HumanTask task) => MayAct && task.IsOpen && CaseTasks.Admits(Complaint, task, Person.AsPerformer());

    /// <summary>The files the reader may know of.</summary>
    public IReadOnlyList<Attachment> Files => SeesFiles ? Complaint.Attachments : [];

    /// <summary>The reader may know of files: where the identity is covered, those who may know it.</summary>
    public bool SeesFiles => !Hides("attachments") && (!Complaint.CoversIdentity || KnowsComplainant);

    /// <summary>The reader may open the file: it is clean, and does not tell more of the complainant than they may know.</summary>
    public bool MayOpen(Attachment file) => file.State == AttachmentState.Clean
        && (KnowsComplainant || !FileType.MayTellPlace(file) || !Complaint.CoversIdentity);

    /// <summary>The file is the value of a sensitive fact.</summary>
    public bool IsProtected(Attachment file) => IsProtected(file, Complaint, Rules);

    /// <inheritdoc cref="IsProtected(Attachment)"/>
    public static bool IsProtected(Attachment file, Complaint complaint, CaseRules rules) =>
        complaint.Facts.All.Any(f => (f.Value.List?.Contains(file.Sha256) ?? f.Value.Text == file.Sha256) && rules.Pack.Facts.Find(f.Key)?.Sensitive == true);

    /// <summary>The reader may have the image as it came in, with all that was written into it.</summary>
    public bool MayReveal(Attachment file) => KnowsComplainant && file is { State: AttachmentState.Clean, IsShownAsCopy: true };

    public string Zone => Calendar.Zone;
}

/// <summary>Opens a case for a reader; a case they may not see is not there.</summary>
public sealed class CaseReader(
    CaseRuntime cases, IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access, EmergencyAccess emergencies, ReadLog reads, HttpAuditOrigin origin,
    People people, TimeProvider clock, IStringLocalizer<PageWords> words)
{
    /// <summary>The case, or null when there is none for this reader.</summary>
    public async Task<CaseView?> OpenAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person ? await OpenAsync(id, person, cancellationToken) : null;

    /// <inheritdoc cref="OpenAsync(Guid, ClaimsPrincipal, CancellationToken)"/>
    public async Task<CaseView?> OpenAsync(Guid id, Person person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        // read before the case, so that a change in between is told of and not taken for seen
        var seen = await scope.Visible(db).Where(c => c.Id == id).Select(c => (long?)c.Version).SingleOrDefaultAsync(cancellationToken);
        var until = seen is null ? await emergencies.OpenUntilAsync(db, person, id, cancellationToken) : null;
        if (until is not null)
        {
            // whatever page asks: no record, no data
            origin.ReadInEmergency();
            await reads.ChainedAsync(ReadLog.BreakGlassRead, person.AsPerformer().Actor, new JsonObject { ["case"] = id.ToString() }, cancellationToken);
            seen = await db.Cases.Where(c => c.Id == id).Select(c => (long?)c.Version).SingleOrDefaultAsync(cancellationToken);
        }

        if (seen is not { } version || await cases.ReadAsync(id, cancellationToken) is not { } read)
        {
            return null;
        }

        var view = new CaseView
        {
            Complaint = read.Complaint,
            Version = version,
            Rules = read.Rules,
            Words = await WordsAsync(read.Rules, cancellationToken),
            Calendar = read.Rules.Calendar(read.Rules.Pack.Identity.Calendar),
            Scope = scope,
            Person = person,
            Now = clock.GetUtcNow(),
            OpenUntil = until,
            MayAct = until is null && await scope.Workable(db).AnyAsync(c => c.Id == id, cancellationToken),
        };
        return view with { Words = view.Words.WithFiles(view.Files), ActsForOthers = view.Complaint.Tasks.Open.Any(t => view.WhomFor(t).Count > 0) };
    }

    /// <summary>Words for a process's keys.</summary>
    public async Task<PackWords> WordsAsync(CaseRules rules, CancellationToken cancellationToken) =>
        new(rules, words, (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal));
}

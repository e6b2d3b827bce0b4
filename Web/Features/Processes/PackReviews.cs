using System.Collections.Concurrent;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Simulation.Scenarios;
using Microsoft.EntityFrameworkCore;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Processes;

/// <summary>A version of a process with what was found in it and what its clauses are cited by.</summary>
/// <param name="Pack">None when the stored pack cannot be read; the findings say why.</param>
/// <param name="Findings">Errors first.</param>
/// <param name="Citations">By clause.</param>
public sealed record PackReview(
    ProcessPack? Pack, IReadOnlyList<PackFinding> Findings, ILookup<string, Citation> Citations)
{
    private readonly Lazy<IReadOnlyList<TableExample>> _examples = new(() => Pack is null ? [] : TableExamples.Of(Pack));
    private readonly Lazy<IReadOnlyList<PackPart>> _parts = new(() => Pack is null ? [] : PackComparison.Outline(new PackWording(Pack)));

    /// <summary>What the version holds, in words.</summary>
    public IReadOnlyList<PackPart> Parts => _parts.Value;

    public int MustFix => Findings.Count(finding => finding.Severity == FindingSeverity.Error);

    public int ToReview => Findings.Count(finding => finding.Severity == FindingSeverity.Warning);

    /// <summary>The examples of its tables, run.</summary>
    public IReadOnlyList<TableExample> Examples => _examples.Value;

    /// <summary>Steps that name no clause of the policy and should.</summary>
    public IReadOnlyList<(string Workflow, WorkflowStep Step)> StepsWithoutClause => Pack is null || Pack.Identity.Clauses.Count == 0 ? []
        : [.. Pack.Workflows.SelectMany(workflow => WorkflowOutline.Read(workflow.Value).Steps.Where(step => step is { NeedsClause: true, Clauses.Count: 0 }).Select(step => (workflow.Key, step)))];

    public int ClausesCovered => Pack?.Identity.Clauses.Count(clause => Citations.Contains(clause.Id)) ?? 0;
}

/// <summary>Reads and checks versions of processes once: what was published never changes, a draft is read again when it did.</summary>
public sealed class PackReviews(IDbContextFactory<CaseManagementDbContext> contexts)
{
    private readonly ConcurrentDictionary<(string Process, int Version), (string? Draft, PackReview Review)> _reviews = new();

    /// <summary>The review of a stored version, which must exist.</summary>
    public async ValueTask<PackReview> GetAsync(string process, int version, ProcessVersionState state, CancellationToken cancellationToken)
    {
        var known = _reviews.TryGetValue((process, version), out var kept);
        if (known && state != ProcessVersionState.Draft && kept.Draft is null)
        {
            return kept.Review;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.ProcessVersions.Where(p => p.ProcessKey == process && p.Version == version).Select(p => p.PackJson).SingleAsync(cancellationToken);
        var review = known && kept.Draft == json ? kept.Review : Read(json);
        _reviews[(process, version)] = (state == ProcessVersionState.Draft ? json : null, review);
        return review;
    }

    private static PackReview Read(string json)
    {
        var read = PackReader.Read(StoredConfigurations.FilesOf(json));
        var findings = read.Pack is { } pack ? read.Findings.Concat(PublishCheck.Of(pack)) : read.Findings;
        return new PackReview(
            read.Pack,
            [.. findings.Distinct().OrderBy(finding => finding.Severity)],
            (read.Pack is { } cited ? Citation.In(cited) : []).ToLookup(one => one.Clause, StringComparer.Ordinal));
    }
}

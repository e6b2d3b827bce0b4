using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Configuration;

/// <summary>One version of a workflow definition.</summary>
/// <param name="Row">As it is stored; only to be read.</param>
/// <param name="IsDraft">Was never published, may still change.</param>
public sealed record StoredDefinition(WorkflowDefinitionVersion Row, bool IsDraft)
{
    public string Id => Row.Id;
    public string DefinitionId => Row.DefinitionId;
    public int Version => Row.Version;
    public string? ProcessKey => Row.ProcessKey;

    /// <summary>Definition versions with where they stand.</summary>
    public static IQueryable<StoredDefinition> In(CaseManagementDbContext db, IQueryable<WorkflowDefinitionVersion> rows) =>
        rows.Select(d => new StoredDefinition(d, d.ProcessKey == null
            ? d.PublishedAt == null
            : db.ProcessVersions.Any(p => p.ProcessKey == d.ProcessKey && p.Version == d.ProcessVersion && p.State == ProcessVersionState.Draft)));
}

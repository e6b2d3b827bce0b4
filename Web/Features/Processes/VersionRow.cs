using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Processes;

/// <summary>A stored version without its pack.</summary>
internal sealed record VersionRow(
    string ProcessKey, int Version, ProcessVersionState State, string? Note, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt)
{
    public static Task<List<VersionRow>> ReadAsync(IQueryable<ProcessVersion> versions, CancellationToken cancellationToken) =>
        versions.AsNoTracking()
            .Select(p => new VersionRow(p.ProcessKey, p.Version, p.State, p.Note, p.CreatedBy, p.CreatedAt, p.PublishedAt))
            .ToListAsync(cancellationToken);

    /// <summary>The live version where there is one, else the newest; and the draft that is newer than it.</summary>
    public static (VersionRow Shown, VersionRow? Draft) Shown(IEnumerable<VersionRow> versions)
    {
        var newestFirst = versions.OrderByDescending(version => version.Version).ToList();
        var shown = newestFirst.Find(version => version.State == ProcessVersionState.Published) ?? newestFirst[0];
        return (shown, newestFirst.Find(version => version.State == ProcessVersionState.Draft && version.Version >= shown.Version));
    }
}

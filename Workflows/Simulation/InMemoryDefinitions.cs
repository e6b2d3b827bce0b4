using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Definitions in memory, versioned as Elsa 3.8 does: saving over a published latest version makes a new draft.</summary>
public sealed class InMemoryDefinitions : IDefinitionSource
{
    private readonly Dictionary<string, WorkflowDefinition> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _published = new(StringComparer.Ordinal);

    /// <summary>Saves, and publishes if asked; the draft that is already there is replaced.</summary>
    /// <returns>The definition with its id and version.</returns>
    public WorkflowDefinition Save(WorkflowDefinition definition, bool publish)
    {
        var definitionId = definition.DefinitionId.Length > 0 ? definition.DefinitionId : Guid.NewGuid().ToString("n");
        var latest = _latest.TryGetValue(definitionId, out var latestId) ? _versions[latestId] : null;
        var isNew = latest is null || latest.IsPublished;
        var id = isNew ? Guid.NewGuid().ToString("n") : latest!.Id;
        if (publish && _published.TryGetValue(definitionId, out var publishedId))
        {
            _versions[publishedId] = _versions[publishedId].With(isPublished: false, isLatest: false);
        }

        var saved = definition.With(
            id, definitionId, latest is null ? 1 : isNew ? latest.Version + 1 : latest.Version, isLatest: true, isPublished: publish);
        _versions[id] = saved;
        _latest[definitionId] = id;
        if (publish)
        {
            _published[definitionId] = id;
        }

        return saved;
    }

    /// <summary>Withdraws the published version; running instances go on.</summary>
    public void Retract(string definitionId)
    {
        if (_published.Remove(definitionId, out var id))
        {
            _versions[id] = _versions[id].With(isPublished: false);
        }
    }

    public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_versions.GetValueOrDefault(definitionVersionId));

    public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_published.GetValueOrDefault(definitionId));
}

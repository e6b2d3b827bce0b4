using CaseManagement.Domain;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation;

/// <summary>A process with its workflows compiled, straight from its pack: a draft runs here before anybody has published it.</summary>
public sealed class ProcessPlans : IDefinitionSource
{
    private readonly List<ProcessVersionInUse> _versions = [];
    private readonly Dictionary<string, WorkflowDefinition> _definitions = new(StringComparer.Ordinal);

    /// <exception cref="InvalidInputException">A workflow of the pack is no definition.</exception>
    public ProcessPlans(ProcessVersionInUse process)
    {
        Publish(process);
        Plans = new PlanCache(this, AllActivities.Registry, new JavaScriptEngine());
    }

    /// <summary>The version new cases start on.</summary>
    public ProcessVersionInUse Process => _versions[^1];

    public IPlanSource Plans { get; }

    /// <summary>Makes a version the one new cases start on; earlier ones stay for those that run.</summary>
    /// <exception cref="InvalidInputException">A workflow of the pack is no definition.</exception>
    public void Publish(ProcessVersionInUse process)
    {
        foreach (var (id, json) in process.Pack.Workflows)
        {
            _definitions[process.DefinitionVersionId(id)] = Parse(id, json).With(
                id: process.DefinitionVersionId(id), definitionId: id, version: process.Version);
        }

        _versions.Add(process);
    }

    /// <summary>A version that is or was published here; null where there is none.</summary>
    public ProcessVersionInUse? Find(int version) => _versions.Find(v => v.Version == version);

    public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_definitions.GetValueOrDefault(definitionVersionId));

    public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken)
    {
        var id = Process.DefinitionVersionId(definitionId);
        return ValueTask.FromResult(_definitions.ContainsKey(id) ? id : null);
    }

    private static WorkflowDefinition Parse(string id, string json)
    {
        try
        {
            return WorkflowDefinition.Parse(json);
        }
        catch (DefinitionFormatException unreadable)
        {
            throw new InvalidInputException([new InputProblem($"workflows/{id}.json", "workflow-unreadable", unreadable.Message)]);
        }
    }
}

/// <summary>A configuration that stays as it is for as long as a simulation runs.</summary>
public sealed class FixedConfiguration(CaseConfiguration configuration) : ICaseConfigurations
{
    public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => ValueTask.FromResult(configuration);

    public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) =>
        configuration.Published.GetValueOrDefault(process) is { } published && published.Version == version
            ? ValueTask.FromResult(published)
            : throw new RuleViolationException(CaseRuntime.NoProcess);
}

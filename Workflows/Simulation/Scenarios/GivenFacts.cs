using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>A case about which nothing is known but what is given; the rest is derived from that.</summary>
/// <param name="facts">What is given.</param>
/// <param name="pack">The process.</param>
/// <param name="settings">Its readings.</param>
public sealed class GivenFacts(IReadOnlyDictionary<string, FactValue> facts, ProcessPack pack, PackSettings settings) : IFactReader
{
    /// <inheritdoc/>
    public CategoryTrees Categories => pack.Categories;

    /// <inheritdoc/>
    public FactValue Read(string name) => FactNames.SettingKey(name) is { } setting ? settings.Read(setting)
        : facts.TryGetValue(name, out var given) ? given
        : pack.Facts.Find(name) is { Value: { } expression } ? ValueExpressions.Shared.Evaluate(expression, this, pack.Identity.Zone)
        : FactValue.Unknown;
}

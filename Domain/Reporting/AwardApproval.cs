using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Reporting;

/// <summary>Where the approval of an award stands: steps of its chain in turn, as on a case.</summary>
/// <param name="Asked">Keys of the steps asked so far.</param>
/// <param name="Waiting">Those of them that have not answered; none: the award is approved.</param>
public sealed record AwardApproval(IReadOnlyList<string> Asked, IReadOnlyList<string> Waiting)
{
    /// <summary>An award that nobody need approve is approved at once.</summary>
    public static AwardApproval Begin(ApprovalChain? chain, IFactReader facts) => new AwardApproval([], []).Next(chain, facts);

    public bool IsApproved => Waiting.Count == 0;

    /// <summary>A step has agreed.</summary>
    public AwardApproval Agreed(string step, ApprovalChain? chain, IFactReader facts)
    {
        var left = this with { Waiting = [.. Waiting.Where(one => one != step)] };
        return left.Waiting.Count > 0 ? left : left.Next(chain, facts);
    }

    private AwardApproval Next(ApprovalChain? chain, IFactReader facts)
    {
        var next = chain?.Next(facts, [.. Asked]).Select(step => step.Key).ToList() ?? [];
        return new AwardApproval([.. Asked, .. next], next);
    }
}

/// <summary>An award as the conditions of its approval read it: whose it is, its sum, and the readings.</summary>
/// <param name="pack">The pack.</param>
/// <param name="report">The report that put it forward.</param>
/// <param name="groups">The row it is for.</param>
/// <param name="amount">What it comes to.</param>
/// <param name="settings">The readings in force.</param>
public sealed class AwardFacts(ProcessPack pack, Report report, IReadOnlyList<string?> groups, decimal amount, PackSettings settings) : IFactReader
{
    /// <inheritdoc/>
    public CategoryTrees Categories => pack.Categories;

    /// <inheritdoc/>
    public FactValue Read(string name) => FactNames.SettingKey(name) is { } setting ? settings.Read(setting)
        : report.Awards is { } awards && pack.Calculators.GetValueOrDefault(awards.Calculator)?.Total == name ? FactValue.Of(amount)
        : report.By.ToList().IndexOf(name) is >= 0 and var place && place < groups.Count && groups[place] is { Length: > 0 } text ? FactValue.Of(text)
        : FactValue.Unknown;
}

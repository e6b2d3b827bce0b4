using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What the rows of lists need to be said: the words of their processes, and clock badges counted by their calendars.</summary>
public sealed class CaseRowWords(StoredConfigurations configurations, CaseReader reader, TimeProvider clock)
{
    /// <summary>By process and version, for these cases.</summary>
    public async Task<IReadOnlyDictionary<(string Process, int Version), RowWords>> OfAsync(IEnumerable<CaseRow> cases, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var words = new Dictionary<(string, int), RowWords>();
        foreach (var (process, version) in cases.Select(c => (c.Process, c.ProcessVersion)).Distinct())
        {
            var inUse = await configurations.ProcessAsync(process, version, cancellationToken);
            var rules = configuration.RulesFor(inUse, configuration.LimitsVersion(process));
            words[(process, version)] = new RowWords(rules, await reader.WordsAsync(rules, cancellationToken), clock);
        }

        return words;
    }
}

/// <summary>The words of one version of a process.</summary>
public sealed class RowWords(CaseRules rules, PackWords words, TimeProvider clock)
{
    public PackWords Words { get; } = words;

    /// <summary>The facts of a case of this version.</summary>
    public CaseFacts FactsOf(Complaint complaint) => new(complaint, rules);

    /// <summary>The badge of a stored clock, in the limit's own unit.</summary>
    /// <param name="row">The clock.</param>
    /// <param name="lead">The department that leads its case.</param>
    public ClockBadge Badge(ClockRow row, string? lead)
    {
        var limit = rules.Limits.FirstOrDefault(l => l.Rule.Key == row.Limit)?.Rule;
        return ClockBadges.Of(
            row, limit is null ? rules.Calendar(rules.Pack.Identity.Calendar) : rules.Calendar(limit, lead), clock.GetUtcNow(), PackWords.Language, Words.PauseReason);
    }
}

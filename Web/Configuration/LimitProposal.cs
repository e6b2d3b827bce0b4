using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Configuration;

/// <summary>What is wrong with a limit as it shall be.</summary>
/// <param name="Path">The member, such as <c>amount</c>, <c>rungs[0].at</c> or <c>extend.approval</c>; empty for the limit as a whole.</param>
/// <param name="Code">Stable.</param>
/// <param name="Message">In words.</param>
public sealed record LimitProblem(string Path, string Code, BilingualText Message);

/// <summary>A time limit as it would be after a change: read, checked against its process, and put into a configuration. Nothing is stored.</summary>
public sealed partial class LimitProposal
{
    /// <summary>The change leaves the limit as it is.</summary>
    public const string NothingToChange = "nothing-to-change";

    private LimitProposal(string process, string limit, CaseConfiguration now)
    {
        (Process, Limit, Now) = (process, limit, now);
        var published = now.Published.GetValueOrDefault(process) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        Rules = RulesAfter = now.RulesFor(published, now.LimitsVersion(process));
        InForce = Rules.Limits.FirstOrDefault(one => one.Rule.Key == limit);
        Written = InForce is null ? null : WrittenOf(Rules, InForce);
    }

    public string Process { get; }

    public string Limit { get; }

    /// <summary>A whole limit is added, taken away or moved.</summary>
    public bool IsOfRows { get; private set; }

    /// <summary>The configuration so far.</summary>
    public CaseConfiguration Now { get; }

    /// <summary>The rules a case registered now runs under, so far.</summary>
    public CaseRules Rules { get; }

    /// <summary>The limit so far; none where it is added.</summary>
    public LimitInForce? InForce { get; }

    /// <summary>The limit so far, as a pack writes it; none where it is added.</summary>
    public JsonObject? Written { get; }

    /// <summary>What is wrong; nothing else counts then.</summary>
    public IReadOnlyList<LimitProblem> Problems { get; private set; } = [];

    /// <summary>The limit as it shall be, as a pack writes it; none where it is taken away.</summary>
    public JsonObject? WrittenAfter { get; private set; }

    /// <summary>The rules with the change in them; the present ones where it cannot be.</summary>
    public CaseRules RulesAfter { get; private set; }

    /// <summary>The limit as it shall be; none where it is taken away, or cannot be added.</summary>
    public LimitInForce? After => RulesAfter.Limits.FirstOrDefault(one => one.Rule.Key == Limit);

    /// <summary>What the limit is called; its key where it cannot be read.</summary>
    public BilingualText Name => (After ?? InForce)?.Rule.Name ?? new BilingualText(Limit, Limit);

    /// <summary>The change; none where it cannot be.</summary>
    public LimitChange? Change { get; private set; }

    /// <summary>The configuration with the change in it.</summary>
    public CaseConfiguration? ConfigurationAfter { get; private set; }

    /// <summary>Another one as soon as the process has another version or somebody changes the limit; of rows, any limit.</summary>
    public string Version => IsOfRows ? RowsVersionOf(Now, Process) : VersionOf(Now, Process, Limit);

    /// <summary>Tries a change.</summary>
    /// <param name="now">The configuration in force.</param>
    /// <param name="process">The process.</param>
    /// <param name="limit">The limit's key.</param>
    /// <param name="patch">Members of the limit as a pack writes them; null takes one away.</param>
    /// <param name="openCases">It shall hold for open cases too.</param>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>limit-unknown</c></exception>
    public static LimitProposal Of(CaseConfiguration now, string process, string limit, JsonObject patch, bool openCases)
    {
        var proposal = Known(now, process, limit);
        var after = WrittenLimit.With(proposal.Written!, patch);
        var change = WrittenLimit.Change(proposal.Written!, after);
        proposal.WrittenAfter = after;
        proposal.Problems =
            patch.FirstOrDefault(member => !WrittenLimit.Adjustable.Contains(member.Key)).Key is { } unknown
                ? [new LimitProblem(unknown, "member-unknown", new("这一项不能在这里调整", "This part of a limit is not adjusted here"))]
            : change.Count == 0 ? [new LimitProblem("", NothingToChange, new("没有改动", "Nothing would change"))]
            : proposal.Check(after);
        if (proposal.Problems.Count == 0)
        {
            proposal.Take(new LimitChange(now.LimitsVersion(process) + 1, limit, change.ToJsonString(), openCases));
        }

        return proposal;
    }

    /// <summary>Tries to take a change back.</summary>
    /// <param name="now">The configuration in force.</param>
    /// <param name="process">The process.</param>
    /// <param name="change">The change's number.</param>
    /// <returns>Null when there is no such change, or it is not the limit's newest one in force.</returns>
    public static LimitProposal? Undoing(CaseConfiguration now, string process, long change)
    {
        var changes = now.LimitChanges.GetValueOrDefault(process) ?? [];
        if (CaseConfiguration.InForce(changes, long.MaxValue).FirstOrDefault(c => c.Sequence == change) is not { } undone || Newest(changes, undone.Limit) != change)
        {
            return null;
        }

        var proposal = new LimitProposal(process, undone.Limit, now);
        proposal.Take(new LimitChange(now.LimitsVersion(process) + 1, undone.Limit, "{}", undone.HoldsForOpenCases) { Undoes = change });
        proposal.WrittenAfter = proposal.After is { } after ? WrittenOf(proposal.RulesAfter, after) : null;
        return proposal;
    }

    /// <summary>The number of the limit's newest change that is in force: the one that can be undone. 0 when there is none.</summary>
    public static long Newest(IReadOnlyList<LimitChange> changes, string limit) =>
        CaseConfiguration.InForce(changes, long.MaxValue).LastOrDefault(c => c.Limit == limit)?.Sequence ?? 0;

    /// <inheritdoc cref="Version"/>
    public static string VersionOf(CaseConfiguration now, string process, string limit) =>
        $"{now.Published[process].Version}-{(now.LimitChanges.GetValueOrDefault(process) ?? []).Where(change => change.Limit == limit).Select(change => change.Sequence).DefaultIfEmpty().Max()}";

    /// <summary>A limit in force as a pack writes it.</summary>
    public static JsonObject WrittenOf(CaseRules rules, LimitInForce limit) => limit.Changed is { } changed
        ? (JsonObject)JsonNode.Parse(changed)!
        : WrittenLimit.Of(rules.Pack)[limit.Rule.Key];

    private static LimitProposal Known(CaseConfiguration now, string process, string limit)
    {
        var proposal = new LimitProposal(process, limit, now);
        return proposal.InForce is null ? throw new RuleViolationException(new Rule("limit-unknown", $"The process has no limit '{limit}'.")) : proposal;
    }

    private void Take(LimitChange change)
    {
        var changes = new Dictionary<string, IReadOnlyList<LimitChange>>(Now.LimitChanges, StringComparer.Ordinal)
        {
            [Process] = [.. Now.LimitChanges.GetValueOrDefault(Process) ?? [], change],
        };
        (Change, ConfigurationAfter) = (change, Now.With(limitChanges: changes));
        RulesAfter = ConfigurationAfter.RulesFor(Now.Published[Process], change.Sequence);
    }

    private List<LimitProblem> Check(JsonObject after)
    {
        var (files, path) = WrittenLimit.Replaced(Rules.Pack, after);
        var read = PackReader.Read(files);
        if (read.Pack is not { } pack)
        {
            return [.. read.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => Of(f, path))];
        }

        var limit = pack.Limit(Limit)!;
        try
        {
            _ = limit.Rule(Rules.Settings, pack.Facts);
        }
        catch (InvalidTimeRuleException refused)
        {
            return [new LimitProblem(MemberOf(refused.Code), refused.Code, TimeRuleText.Of(refused))];
        }

        var isInstalled = limit.Calendar is { } calendar && Now.Calendars.ContainsKey(calendar);
        return [.. PackChecker.Check(pack)
            .Where(f => f is { Severity: FindingSeverity.Error, File: "limits.json" } && (f.JsonPath == path || f.JsonPath.StartsWith(path + ".", StringComparison.Ordinal)))
            .Select(f => Of(f, path))
            .Where(problem => !(isInstalled && problem.Path == "calendar"))];
    }

    private static LimitProblem Of(Finding finding, string path) => new(
        finding.JsonPath.StartsWith(path + ".", StringComparison.Ordinal) ? finding.JsonPath[(path.Length + 1)..] : "", finding.Code, finding.Message);

    private static string MemberOf(string code) => code switch
    {
        "limit.promised-missing" => "promised",
        "limit.unit-unknown" => "unit",
        _ when code.StartsWith("limit.rung", StringComparison.Ordinal) || code == "limit.too-many-rungs" => "rungs",
        _ => "amount",
    };
}

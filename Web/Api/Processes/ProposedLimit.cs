using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using LimitChange = CaseManagement.Workflows.Cases.LimitChange;

namespace CaseManagement.Web.Api.Processes;

/// <summary>A limit as it would be after a change, and what that means for a case. Nothing is stored.</summary>
internal sealed class ProposedLimit
{
    private readonly CaseConfiguration _after;

    private ProposedLimit(CaseConfiguration after, LimitChange change, TimeLimit before, TimeLimit rule)
    {
        _after = after;
        Change = change;
        Before = before;
        Rule = rule;
    }

    public LimitChange Change { get; }

    public TimeLimit Before { get; }

    /// <summary>The rule after the change, as the published version of the process has it.</summary>
    public TimeLimit Rule { get; }

    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>limit-unknown</c>, <c>calendar-unknown</c></exception>
    /// <exception cref="InvalidInputException">The change cannot be read, or changes nothing.</exception>
    /// <exception cref="InvalidTimeRuleException">The rule could not be counted.</exception>
    public static ProposedLimit Read(CaseConfiguration now, string process, string limit, LimitRequest request)
    {
        var published = now.Published.GetValueOrDefault(process) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        var before = now.RulesFor(published, now.LimitsVersion(process)).Limit(limit).Rule;
        if (request.Rungs is { ValueKind: not JsonValueKind.Null })
        {
            throw Wrong("rungs", "rungs-not-adjustable", "Warnings and escalations change with a version of the process.");
        }

        var unit = AmountText.Unit(request.Unit);
        var amount = AmountText.Read(request.Amount, request.Unit, before.Unit.TakesAmount() ? before.Unit : unit ?? before.Unit);
        if (unit is { } named && amount is { } given && given.Unit != named)
        {
            throw Wrong("unit", "unit-differs", "The amount names another unit.");
        }

        if (amount is null && unit is null && request.Calendar is null)
        {
            throw Wrong("amount", "nothing-to-change", "Give an amount, a unit or a calendar.");
        }

        var sequence = now.LimitsVersion(process) + 1;
        var change = new LimitChange(
            sequence, limit, amount?.Amount, amount?.Unit ?? unit, request.Calendar, null, request.Scope == LimitChangeScope.OpenCases);
        var after = With(now, process, change);
        var rules = after.RulesFor(published, sequence);
        var rule = rules.Limit(limit).Rule;
        _ = rules.Calendar(rule, lead: null);
        return new ProposedLimit(after, change, before, rule);
    }

    /// <summary>The rules a case would run under.</summary>
    public CaseRules RulesFor(Complaint complaint, Domain.Packs.ProcessPack pack) =>
        _after.RulesFor(new ProcessVersionInUse(pack, complaint.ProcessVersion), complaint.LimitsVersion);

    /// <summary>The clocks of a case that the change moves.</summary>
    public IEnumerable<AffectedCase> Affects(Complaint complaint, Domain.Packs.ProcessPack pack)
    {
        var rules = RulesFor(complaint, pack);
        foreach (var clock in complaint.Clocks.All.Values.Where(c => c.IsOpen && c.LimitKey == Change.Limit))
        {
            var rule = rules.LimitOf(clock);
            var promised = rule.Promised is { } fact ? complaint.Facts[fact].Date : null;
            var due = clock.DueUnder(rule, clock.StartedAt, rules.Calendar(rule, complaint.Lead), promised).DueAt;
            if (due != clock.DueAt)
            {
                yield return new AffectedCase(complaint.Id.Value, complaint.Number, clock.Key, clock.DueAt, due);
            }
        }
    }

    private static CaseConfiguration With(CaseConfiguration now, string process, LimitChange change) => now.With(
        limitChanges: new Dictionary<string, IReadOnlyList<LimitChange>>(now.LimitChanges, StringComparer.Ordinal)
        {
            [process] = [.. now.LimitChanges.GetValueOrDefault(process) ?? [], change],
        });

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}

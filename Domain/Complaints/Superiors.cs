using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>
/// Finds whom one rung turns to. The clock remembers how far up the organisation chart it has climbed; all actions of a rung begin at the same
/// level, so that a rung climbs once.
/// </summary>
internal sealed class Superiors(CaseAct act, Clock clock)
{
    private readonly string? _before = act.Complaint.Clocks.ReachedBy(clock.Key);

    /// <summary>Those a rung turns to, each once; with how they were found where the organisation chart was asked.</summary>
    public IReadOnlyList<(string To, Superior? Found)> Of(IReadOnlyList<string> who)
    {
        var found = new List<(string To, Superior? Found)>();
        foreach (var one in who)
        {
            if (Candidates.AsksChart(one))
            {
                var superior = Find(one);
                found.Add((superior.Candidate, superior));
            }
            else
            {
                found.AddRange(act.Facts.ResolveWho([one]).Select(to => (to, (Superior?)null)));
            }
        }

        return [.. found.DistinctBy(f => f.To, StringComparer.Ordinal)];
    }

    /// <summary>The same as tasks keep it: what the chart answered is fixed, the rest is worked out anew whenever the case changes.</summary>
    public IReadOnlyList<string> AsCandidates(IReadOnlyList<string> who) =>
        [.. who.Select(one => Candidates.AsksChart(one) ? Find(one).Candidate : one)];

    /// <summary>How somebody was found, for the record.</summary>
    public static JsonObject? ToJson(Superior? found)
    {
        if (found is null)
        {
            return null;
        }

        var json = new JsonObject { ["as"] = found.Kind.ToString() };
        if (found.DepartmentName is { } name)
        {
            json["department"] = found.Department;
            json["departmentZh"] = name.Zh;
            json["departmentEn"] = name.En;
        }

        if (found.Passed.Count > 0)
        {
            json["passed"] = new JsonArray([.. found.Passed.Select(p => new JsonObject
            {
                ["department"] = p.Key,
                ["departmentZh"] = p.Name.Zh,
                ["departmentEn"] = p.Name.En,
                ["because"] = p.Because.ToString(),
            })]);
        }

        return json;
    }

    private Superior Find(string who)
    {
        var (chart, respondent, lead, barred) = (act.Rules.Chart, act.Complaint.Respondent?.Person, act.Complaint.Lead, act.Complaint.Exclusion.Barred);
        if (who.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            var person = who[Candidates.UserPrefix.Length..];
            return chart.Knows(person) && !chart.IsRespondent(person, respondent) && !barred.Contains(person)
                ? new Superior(who, SuperiorKind.Named, null, null, [])
                : Reached(chart.HeadAt(lead, respondent, barred: barred));
        }

        if (who.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal))
        {
            var named = who[Candidates.HeadPrefix.Length..];
            return Reached(chart.HeadAt(named == "lead" ? lead : named, respondent, barred: barred));
        }

        var from = _before is null ? lead : chart.Above(_before);
        var role = who.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal) ? who[Candidates.UpPrefix.Length..] : null;
        return Reached(chart.HeadAt(from, respondent, act.Complaint.Handler, role, barred));
    }

    private Superior Reached(Superior found)
    {
        act.Complaint.Clocks.HasReached(clock.Key, found.Department);
        return found;
    }
}

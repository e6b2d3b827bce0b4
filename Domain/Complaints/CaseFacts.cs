using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>The case as conditions, tables, forms and "who" see it: its facts, and what its clocks, approvals and tasks say.</summary>
/// <param name="complaint">The case.</param>
/// <param name="rules">The rules it runs under.</param>
/// <param name="element">The element of a list they are read for; null: for none.</param>
public sealed class CaseFacts(Complaint complaint, CaseRules rules, ListElement? element = null) : IFactReader
{
    private readonly HashSet<string> _deriving = new(StringComparer.Ordinal);

    /// <summary>The same facts, read for one element of a list: <c>each</c> and <c>each.</c>column are known.</summary>
    public CaseFacts For(ListElement? one) => one is null ? this : new CaseFacts(complaint, rules, one);

    /// <inheritdoc/>
    public CategoryTrees Categories => rules.Pack.Categories;

    /// <inheritdoc/>
    public FactValue Read(string name)
    {
        if (FactNames.SettingKey(name) is { } setting)
        {
            return rules.Setting(setting);
        }

        if (name == FactNames.Each || FactNames.ColumnKey(name) is not null)
        {
            return element is null ? FactValue.Unknown : element.Read(name, complaint.Facts);
        }

        if (FactNames.TrySplit(name, out var prefix, out var key))
        {
            return prefix switch
            {
                "clock" => complaint.Clocks.StateOf(key) is { } state ? FactValue.Of(state) : FactValue.Unknown,
                "approval" => FactValue.Of(complaint.Approvals.StateOf(key, this)),
                "task" => FactValue.Of(complaint.Tasks.LastOutcome(key)),
                "count" => complaint.Counts.Read(key),
                "document" => FactValue.Of(complaint.Documents.StateOf(key)),
                "rounds" => FactValue.Of(complaint.Verifications.RoundsOf(key)),
                "signed" => complaint.Signatures.Contains(key) ? FactValue.Of(true) : FactValue.Unknown,
                _ => complaint.Facts[name],
            };
        }

        return name switch
        {
            "complainant" => FactValue.Of(complaint.Complainant.Name),
            "complainantKind" => FactValue.Of(complaint.Complainant.Kind),
            "anonymous" => FactValue.Of(complaint.Complainant.Anonymous),
            "confidential" => FactValue.Of(complaint.Complainant.Confidential),
            "respondentDepartment" => FactValue.Of(complaint.Respondent?.Department),
            "respondentPerson" => FactValue.Of(complaint.Respondent?.Person),
            "reopenings" => FactValue.Of(complaint.Facts["reopenings"].Number ?? 0),
            "supporting" => FactValue.OfList((complaint.Facts["departments"].List ?? []).Where(d => d != complaint.Lead)),
            _ when rules.Pack.Facts.Find(name) is { By: FactSource.Reference } kept => Figure(kept),
            _ when complaint.Facts[name].IsUnknown && rules.Pack.Facts.Find(name) is { By: FactSource.External } given => Figure(given),
            _ when rules.Pack.Facts.Find(name) is { By: FactSource.Derived, Value: { } expression } => Derive(name, expression),
            _ => complaint.Facts[name],
        };
    }

    /// <summary>
    /// Turns "who" as packs write it into those who may now take a task or are told: <c>role</c>, <c>role@department</c>,
    /// <c>user:id</c>, <c>complainant</c>; heads by the organisation chart as it is now. Nobody who is kept out of the case is among them. A handler nobody has named stands for those who may take the open tasks.
    /// </summary>
    public IReadOnlyList<string> ResolveWho(IReadOnlyList<string> who) =>
        [.. who.SelectMany(Resolve).Distinct(StringComparer.Ordinal).Where(c => !complaint.Exclusion.BarsCandidate(c))];

    internal static JsonObject? ToJson(IReadOnlyList<FactChange> changes) =>
        changes.Count == 0 ? null : ToJson(changes.ToDictionary(c => c.Name, c => c.New));

    /// <summary>What the changed facts were before, so that the record can be read backwards.</summary>
    internal static JsonObject? BeforeToJson(IReadOnlyList<FactChange> changes) =>
        changes.Count == 0 ? null : ToJson(changes.ToDictionary(c => c.Name, c => c.Old));

    internal static JsonObject ToJson(IReadOnlyDictionary<string, FactValue> facts)
    {
        var json = new JsonObject();
        foreach (var (name, value) in facts)
        {
            json[name] = JsonSerializer.SerializeToNode(value, CaseDocument.Default.FactValue);
        }

        return json;
    }

    // the figure of the day the case came in, so that it does not change with the years a case is open
    private FactValue Figure(FactDefinition fact)
    {
        var forWhat = fact.Per is { } per && per != fact.Key && rules.Pack.Facts.Find(per) is not null ? FactText.Plain(Read(per)) : null;
        return rules.Figures.At(fact.Key, forWhat, rules.DayOf(complaint.ReceivedAt));
    }

    // facts that derive from each other in a circle are known to nobody
    private FactValue Derive(string name, string expression)
    {
        if (!_deriving.Add(name))
        {
            return FactValue.Unknown;
        }

        var value = rules.Expressions.Evaluate(expression, this, rules.Zone);
        _deriving.Remove(name);
        return value;
    }

    private IEnumerable<string> Resolve(string who)
    {
        if (who == Candidates.Each)
        {
            return element?.Candidate(rules.Pack) is { } one ? [one] : [];
        }

        if (who == Candidates.Complainant)
        {
            return [who];
        }

        if (Candidates.AsksChart(who))
        {
            return [FromChart(who)];
        }

        if (who == Candidates.Handler)
        {
            return complaint.Handler is { } handler
                ? [PersonOrRole(handler)]
                : complaint.Tasks.Open.Where(t => t.Kind == Tasks.TaskKind.Work).SelectMany(t => t.Assignee is { } holder ? [Candidates.UserPrefix + holder] : t.CandidateKeys);
        }

        if (who == Candidates.Team)
        {
            // a pack may have a role of that name; then both are meant
            var team = (complaint.Facts["team"].List ?? []).Select(PersonOrRole);
            return rules.Pack.Organisation.Roles.Any(r => r.Key == Candidates.Team) ? team.Append(Candidates.Team) : team;
        }

        var at = who.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            var department = who[(at + 1)..] switch
            {
                "lead" => complaint.Lead,
                Candidates.Each => element?.Key,
                var column when FactNames.ColumnKey(column) is not null => Read(column).Text,
                var named => named,
            };
            return department is null ? [] : [$"{who[..at]}@{department}"];
        }

        return rules.Pack.Facts.Find(who) is { } fact ? FromFact(fact) : [who];
    }

    // a role stands for itself where nobody was known to hold it when it was named
    private string PersonOrRole(string named) =>
        !rules.Chart.Staff.ContainsKey(named) && rules.Pack.Organisation.Roles.Any(role => named == role.Key || named.StartsWith(role.Key + "@", StringComparison.Ordinal))
            ? named : Candidates.UserPrefix + named;

    // outside a time limit nothing has been told before: the next level up is the head of the leading department
    private string FromChart(string who)
    {
        if (who.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            return who;
        }

        var department = who.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal) && who[Candidates.HeadPrefix.Length..] is not "lead" and var named ? named : complaint.Lead;
        var role = who.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal) ? who[Candidates.UpPrefix.Length..] : null;
        return rules.Chart.HeadAt(department, complaint.Respondent?.Person, fallbackRole: role, barred: complaint.Exclusion.Barred).Candidate;
    }

    private IEnumerable<string> FromFact(FactDefinition fact)
    {
        var value = Read(fact.Key);
        return fact.Type switch
        {
            FactType.Person or FactType.People => (value.List ?? (value.Text is { } person ? [person] : [])).Select(p => Candidates.UserPrefix + p),
            _ => value.List ?? (value.Text is { } role ? [role] : []),
        };
    }
}

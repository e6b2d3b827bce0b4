using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>Looks up what the parts of a pack refer to, reports what does not exist, and remembers what was referred to.</summary>
internal sealed class PackReferences
{
    private readonly HashSet<string> _clauses;
    private readonly HashSet<string> _departments;
    private readonly HashSet<string> _clocks;
    private readonly HashSet<string> _settings;
    private readonly Dictionary<string, PackRole> _roles;

    public PackReferences(ProcessPack pack, IReadOnlyList<WorkflowShape> workflows, PackFindings findings)
    {
        Pack = pack;
        Findings = findings;
        _clauses = pack.Identity.Clauses.Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal);
        _departments = pack.Organisation.Departments.Select(department => department.Key).ToHashSet(StringComparer.Ordinal);
        _clocks = pack.Clocks.ToHashSet(StringComparer.Ordinal);
        _settings = pack.Identity.Settings.Select(setting => setting.Key).ToHashSet(StringComparer.Ordinal);
        _roles = pack.Organisation.Roles.ToDictionary(role => role.Key, StringComparer.Ordinal);
        TaskPorts = workflows.SelectMany(workflow => workflow.Activities)
            .Where(activity => activity.Type.StartsWith(ActivityCatalogue.Ours, StringComparison.Ordinal))
            .GroupBy(activity => activity.Id, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.SelectMany(activity => activity.Ports ?? []).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    public ProcessPack Pack { get; }

    public PackFindings Findings { get; }

    /// <summary>Shapes of ours in all workflows, with their ports.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> TaskPorts { get; }

    public HashSet<string> CitedClauses { get; } = new(StringComparer.Ordinal);

    public HashSet<string> ReadSettings { get; } = new(StringComparer.Ordinal);

    public HashSet<string> StartedClocks { get; } = new(StringComparer.Ordinal);

    public HashSet<string> UsedTables { get; } = new(StringComparer.Ordinal);

    public void Clauses(IEnumerable<string> clauses, Place place)
    {
        foreach (var clause in clauses)
        {
            CitedClauses.Add(clause);
            Known(_clauses.Contains(clause), FindingCodes.ClauseUnknown, place, $"条款“{clause}”", $"clause '{clause}'");
        }
    }

    public void Setting(string? setting, Place place)
    {
        if (setting is not null)
        {
            ReadSettings.Add(setting);
            Known(_settings.Contains(setting), FindingCodes.SettingUnknown, place, $"设置“{setting}”", $"setting '{setting}'");
        }
    }

    /// <summary>A fact, or a name with a prefix.</summary>
    public void Fact(string name, Place place)
    {
        if (!FactNames.TrySplit(name, out var prefix, out var key))
        {
            Known(Pack.Facts.Contains(name), FindingCodes.FactUnknown, place, $"事实“{name}”", $"fact '{name}'");
            return;
        }

        switch (prefix)
        {
            case "count":
                Known(Pack.Counters.ContainsKey(key), FindingCodes.CounterUnknown, place, $"计数“{key}”", $"counter '{key}'");
                break;
            case "clock":
                Clock(key, place);
                break;
            case "approval":
                Chain(key, place);
                break;
            case "rounds":
                Plan(key, place);
                break;
            case "document":
                Template(key, place);
                break;
            case "signed":
                Signature(key, place);
                break;
            default:
                Known(TaskPorts.ContainsKey(key), FindingCodes.TaskUnknown, place, $"任务“{key}”", $"task '{key}'");
                break;
        }
    }

    public void Moment(string fact, Place place)
    {
        if (Pack.Facts.Find(fact) is not { } definition)
        {
            Fact(fact, place);
        }
        else if (!definition.IsMoment)
        {
            Findings.Error(FindingCodes.FactNotAMoment, place, $"“{fact}”不是时刻或日期", $"'{fact}' is neither a moment nor a date");
        }
    }

    /// <summary>Candidates: <c>role</c>, <c>role@department</c>, <c>role@lead</c>, <c>role@each</c>, a fact that holds
    /// a role or person, handler, team or the complainant.</summary>
    public void Who(IEnumerable<string> candidates, Place place)
    {
        foreach (var candidate in candidates)
        {
            Who(candidate, place);
        }
    }

    public void Who(string candidate, Place place)
    {
        if (Candidates.AsksChart(candidate))
        {
            Chart(candidate, place);
            return;
        }

        var at = candidate.IndexOf('@', StringComparison.Ordinal);
        var role = at < 0 ? candidate : candidate[..at];
        var part = at < 0 ? null : candidate[(at + 1)..];
        var ofElement = part == Candidates.Each || (part is not null && FactNames.ColumnKey(part) is not null);
        if (ofElement && part != Candidates.Each)
        {
            Fact(part!, place);
        }
        else if (part is not (null or "lead" or Candidates.Each))
        {
            Department(part, place);
        }

        if (_roles.TryGetValue(role, out var known))
        {
            if ((part is "lead" || ofElement) && !known.PerDepartment)
            {
                Findings.Error(
                    FindingCodes.RoleNotPerDepartment, place, $"角色“{role}”不是每部门一个",
                    $"The role '{role}' is not one per department");
            }

            return;
        }

        var isFact = part is null
            && (role is "handler" or "team" or "complainant" or Candidates.Each || Pack.Facts.Find(role) is { NamesCandidates: true, IsBuiltIn: false });
        Known(isFact, FindingCodes.RoleUnknown, place, $"角色“{candidate}”", $"role '{candidate}'");
    }

    // who leads a department, and who works there, is the organisation's to say; a person may come and go
    private void Chart(string candidate, Place place)
    {
        if (candidate.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal))
        {
            var role = candidate[Candidates.UpPrefix.Length..];
            Known(_roles.ContainsKey(role), FindingCodes.RoleUnknown, place, $"角色“{role}”", $"role '{role}'");
        }
        else if (candidate.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal) && candidate[Candidates.HeadPrefix.Length..] is not "lead" and var department)
        {
            Department(department, place);
        }
    }

    public void Department(string key, Place place) =>
        Known(_departments.Contains(key), FindingCodes.DepartmentUnknown, place, $"部门“{key}”", $"department '{key}'");

    public void Body(string key, Place place) => Known(
        Pack.Organisation.Bodies.Any(body => body.Key == key), FindingCodes.BodyUnknown, place, $"机构“{key}”",
            $"outside body '{key}'");

    public void Clock(string key, Place place) =>
        Known(_clocks.Contains(key), FindingCodes.ClockUnknown, place, $"计时“{key}”", $"clock '{key}'");

    public void Rung(string clock, string rung, Place place) => Known(
        Pack.Limits.Any(limit => limit.Clock == clock && limit.Rungs.Any(candidate => candidate.Rung.Key == rung)),
        FindingCodes.RungUnknown, place, $"计时“{clock}”的节点“{rung}”", $"rung '{rung}' on the clock '{clock}'");

    public void PauseReason(string key, Place place) => Known(
        Pack.PauseReasons.Any(reason => reason.Key == key), FindingCodes.PauseReasonUnknown, place, $"暂停原因“{key}”",
            $"pause reason '{key}'");

    public void Calendar(string key, Place place) => Known(
        Pack.Calendars.Any(calendar => calendar.Key == key), FindingCodes.CalendarUnknown, place, $"日历“{key}”",
            $"calendar '{key}'");

    public void Table(string key, Place place)
    {
        UsedTables.Add(key);
        Known(Pack.Tables.ContainsKey(key), FindingCodes.TableUnknown, place, $"决策表“{key}”", $"table '{key}'");
    }

    public void Form(string key, Place place) =>
        Known(Pack.Forms.ContainsKey(key), FindingCodes.FormUnknown, place, $"表单“{key}”", $"form '{key}'");

    public void Template(string key, Place place) =>
        Known(Pack.Templates.ContainsKey(key), FindingCodes.TemplateUnknown, place, $"模板“{key}”", $"template '{key}'");

    public void Chain(string key, Place place) =>
        Known(Pack.Chains.ContainsKey(key), FindingCodes.ChainUnknown, place, $"审批链“{key}”", $"chain '{key}'");

    public void Plan(string key, Place place) =>
        Known(Pack.Verifications.ContainsKey(key), FindingCodes.PlanUnknown, place, $"验证方案“{key}”", $"verification plan '{key}'");

    public void Calculator(string key, Place place) =>
        Known(Pack.Calculators.ContainsKey(key), FindingCodes.CalculatorUnknown, place, $"计算器“{key}”", $"calculator '{key}'");

    public void Condition(Condition? condition, Place place) => ConditionCheck.Run(condition, place, this);

    /// <summary>The names and settings a value expression reads.</summary>
    public void Expression(string expression, Place place)
    {
        foreach (var name in ExpressionNames.FreeNames(expression))
        {
            Fact(name, place);
        }

        foreach (var setting in ExpressionNames.Settings(expression))
        {
            Setting(setting, place);
        }
    }

    private void Signature(string key, Place place)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var isKnown = dot > 0
            && Pack.Forms.TryGetValue(key[..dot], out var form)
            && form.Signatures.Any(signature => signature.Key == key[(dot + 1)..]);
        Known(isKnown, FindingCodes.SignatureUnknown, place, $"签字“{key}”", $"signature '{key}'");
    }

    private void Known(bool isKnown, string code, Place place, string zh, string en)
    {
        if (!isKnown)
        {
            Findings.Error(code, place, $"没有{zh}", $"There is no {en}");
        }
    }
}

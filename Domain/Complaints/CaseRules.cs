using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using NodaTime;

namespace CaseManagement.Domain.Complaints;

/// <summary>A limit in force: the pack's rule with the readings chosen and the administrators' changes applied, and the conditions that go with it.</summary>
public sealed record LimitInForce(TimeLimit Rule, Condition? When, IReadOnlyDictionary<string, Condition> RungConditions)
{
    /// <summary>The limit as JSON of a pack, with the changes in it; null where the pack's own holds.</summary>
    public string? Changed { get; init; }

    /// <summary>
    /// The limit as clocks know it that run on after it was taken away and no other holds: no number, no rungs, nothing to pause or extend; the moment
    /// it ran to still meets it.
    /// </summary>
    public LimitInForce TakenAway() => new(
        Rule with { Unit = LimitUnit.None, Amount = null, Promised = null, Reset = false, PauseReasons = [], Extension = null, Rungs = [] },
        When, new Dictionary<string, Condition>())
    {
        Changed = Changed,
    };
}

/// <summary>
/// The rules one case runs under: the version of the process it was registered on, the readings chosen at installation, the time limits as
/// administrators have set them, the calendars as they are now. Immutable and shared by all cases alike.
/// </summary>
public sealed class CaseRules
{
    private readonly Dictionary<string, IReadOnlyList<LimitInForce>> _byClock;
    private readonly Dictionary<string, LimitInForce> _byKey;
    private readonly HashSet<string> _takenAway;
    private readonly IReadOnlyDictionary<string, WorkCalendar> _calendars;
    private readonly IReadOnlyDictionary<string, string> _departmentCalendars;

    /// <param name="pack">The process pack.</param>
    /// <param name="settings">Readings in force.</param>
    /// <param name="limits">All limits in the pack's order, which decides between limits of one clock.</param>
    /// <param name="calendars">Work calendars by the pack's names for them.</param>
    /// <param name="departmentCalendars">The calendar's key of each department that has one; none when departments have none.</param>
    /// <param name="chart">Who leads which department; none where there is no organisation.</param>
    /// <param name="takenAway">Limits that administrators have taken away, for clocks that still know them.</param>
    /// <param name="expressions">Works out derived facts and calculators; without it they stay unknown.</param>
    /// <param name="figures">Figures the administrator keeps and those that come from outside.</param>
    public CaseRules(
        ProcessPack pack, PackSettings settings, IReadOnlyList<LimitInForce> limits, IReadOnlyDictionary<string, WorkCalendar> calendars,
        IReadOnlyDictionary<string, string>? departmentCalendars = null, OrganisationChart? chart = null,
        IReadOnlyList<LimitInForce>? takenAway = null, IValueExpressions? expressions = null,
        FigureBook? figures = null)
    {
        Figures = figures ?? FigureBook.Empty;
        Expressions = expressions ?? NoExpressions.Instance;
        Pack = pack;
        Settings = settings;
        Limits = limits;
        _takenAway = [.. (takenAway ?? []).Select(l => l.Rule.Key)];
        _byKey = limits.Concat((takenAway ?? []).Select(l => l.TakenAway())).ToDictionary(l => l.Rule.Key, StringComparer.Ordinal);
        _byClock = limits.GroupBy(l => l.Rule.ClockKey, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<LimitInForce>)[.. g], StringComparer.Ordinal);
        _calendars = calendars;
        _departmentCalendars = departmentCalendars ?? new Dictionary<string, string>();
        Chart = chart ?? OrganisationChart.Empty;
    }

    public ProcessPack Pack { get; }

    /// <summary>Works out derived facts and calculators.</summary>
    public IValueExpressions Expressions { get; }

    public PackSettings Settings { get; }

    public IReadOnlyList<LimitInForce> Limits { get; }

    /// <summary>Who leads which department, as it is now.</summary>
    public OrganisationChart Chart { get; }

    /// <summary>The zone in which the process counts days.</summary>
    public string Zone => Pack.Identity.Zone;

    /// <summary>The day of an instant in that zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[Zone]).LocalDateTime.ToDateTimeUnspecified());

    /// <summary>The limit in force for a clock now: the first whose condition holds; null when none does.</summary>
    public LimitInForce? Choose(string clock, IFactReader facts) =>
        _byClock.GetValueOrDefault(Clock.NameOf(clock))?.FirstOrDefault(l => l.When?.Holds(facts) ?? true);

    /// <summary>The limit a running clock is counted under.</summary>
    /// <exception cref="RuleViolationException"><c>limit-unknown</c></exception>
    public TimeLimit LimitOf(Clock clock) => Limit(clock.LimitKey).Rule;

    /// <exception cref="RuleViolationException"><c>limit-unknown</c></exception>
    public LimitInForce Limit(string key) => _byKey.GetValueOrDefault(key) ?? throw Unknown("limit", key);

    /// <summary>Whether an administrator took the limit away: no clock is started under it, one that no other limit claims runs on without a due time.</summary>
    public bool IsTakenAway(string limit) => _takenAway.Contains(limit);

    public Condition? RungCondition(string limit, string rung) =>
        _byKey.GetValueOrDefault(limit)?.RungConditions.GetValueOrDefault(rung);

    /// <summary>What the clock is called: by the limit it runs under, or ran under where this version of the process has it no more.</summary>
    public BilingualText NameOf(Clock clock) =>
        _byKey.TryGetValue(clock.LimitKey, out var limit) ? limit.Rule.Name : clock.Explanation.LimitName;

    /// <summary>The calendar in which the clock's dates are told; the pack's own where this version of the process has the clock's limit no more.</summary>
    /// <param name="clock">A clock of the case.</param>
    /// <param name="lead">The department that leads the case.</param>
    /// <exception cref="RuleViolationException"><c>calendar-unknown</c></exception>
    public WorkCalendar CalendarOf(Clock clock, string? lead) =>
        _byKey.TryGetValue(clock.LimitKey, out var limit) ? Calendar(limit.Rule, lead) : Calendar(Pack.Identity.Calendar);

    /// <summary>The calendar a limit counts by on a case: the pack's own unless it names another or that of the leading department.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="lead">The department that leads the case; none where no case is meant.</param>
    /// <exception cref="RuleViolationException"><c>calendar-unknown</c></exception>
    public WorkCalendar Calendar(TimeLimit limit, string? lead) => limit.Calendar switch
    {
        null => Calendar(Pack.Identity.Calendar),
        TimeLimit.DepartmentCalendar => Calendar(lead is not null && _departmentCalendars.GetValueOrDefault(lead) is { } own ? own : Pack.Identity.Calendar),
        { } named => Calendar(named),
    };

    /// <exception cref="RuleViolationException"><c>calendar-unknown</c></exception>
    public WorkCalendar Calendar(string key) => _calendars.GetValueOrDefault(key) ?? throw Unknown("calendar", key);

    /// <summary>Figures the administrator keeps and those that come from outside, as they are now.</summary>
    public FigureBook Figures { get; }

    public FactValue Setting(string key) => Settings.Read(key);

    /// <exception cref="RuleViolationException"><c>table-unknown</c></exception>
    public DecisionTable Table(string key) => Pack.Tables.GetValueOrDefault(key) ?? throw Unknown("table", key);

    /// <exception cref="RuleViolationException"><c>form-unknown</c></exception>
    public FormDefinition Form(string key) => Pack.Forms.GetValueOrDefault(key) ?? throw Unknown("form", key);

    /// <exception cref="RuleViolationException"><c>chain-unknown</c></exception>
    public ApprovalChain Chain(string key) => Pack.Chains.GetValueOrDefault(key) ?? throw Unknown("chain", key);

    /// <exception cref="RuleViolationException"><c>template-unknown</c></exception>
    public Template Template(string key) => Pack.Templates.GetValueOrDefault(key) ?? ProductTemplates.Find(key) ?? throw Unknown("template", key);

    /// <summary>Whether a moment keeps its first value.</summary>
    public bool KeepsFirst(string moment) => Pack.Facts.Find(moment)?.KeepsFirst == true;

    /// <summary>
    /// Lets an action pass its gates or refuses it. The process itself is bound by what must hold, not by who may; the complainant holds no role.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>gate.key</c></exception>
    public void ThrowUnlessAllowed(string action, CaseAct act) =>
        Pack.Gates.ThrowIfRefused(action, act.Facts, act.By.Actor.Kind is ActorKind.Person or ActorKind.Complainant ? [.. (act.By.OnBehalfOf ?? act.By).CandidateKeys()] : null);

    private static RuleViolationException Unknown(string what, string key) =>
        new(new Rule($"{what}-unknown", $"The process has no {what} '{key}'."));
}

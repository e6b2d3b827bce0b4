using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>One deed on one case: who does it, when, and the rules the case runs under. Everything a rule may look at.</summary>
public sealed class CaseAct(Complaint complaint, CaseRules rules, Performer by, DateTimeOffset at, CaseLog log)
{
    public Complaint Complaint { get; } = complaint;

    public CaseRules Rules { get; } = rules;

    public Performer By { get; } = by;

    /// <summary>Whose deed began the burst: who stands behind what the process or a rung then does.</summary>
    public Performer Cause { get; private init; } = by;

    /// <summary>The moment of the deed, UTC.</summary>
    public DateTimeOffset At { get; } = at;

    public CaseLog Log { get; } = log;

    /// <summary>The level when the deed began, or the first it gave a case that had none; bounds tables that move it one step at a time.</summary>
    public string? LevelBefore => LevelAtStart ?? Log.FirstLevel;

    /// <summary>The case's facts as conditions read them.</summary>
    public CaseFacts Facts { get; } = new(complaint, rules);

    private string? LevelAtStart { get; init; } = complaint.Level;

    /// <summary>The same burst, seen as done by somebody else: a rung, a step of the process.</summary>
    public CaseAct As(Actor actor, DateTimeOffset? at = null) =>
        new(Complaint, Rules, new Performer { Actor = actor }, at ?? At, Log) { LevelAtStart = LevelAtStart, Cause = Cause };

    /// <summary>Records that this deed did something, at its moment and by who does it.</summary>
    public void Record(string type, params ReadOnlySpan<(string Name, System.Text.Json.Nodes.JsonNode? Value)> data) =>
        Log.Record(type, At, By.Actor, data);
}

using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Complaints;

/// <summary>Why a case is still kept, the strongest ground first.</summary>
public enum KeepingGround
{
    /// <summary>A legal hold stands on it.</summary>
    Held,

    /// <summary>It is being handled.</summary>
    Open,

    /// <summary>The law asks for it to be kept so long.</summary>
    Statutory,

    /// <summary>The process keeps its cases so long.</summary>
    Retention,

    /// <summary>Nothing stands against erasing it.</summary>
    None,
}

/// <summary>
/// Whether a case may go, asked by whoever erases, archives away or runs retention. Legal hold comes before the minimum of the law, that before what the process
/// keeps, and that before what somebody asks for: a request never shortens the others, and where none of them stands it is enough.
/// </summary>
/// <param name="Ground">The strongest ground to keep it.</param>
/// <param name="Until">When that ground ends; null where that is not known or there is none.</param>
/// <param name="IsDue">It is to be erased now: its time is over, or somebody asked and nothing stands against it.</param>
public sealed record Keeping(KeepingGround Ground, DateTimeOffset? Until, bool IsDue)
{
    /// <summary>What a rule of retention is about: whole cases.</summary>
    public const string Case = "case";

    public bool MayGo => Ground == KeepingGround.None;

    /// <summary>How a case stands now.</summary>
    public static Keeping Of(Complaint complaint, CaseRules rules, DateTimeOffset now)
    {
        if (complaint.Holds.IsHeld)
        {
            return new(KeepingGround.Held, null, false);
        }

        if (complaint.IsOpen)
        {
            return new(KeepingGround.Open, null, false);
        }

        var of = rules.Pack.Records.Retention.Where(r => r.What == Case).ToList();
        foreach (var (ground, group) in new[] { (KeepingGround.Statutory, of.Where(r => r.Statutory)), (KeepingGround.Retention, of.Where(r => !r.Statutory)) })
        {
            var ends = group.Select(r => EndOf(r, complaint)).ToList();
            if (ends.Exists(e => e is null || e > now))
            {
                return new(ground, ends.Contains(null) ? null : ends.Max(), false);
            }
        }

        return new(KeepingGround.None, null, of.Count > 0 || complaint.Rights.Erasure is not null);
    }

    /// <summary>Refuses to let anything of the case go.</summary>
    /// <exception cref="RuleViolationException"><see cref="KeepingRules"/>: the strongest ground to keep it.</exception>
    public static void ThrowUnlessMayGo(Complaint complaint, CaseRules rules, DateTimeOffset now)
    {
        var rule = Of(complaint, rules, now).Ground switch
        {
            KeepingGround.Held => KeepingRules.Held,
            KeepingGround.Open => KeepingRules.Open,
            KeepingGround.Statutory => KeepingRules.Statutory,
            KeepingGround.Retention => KeepingRules.Retention,
            _ => null,
        };
        if (rule is not null)
        {
            throw new RuleViolationException(rule);
        }
    }

    /// <summary>A moment so much later.</summary>
    public static DateTimeOffset Later(DateTimeOffset at, PackSpan span) => span.Unit switch
    {
        "years" => at.AddYears(span.Amount),
        "months" => at.AddMonths(span.Amount),
        "weeks" => at.AddDays(7 * span.Amount),
        _ => at.AddDays(span.Amount),
    };

    // counted from something that has not happened yet: kept until it has
    private static DateTimeOffset? EndOf(RetentionRule rule, Complaint complaint) => complaint.Facts[rule.From] switch
    {
        { Instant: { } at } => Later(at, rule.For),
        { Date: { } day } => Later(new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero), rule.For),
        _ => null,
    };
}

/// <summary>Why nothing of a case may go. Outside programs rely on the codes.</summary>
public static class KeepingRules
{
    public static readonly Rule Held = new("keeping.held", "A legal hold stands on the case.");
    public static readonly Rule Open = new("keeping.open", "The case is not closed.");
    public static readonly Rule Statutory = new("keeping.statutory", "The law asks for the case to be kept longer.");
    public static readonly Rule Retention = new("keeping.retention", "The process keeps the case longer.");
}

using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>Why a case cannot move to another version of its process. Outside programs rely on the codes.</summary>
public static class MigrationRules
{
    public static readonly Rule OtherVersion = new("migration.other-version", "The case is on another version than the one to leave.");
    public static readonly Rule KindGone = new("migration.kind-gone", "The version does not handle this kind of case.");
    public static readonly Rule LevelGone = new("migration.level-gone", "The version does not have the level the case is at.");
    public static readonly Rule ApprovalGone = new("migration.approval-gone", "The version does not have the approval, or the step of it, that somebody has been asked for.");
    public static readonly Rule FormGone = new("migration.form-gone", "The version does not have the form of an open task.");
    public static readonly Rule ForEachChanged = new("migration.for-each-changed", "The version deals out an open task by another list.");

    /// <summary>Refuses a case whose open business the rules it is to go to know nothing of.</summary>
    /// <param name="act">The deed, under the rules of the version to go to.</param>
    internal static void ThrowUnlessFits(CaseAct act)
    {
        var (complaint, pack) = (act.Complaint, act.Rules.Pack);
        RuleViolationException.ThrowUnless(pack.Kind(complaint.Kind) is not null, KindGone);
        RuleViolationException.ThrowUnless(complaint.Level is not { } level || pack.Levels.Contains(level), LevelGone);
        RuleViolationException.ThrowUnless(
            complaint.Tasks.Open.All(t => t.Kind != TaskKind.Question || t.Form is not { } form || pack.Forms.ContainsKey(form)), FormGone);
        RuleViolationException.ThrowUnless(
            complaint.Tasks.Open.All(t => t.Chain is not { } chain || pack.Chains.GetValueOrDefault(chain)?.Steps.Any(s => s.Key == t.Step) == true), ApprovalGone);
    }
}

namespace CaseManagement.Domain.Tasks;

/// <summary>The rules about tasks. Outside programs rely on the codes.</summary>
public static class TaskRules
{
    public static readonly Rule AlreadyDone = new("already-done", "The task is already done or no longer wanted.");
    public static readonly Rule NoSuchTask = new("no-such-task", "The case has no such task.");
    public static readonly Rule NotACandidate = new("not-a-candidate", "This person may not do this task.");
    public static readonly Rule HeldByAnother = new("task.held-by-another", "Another person holds this task.");
    public static readonly Rule NotHeld = new("task.not-held", "Nobody holds this task.");
    public static readonly Rule OutcomeUnknown = new("outcome-unknown", "The task cannot be completed with this outcome.");
    public static readonly Rule ReasonRequired = new("reason-required", "A reason is required.");
    public static readonly Rule OwnApproval = new("approval.own", "Whoever asked for an approval, or wrote what it is about, does not give it, nor through others.");
    public static readonly Rule MorePeopleNeeded = new("more-people-needed", "More people must take part before this can be completed.");
}

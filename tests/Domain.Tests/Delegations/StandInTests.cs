using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Domain.Tests.Complaints;

namespace CaseManagement.Domain.Tests.Delegations;

/// <summary>Who acts for another is one with them: what either may not do, neither does.</summary>
public sealed class StandInTests
{
    private const string Kept = """[{"key": "closely", "when": {"injury": true}, "hide": ["case"], "visibleTo": ["gm"]}]""";

    private static readonly TaskCompletion Done = new() { Outcome = "Done" };

    [Fact]
    public void The_deputy_does_the_task_for_its_holder_and_both_names_are_recorded()
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "li")]);
        var task = one.Task("staff@service", "li");
        Assert.Equal("task.held-by-another", one.Refused("zhang", act => one.Complaint.Tasks.Complete(act, task.Id, Done)));

        one.Do(For(one, "zhang", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done));

        Assert.Equal("li", task.Assignee);
        Assert.Equal(["li", "zhang"], task.DoneBy.Order());
        var done = one.Log.Events.Single(e => e.Type == CaseEvents.TaskCompleted);
        Assert.Equal(("zhang", "li"), (done.By.Id, done.By.OnBehalfOf));
        Assert.Equal("李敏", (string?)done.Data["onBehalfOfName"]);
    }

    [Theory]
    [InlineData(-48, -24)]
    [InlineData(24, 48)]
    public void Outside_its_days_it_counts_for_nothing(int from, int to)
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "li", from, to)]);
        var task = one.Task("staff@service", "li");

        Assert.Equal("delegation.none", one.Refused(For(one, "zhang", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done)));
    }

    [Fact]
    public void Only_the_chosen_kinds_of_task_are_done_and_nothing_is_passed_on()
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "li") with { Kinds = [TaskKind.Approval] }, Acts("chen", "zhang")]);
        var task = one.Task("staff@service", "li");

        Assert.Equal("delegation.none", one.Refused(For(one, "zhang", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done)));
        Assert.Equal("delegation.none", one.Refused(For(one, "chen", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done)));
    }

    [Theory]
    [InlineData("li")]
    [InlineData("wang")]
    public void Where_either_is_kept_out_neither_acts(string respondent)
    {
        var one = new CaseInHand(delegations: [Acts("wang", "li")]);
        var task = one.Task("staff@service", "li");

        one.Do("zhou", act => one.Complaint.Exclusion.Name(act, new Respondent(null, respondent)));

        Assert.NotNull(Assert.Throws<RuleViolationException>(() => one.Do(For(one, "wang", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done))));
        Assert.True(one.Complaint.Exclusion.Bars("wang"));
        Assert.Equal(respondent == "li", one.Complaint.Exclusion.Bars("li"));
    }

    [Fact]
    public void Who_acts_for_the_one_complained_of_loses_the_case_with_them()
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "wang"), Acts("chen", "wang", 24, 48)]);
        var task = one.Task("staff@service", "zhang");

        one.Do("zhou", act => one.Complaint.Exclusion.Name(act, new Respondent(null, "wang")));

        Assert.Null(task.Assignee);
        Assert.Equal(["wang", "zhang"], one.Complaint.Exclusion.Barred);
        Assert.Contains("zhang", one.Log.Silenced);
        Assert.Equal(["li"], one.WhoMay(task));
    }

    [Fact]
    public void A_closely_kept_case_wants_both_among_its_readers_and_a_sealed_one_wants_no_deputies()
    {
        var one = new CaseInHand(Kept, delegations: [Acts("zhang", "li"), Acts("liu", "li")]);
        var task = one.Task("staff@service", "li");
        one.Set("injury", true);
        one.Readers();

        Assert.Equal("not-a-candidate", one.Refused(For(one, "zhang", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done)));
        Assert.Equal(["li"], StandIns.WhomFor(one.Complaint, task, one.Someone("liu"), one.RunsUnder.Chart, CaseInHand.Monday).Select(p => p.PersonId));

        one.Do("zhou", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, ["li", "liu"], "A leader is complained of."));
        Assert.Equal("delegation.sealed", one.Refused(For(one, "liu", "li"), act => one.Complaint.Tasks.Claim(act, task.Id)));
    }

    // A by themselves and A for B, B and A for B, a deputy of either: natural persons are compared
    [Theory]
    [InlineData("li", null, "li", null)]
    [InlineData("li", null, "zhang", "li")]
    [InlineData("zhang", "li", "li", null)]
    [InlineData("zhang", "li", "zhang", null)]
    [InlineData("zhang", null, "zhang", "li")]
    public void A_step_that_another_must_do_is_barred_to_both_natural_persons(string first, string? firstFor, string second, string? secondFor)
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "li")]);
        var before = one.Task("staff@service", key: "draft");
        one.Do(For(one, first, firstFor), act => one.Complaint.Tasks.Complete(act, before.Id, Done));
        var after = one.Task("staff@service", key: "check", notBy: "draft");

        Assert.Equal("not-a-candidate", one.Refused(For(one, second, secondFor), act => one.Complaint.Tasks.Complete(act, after.Id, Done)));
        Assert.Equal("not-a-candidate", one.Refused("zhang", act => one.Complaint.Tasks.Complete(act, after.Id, Done with { With = ["li"] })));
    }

    [Theory]
    [InlineData("li")]
    [InlineData("zhang")]
    public void Two_people_are_not_one_and_the_one_acted_for(string with)
    {
        var one = new CaseInHand(delegations: [Acts("zhang", "li")]);
        var task = one.Task("staff@service", "li", minPeople: 2);
        var deputy = For(one, "zhang", "li");

        Assert.Equal("more-people-needed", one.Refused(deputy, act => one.Complaint.Tasks.Complete(act, task.Id, Done with { With = [with] })));
        one.Do(deputy, act => one.Complaint.Tasks.Complete(act, task.Id, Done with { With = ["chen", with] }));
        Assert.Equal(["chen", "li", "zhang"], task.DoneBy.Order());
    }

    [Theory]
    [InlineData(true, "zhou", null)]
    [InlineData(true, "liu", "zhou")]
    [InlineData(false, "zhou", null)]
    public void Whoever_asks_for_an_approval_does_not_give_it_nor_through_others(bool parted, string decides, string? onBehalfOf)
    {
        var one = new CaseInHand(delegations: [Acts("liu", "zhou")], partsDuties: parted);
        one.Do("li", act => one.Complaint.ChangeFacts(act, Amount(500), null));
        one.Do("zhou", act => one.Complaint.Approvals.Open(act, "amount", new TaskOrigin(Guid.NewGuid(), "approve", "审批", "Approve")));
        var step = one.Complaint.Tasks.Open.Single(t => t.Kind == TaskKind.Approval);
        var approve = new TaskCompletion { Outcome = ApprovalOutcomes.Approved };

        if (parted)
        {
            Assert.Equal("approval.own", one.Refused(For(one, decides, onBehalfOf), act => one.Complaint.Tasks.Complete(act, step.Id, approve)));
            return;
        }

        one.Do(For(one, decides, onBehalfOf), act => one.Complaint.Tasks.Complete(act, step.Id, approve));
        Assert.True((bool?)one.Log.Events.First(e => e.Type == CaseEvents.TaskCompleted).Data["ownApproval"]);
    }

    [Fact]
    public void Whoever_writes_what_an_approval_is_about_while_it_is_asked_does_not_give_it()
    {
        var one = new CaseInHand(partsDuties: true);
        one.Do("li", act => one.Complaint.ChangeFacts(act, Amount(500), null));
        one.Do("li", act => one.Complaint.Approvals.Open(act, "amount", new TaskOrigin(Guid.NewGuid(), "approve", "审批", "Approve")));
        var step = one.Complaint.Tasks.Open.Single(t => t.Kind == TaskKind.Approval);

        one.Do("zhou", act => one.Complaint.ChangeFacts(act, Amount(600), null));

        Assert.Equal(["li", "zhou"], step.NotOf.Order());
    }

    [Fact]
    public void One_task_is_delegated_with_a_note_and_stays_the_holders()
    {
        var one = new CaseInHand();
        var task = one.Task("staff@service", "li");

        one.Do("li", act => one.Complaint.Tasks.Delegate(act, task.Id, one.Staff("chen"), "请周五前回复"));

        Assert.Equal(("li", "chen"), (task.Assignee, task.DelegatedTo));
        Assert.Contains(one.Log.Messages, m => m.To == "user:chen" && m.Text!.Contains("请周五前回复", StringComparison.Ordinal));
        Assert.Equal("delegation.onward", one.Refused(For(one, "chen", "li"), act => one.Complaint.Tasks.Delegate(act, task.Id, one.Staff("zhang"), null)));
        Assert.Equal("delegation.not-your-task", one.Refused("zhou", act => one.Complaint.Tasks.Delegate(act, task.Id, one.Staff("zhang"), null)));

        one.Do(For(one, "chen", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done));
        Assert.Equal(["chen", "li"], task.DoneBy.Order());
    }

    [Fact]
    public void A_delegated_task_that_is_taken_back_or_given_away_is_the_deputys_no_more()
    {
        var one = new CaseInHand();
        var task = one.Task("staff@service", "li");
        one.Do("li", act => one.Complaint.Tasks.Delegate(act, task.Id, one.Staff("chen"), null));
        one.Do("chen", act => one.Complaint.Tasks.Delegate(act, task.Id, null, null));
        Assert.Null(task.DelegatedTo);

        one.Do("li", act => one.Complaint.Tasks.Delegate(act, task.Id, one.Staff("chen"), null));
        one.Do("zhou", act => one.Complaint.Tasks.Assign(act, task.Id, one.Someone("zhang")));

        Assert.Equal("delegation.none", one.Refused(For(one, "chen", "li"), act => one.Complaint.Tasks.Complete(act, task.Id, Done)));
    }

    private static Dictionary<string, FactValue> Amount(decimal sum) => new() { ["amountProposed"] = FactValue.Of(sum) };

    private static Performer For(CaseInHand one, string person, string? other) => other is null ? one.Someone(person) : one.Someone(person).For(one.Someone(other));

    private static Delegation Acts(string to, string from, int fromHours = -24, int toHours = 24) => new()
    {
        Id = Guid.NewGuid(),
        From = from,
        To = to,
        Starts = CaseInHand.Monday.AddHours(fromHours),
        Ends = CaseInHand.Monday.AddHours(toHours),
    };
}

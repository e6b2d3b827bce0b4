using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tests.Complaints;

public sealed class CaseExclusionTests
{
    private const string Template = "due";

    [Fact]
    public void Who_is_named_while_holding_the_case_loses_it_and_what_waits_for_them_does_not_leave()
    {
        var one = new CaseInHand();
        var task = one.Task("staff@service", "li");
        Assert.Equal("li", one.Complaint.Handler);

        one.Do("zhou", act =>
        {
            act.Log.Send(new CaseMessage(Template, "user:li"));
            one.Complaint.Exclusion.Name(act, new Respondent(null, "li"));
        });

        Assert.Null(task.Assignee);
        Assert.Equal(["zhang"], one.WhoMay(task));
        Assert.Null(one.Complaint.Handler);
        Assert.Equal(["li"], one.Log.Silenced);
        Assert.Empty(one.Log.Messages);
        Assert.Equal("not-a-candidate", one.Refused("li", act => one.Complaint.Tasks.Claim(act, task.Id)));
        Assert.Equal("not-a-candidate", one.Refused("zhou", act => one.Complaint.Tasks.Assign(act, task.Id, one.Someone("li"))));
    }

    [Fact]
    public void Nothing_of_the_record_says_who_is_kept_out()
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "匿名同事", Email = "LI@example.com" } });

        Assert.Equal(["li"], one.Complaint.Exclusion.Barred);
        Assert.DoesNotContain(one.Log.Events.Where(e => e.Type == CaseEvents.ExclusionApplied), e => e.Data.ToJsonString().Contains("li", StringComparison.Ordinal));
    }

    [Fact]
    public void Everyone_below_a_head_who_is_complained_of_is_kept_out_and_the_head_above_takes_over()
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent("service", "zhou") });
        var task = one.Task("staff@service");

        Assert.Equal(["chen", "li", "zhang", "zhou"], one.Complaint.Exclusion.Barred);
        Assert.Equal(["liu"], one.WhoMay(task));
    }

    [Fact]
    public void Where_no_head_above_is_left_the_role_for_conflicts_takes_over()
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent(null, "liu") });
        var task = one.Task("staff@service");

        Assert.Equal(["he"], one.WhoMay(task));
    }

    [Fact]
    public void A_department_that_is_complained_of_keeps_nobody_out()
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent("service", null) });

        Assert.Empty(one.Complaint.Exclusion.Barred);
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(-500, false)]
    public void Who_led_the_department_when_it_happened_counts_as_its_head(int days, bool counts)
    {
        var one = new CaseInHand(
            registration: new Registration { Respondent = new Respondent(null, "wang") }, pastHeads: new PastHead("service", "wang", CaseInHand.Monday.AddDays(days)));

        Assert.Equal(counts, one.Complaint.Exclusion.Bars("li"));
    }

    [Theory]
    [InlineData("张强")]
    [InlineData(" 张 强 ")]
    [InlineData("zhang qiang")]
    [InlineData("ＺＨＡＮＧ Qiang")]
    public void While_a_name_is_not_bound_staff_of_that_name_are_kept_out(string name)
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent(null, name) });
        Assert.Equal((RespondentBinding.Unknown, "zhang"), (one.Complaint.Exclusion.Binding, Assert.Single(one.Complaint.Exclusion.Barred)));

        one.Do("zhou", act => one.Complaint.Exclusion.Bind(act, null));
        Assert.Equal((RespondentBinding.NotStaff, 0), (one.Complaint.Exclusion.Binding, one.Complaint.Exclusion.Barred.Count));

        one.Do("zhou", act => one.Complaint.Exclusion.Bind(act, "wang"));
        Assert.Equal(["wang"], one.Complaint.Exclusion.Barred);
    }

    [Fact]
    public void Only_somebody_who_is_named_can_be_bound_and_only_to_somebody_who_works_here()
    {
        var one = new CaseInHand();
        Assert.Equal("respondent.none", one.Refused("zhou", act => one.Complaint.Exclusion.Bind(act, "li")));

        one.Do("zhou", act => one.Complaint.Exclusion.Name(act, new Respondent(null, "外面的人")));
        Assert.Equal("respondent.person-unknown", one.Refused("zhou", act => one.Complaint.Exclusion.Bind(act, "ghost")));
        Assert.Equal("respondent.too-long", one.Refused("zhou", act => one.Complaint.Exclusion.Name(act, new Respondent(null, new string('名', 101)))));
    }

    [Fact]
    public void Naming_another_lets_the_first_one_in_again()
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent(null, "li") });

        one.Do("zhou", act => one.Complaint.Exclusion.Name(act, new Respondent(null, "wang")));

        Assert.Equal(["wang"], one.Complaint.Exclusion.Barred);
    }

    [Fact]
    public void Who_declares_an_interest_gives_the_case_up_for_good()
    {
        var one = new CaseInHand();
        var task = one.Task("staff@service", "li");

        one.Do("li", act => one.Complaint.Exclusion.Declare(act, "投诉人是我的邻居"));

        Assert.Equal(["zhang"], one.WhoMay(task));
        Assert.Equal("interest.declared", one.Refused("li", act => one.Complaint.Exclusion.Declare(act, null)));
    }

    [Fact]
    public void Staff_who_complain_themselves_are_kept_out_by_name_only_where_they_say_that_they_work_here()
    {
        CaseInHand Of(string? kind) => new(registration: new Registration { Complainant = new Complainant { Name = "李敏", Kind = kind } });

        Assert.Equal(["li"], Of("staff").Complaint.Exclusion.Barred);
        Assert.Empty(Of("person").Complaint.Exclusion.Barred);
    }

    [Fact]
    public void Somebody_kept_out_cannot_help_to_finish_a_task()
    {
        var one = new CaseInHand(registration: new Registration { Respondent = new Respondent(null, "li") });
        var task = one.Task("staff@service", "zhang");

        Assert.Equal("not-a-candidate", one.Refused("zhang", act => one.Complaint.Tasks.Complete(act, task.Id, new Domain.Tasks.TaskCompletion { Outcome = "Done", With = ["li"] })));
    }
}

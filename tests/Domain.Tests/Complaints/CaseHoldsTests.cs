using CaseManagement.Domain.Complaints;

namespace CaseManagement.Domain.Tests.Complaints;

public sealed class CaseHoldsTests
{
    private const string Reason = "法院调取证据，须原样保存。";

    [Fact]
    public void One_person_sets_a_hold_and_two_heads_release_it()
    {
        var one = new CaseInHand();
        var holds = one.Complaint.Holds;
        Assert.Equal("reason-too-short", one.Refused("zhou", act => holds.Set(act, "急")));

        one.Do("zhou", act => holds.Set(act, Reason));
        Assert.Equal("hold.heads-only", one.Refused("li", act => holds.AskRelease(act, 1, Reason)));
        Assert.Equal("hold.nothing-asked", one.Refused("liu", act => holds.Decide(act, 1, true)));
        one.Do("zhou", act => holds.AskRelease(act, 1, Reason));
        Assert.Equal("hold.second-person", one.Refused("zhou", act => holds.Decide(act, 1, true)));
        Assert.Equal("hold.second-person", one.Refused("li", act => holds.Decide(act, 1, true)));
        Assert.True(holds.IsHeld);

        one.Do("liu", act => holds.Decide(act, 1, true));
        Assert.False(holds.IsHeld);
        Assert.Contains(one.Log.Events, e => e.Type == CaseEvents.HoldReleased && (string?)e.Data["askedBy"] == "zhou");
    }

    [Fact]
    public void A_refused_release_leaves_the_hold_and_another_hold_stands_beside_a_released_one()
    {
        var one = new CaseInHand();
        var holds = one.Complaint.Holds;
        one.Do("zhou", act => holds.Set(act, Reason));
        one.Do("liu", act => holds.Set(act, Reason));
        one.Do("zhou", act => holds.AskRelease(act, 1, Reason));
        one.Do("liu", act => holds.Decide(act, 1, false));
        Assert.Equal([1, 2], holds.Standing.Select(h => h.Number));

        one.Do("zhou", act => holds.AskRelease(act, 1, Reason));
        one.Do("liu", act => holds.Decide(act, 1, true));
        Assert.True(holds.IsHeld);
        one.Do("zhou", act => Assert.Equal(3, holds.Set(act, Reason).Number));
    }

    [Fact]
    public void Hold_comes_before_open_that_before_the_law_that_before_the_process_and_a_request_shortens_none()
    {
        const string Kept = """
            [], "retention": [{"what": "case", "from": "closedAt", "amount": 3, "unit": "years"}, {"what": "case", "from": "closedAt", "amount": 1, "unit": "years", "statutory": true}]
            """;
        var one = new CaseInHand(Kept);
        var (complaint, closed) = (one.Complaint, CaseInHand.Monday.AddHours(1));
        Keeping Stands(double years)
        {
            Keeping? found = null;
            one.Do("li", act => found = Keeping.Of(complaint, act.Rules, closed.AddDays(365.25 * years)));
            return found!;
        }

        one.Do("zhou", act => complaint.Holds.Set(act, Reason));
        Assert.Equal(KeepingGround.Held, Stands(9).Ground);
        one.Do("zhou", act => complaint.Holds.AskRelease(act, 1, Reason));
        one.Do("liu", act => complaint.Holds.Decide(act, 1, true));
        Assert.Equal(KeepingGround.Open, Stands(9).Ground);

        one.Do("li", act => complaint.Rights.Receive(act, Guid.NewGuid(), "QQ1", DataRequestKinds.Delete));
        one.Do("li", act => complaint.Withdraw(act, "不再需要"));
        one.Do("li", act => complaint.Rights.Decide(act, "QQ1", DataRequestOutcomes.Granted, null, ""));
        Assert.Equal(new Keeping(KeepingGround.Statutory, closed.AddYears(1), false), Stands(0.5));
        Assert.Equal(new Keeping(KeepingGround.Retention, closed.AddYears(3), false), Stands(2));
        Assert.Equal(new Keeping(KeepingGround.None, null, true), Stands(4));
        Assert.Equal("keeping.retention", one.Refused("li", act => Keeping.ThrowUnlessMayGo(complaint, act.Rules, act.At.AddYears(2))));

        one.Do("zhou", act => complaint.Holds.Set(act, Reason));
        Assert.Equal("keeping.held", one.Refused("li", act => Keeping.ThrowUnlessMayGo(complaint, act.Rules, act.At.AddYears(9))));
    }

    [Fact]
    public void Where_nothing_sets_a_time_a_granted_request_is_enough_and_without_one_the_case_stays()
    {
        var one = new CaseInHand();
        var found = new List<Keeping>();
        void Look() => one.Do("li", act => found.Add(Keeping.Of(one.Complaint, act.Rules, act.At)));
        one.Do("li", act => one.Complaint.Withdraw(act, "不再需要"));
        Look();
        one.Do("li", act => one.Complaint.Rights.Receive(act, Guid.NewGuid(), "QQ1", DataRequestKinds.Delete));
        one.Do("li", act => one.Complaint.Rights.Decide(act, "QQ1", DataRequestOutcomes.Granted, null, ""));
        Look();

        Assert.Equal([false, true], found.Select(f => f.IsDue));
    }
}

using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tests.Complaints;

public sealed class CaseRightsTests
{
    private const string Reason = "限制的原因已经不存在。";

    private readonly CaseInHand _one = new(registration: new Registration { Complainant = new Complainant { Name = "王女士", Phone = "13800001204" } });

    private CaseRights Rights => _one.Complaint.Rights;

    [Fact]
    public void A_deletion_asked_for_while_the_case_is_open_restricts_it_until_it_is_closed()
    {
        _one.Task("staff@service", "li");
        Assert.True(_one.Knows("zhou"));

        Ask(DataRequestKinds.Delete);
        Assert.True(Rights.Restriction!.UntilClosing);
        Assert.True(_one.Knows("li"));
        Assert.False(_one.Knows("zhou"));

        Decide(DataRequestOutcomes.Refused);
        Assert.Null(Rights.Erasure);
        Assert.True(Rights.IsRestricted);
        _one.Do("li", act => _one.Complaint.Withdraw(act, "不再需要"));
        Assert.False(Rights.IsRestricted);
        Assert.Contains(_one.Log.Events, e => e.Type == CaseEvents.RestrictionLifted);
    }

    [Fact]
    public void A_granted_deletion_is_noted_and_not_done_and_keeps_the_case_restricted()
    {
        _one.Do("li", act => _one.Complaint.Withdraw(act, "不再需要"));
        Ask(DataRequestKinds.Delete);
        Decide(DataRequestOutcomes.Granted);

        Assert.Equal("QQ1", Rights.Erasure!.Request);
        Assert.Equal("王女士", _one.Complaint.Complainant.Name);
        Assert.Equal("restriction.to-be-erased", _one.Refused("zhou", act => Rights.Lift(act, Reason)));
        Assert.DoesNotContain(_one.Log.Events, e => e.Type == CaseEvents.Erased);
    }

    [Fact]
    public void A_correction_stands_beside_what_was_said()
    {
        Ask(DataRequestKinds.Correct);
        Decide(DataRequestOutcomes.Granted, "应为三楼，不是二楼。");
        Decide(DataRequestOutcomes.Granted, "应为三楼，不是二楼。");

        Assert.Equal("通话中被挂断。", _one.Complaint.Facts.Text("description"));
        Assert.Equal("应为三楼，不是二楼。", Assert.Single(Rights.Corrections).Text);
    }

    [Fact]
    public void A_file_waits_seven_days_and_is_fetched_once()
    {
        Ask(DataRequestKinds.Copy);
        Decide(DataRequestOutcomes.Granted);
        var export = Assert.Single(Rights.Exports);
        Assert.True(export.IsOpenAt(export.CreatedAt.AddDays(7).AddTicks(-1)));
        Assert.False(export.IsOpenAt(export.CreatedAt.AddDays(7)));

        _one.Do("li", act => Rights.Download(act, export.Id, "ab", 2));
        Assert.Equal("export.gone", _one.Refused("li", act => Rights.Download(act, export.Id, "ab", 2)));
    }

    [Fact]
    public void A_granted_restriction_lasts_until_a_head_lifts_it()
    {
        Ask(DataRequestKinds.Restrict);
        Decide(DataRequestOutcomes.Granted);
        _one.Do("li", act => _one.Complaint.Withdraw(act, "不再需要"));
        Assert.True(Rights.IsRestricted);
        Assert.Equal("restriction.heads-only", _one.Refused("li", act => Rights.Lift(act, Reason)));

        _one.Do("zhou", act => Rights.Lift(act, Reason));
        Assert.False(Rights.IsRestricted);
        Assert.Equal("restriction.none", _one.Refused("zhou", act => Rights.Lift(act, Reason)));
    }

    [Fact]
    public void Five_requests_wait_at_a_time()
    {
        for (var number = 1; number <= CaseRights.MostOpen; number++)
        {
            Ask(DataRequestKinds.Access, $"QQ{number}");
        }

        Assert.Equal("request.too-many", _one.Refused("li", act => Rights.Receive(act, Guid.NewGuid(), "QQ9", DataRequestKinds.Access)));
    }

    private void Ask(string kind, string number = "QQ1") => _one.Do("li", act => Rights.Receive(act, Guid.NewGuid(), number, kind));

    private void Decide(string outcome, string text = "") => _one.Do("li", act => Rights.Decide(act, "QQ1", outcome, null, text));
}

using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tests.Complaints;

public sealed class CaseConfidentialityTests
{
    private const string Reason = "内部举报，须限制知悉。";

    private const string Why = "需要回电核实情况和地址。";

    private const string Hidden = """[{"key": "injury", "when": {"injury": true}, "hide": ["case"], "visibleTo": ["gm"]}]""";

    [Fact]
    public void A_fact_that_raised_it_lowers_nothing_when_it_falls()
    {
        var one = new CaseInHand(Hidden);
        Assert.Equal(ConfidentialityLevel.Ordinary, one.Kept.Level);

        one.Set("injury", true);
        Assert.Equal(ConfidentialityLevel.Restricted, one.Kept.Level);
        Assert.Contains(one.Log.Events, e => e.Type == CaseEvents.ConfidentialityRaised);

        one.Set("injury", false);
        Assert.Equal(ConfidentialityLevel.Restricted, one.Kept.Level);
        Assert.Contains("gm", one.Readers());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Who_asks_not_to_be_known_is_covered_from_the_first_word(bool confidential, bool anonymous)
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "王女士", Confidential = confidential, Anonymous = anonymous } });

        Assert.Equal(ConfidentialityLevel.Identity, one.Kept.Level);
        one.Task("staff@service", "li");
        Assert.True(one.Knows("li"));
        Assert.False(one.Knows("zhou"));
        Assert.Equal("confidentiality.promised", one.Refused("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Ordinary, [], Reason)));
    }

    [Fact]
    public void Colleagues_of_the_department_complained_of_do_not_learn_a_covered_identity_though_they_work_on_it()
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "王女士", Confidential = true }, Respondent = new Respondent("service", null) });
        one.Task("staff@service", "li");

        Assert.False(one.Knows("li"));
    }

    [Fact]
    public void Restricted_it_is_there_for_those_who_work_on_it_and_not_by_rank()
    {
        var one = new CaseInHand();
        one.Task("staff@service", "li");
        one.Task("staff@quality");
        one.Do("li", act => one.Kept.Raise(act, ConfidentialityLevel.Restricted, [], Reason));

        Assert.Equal(["staff@quality", "user:li"], one.Readers());
    }

    [Fact]
    public void To_raise_it_takes_a_reason_and_a_higher_level()
    {
        var one = new CaseInHand();

        Assert.Equal("reason-too-short", one.Refused("li", act => one.Kept.Raise(act, ConfidentialityLevel.Identity, [], "太短")));
        Assert.Equal("confidentiality.not-raised", one.Refused("li", act => one.Kept.Raise(act, ConfidentialityLevel.Ordinary, [], Reason)));
        Assert.Equal("confidentiality.not-raised", one.Refused("li", act => one.Kept.Raise(act, (ConfidentialityLevel)9, [], Reason)));
        Assert.Equal(ConfidentialityLevel.Ordinary, one.Kept.Level);
    }

    [Fact]
    public void Lowering_takes_a_head_and_another_person()
    {
        var one = new CaseInHand();
        one.Do("li", act => one.Kept.Raise(act, ConfidentialityLevel.Restricted, [], Reason));

        Assert.Equal("confidentiality.heads-only", one.Refused("li", act => one.Kept.Ask(act, ConfidentialityLevel.Ordinary, [], Reason)));
        one.Do("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Ordinary, [], Reason));
        Assert.Equal(ConfidentialityLevel.Restricted, one.Kept.Level);
        Assert.Equal("confidentiality.second-person", one.Refused("zhou", act => one.Kept.Decide(act, true)));

        one.Do("liu", act => one.Kept.Decide(act, true));
        Assert.Equal(ConfidentialityLevel.Ordinary, one.Kept.Level);
        Assert.Equal("confidentiality.nothing-asked", one.Refused("liu", act => one.Kept.Decide(act, true)));
    }

    [Fact]
    public void What_is_refused_changes_nothing_and_can_be_asked_again()
    {
        var one = new CaseInHand();
        one.Do("li", act => one.Kept.Raise(act, ConfidentialityLevel.Restricted, [], Reason));
        one.Do("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Identity, [], Reason));
        one.Do("liu", act => one.Kept.Decide(act, false));

        Assert.Equal(ConfidentialityLevel.Restricted, one.Kept.Level);
        one.Do("liu", act => one.Kept.Ask(act, ConfidentialityLevel.Identity, [], Reason));
        one.Do("zhou", act => one.Kept.Decide(act, true));
        Assert.Equal(ConfidentialityLevel.Identity, one.Kept.Level);
    }

    [Fact]
    public void A_rule_that_was_set_aside_stays_so_until_it_holds_anew()
    {
        var one = new CaseInHand(Hidden);
        one.Set("injury", true);
        one.Do("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Ordinary, [], Reason));
        one.Do("liu", act => one.Kept.Decide(act, true));
        one.Set("media", true);
        Assert.Equal(ConfidentialityLevel.Ordinary, one.Kept.Level);

        one.Set("injury", false);
        one.Set("injury", true);
        Assert.Equal(ConfidentialityLevel.Restricted, one.Kept.Level);
    }

    [Fact]
    public void Sealed_it_is_there_for_named_persons_and_no_role_holds_its_tasks()
    {
        var one = new CaseInHand();
        var (held, open) = (one.Task("staff@service", "li"), one.Task("supervisor"));
        Assert.Equal("confidentiality.names-missing", one.Refused("li", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, [], Reason)));
        Assert.Equal("confidentiality.names-missing", one.Refused("li", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, ["nobody"], Reason)));

        one.Do("li", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, ["liu", "zhang"], Reason));

        Assert.Equal(["user:liu", "user:zhang"], one.Readers());
        Assert.Equal(["zhang"], one.WhoMay(held));
        Assert.Equal(["liu", "zhang"], one.WhoMay(open));
        Assert.Null(one.Complaint.Handler);
    }

    [Fact]
    public void The_names_of_a_sealed_case_are_changed_by_two_as_well()
    {
        var one = new CaseInHand();
        one.Do("zhou", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, ["zhou", "liu"], Reason));
        Assert.Equal("confidentiality.nothing-changes", one.Refused("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Sealed, ["liu", "zhou"], Reason)));

        one.Do("zhou", act => one.Kept.Ask(act, ConfidentialityLevel.Sealed, ["zhou", "liu", "wang"], Reason));
        Assert.DoesNotContain("user:wang", one.Readers());
        one.Do("liu", act => one.Kept.Decide(act, true));
        Assert.Contains("user:wang", one.Readers());
    }

    [Fact]
    public void A_revealed_identity_is_covered_again_after_a_quarter_of_an_hour_and_for_everybody_else()
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "王女士", Confidential = true } });
        var at = CaseInHand.Monday.AddHours(1);

        one.Do("zhou", act => Reveals.Show(act, [], "contact", Why));

        Assert.Equal([Reveals.Identity], one.Kept.RevealedTo("zhou", at.AddMinutes(14)));
        Assert.Empty(one.Kept.RevealedTo("zhou", at.AddMinutes(15)));
        Assert.Empty(one.Kept.RevealedTo("li", at));
        Assert.DoesNotContain("王女士", string.Concat(one.Log.Events.Select(e => e.Data.ToJsonString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, true, null)]
    [InlineData(true, false, "service")]
    public void Nothing_is_revealed_that_is_not_covered_or_not_there_or_is_covered_from_the_reader_s_department(bool confidential, bool anonymous, string? against)
    {
        var one = new CaseInHand(registration: new Registration
        {
            Complainant = new Complainant { Name = "王女士", Confidential = confidential, Anonymous = anonymous },
            Respondent = against is null ? null : new Respondent(against, null),
        });

        Assert.Equal("reveal.nothing", one.Refused("zhou", act => Reveals.Show(act, [], "contact", Why)));
    }

    [Fact]
    public void Of_an_ordinary_case_who_answers_for_it_reveals_contact_data_and_sensitive_facts_one_by_one()
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "王女士", Phone = "13812345678" } });
        one.Do("li", act => act.Complaint.ChangeFacts(act, new Dictionary<string, FactValue> { ["idNumber"] = FactValue.Of("110101199003074514") }, null));
        one.Task("staff@service", "li");
        Assert.Equal([Reveals.Identity, "idNumber"], one.Open("zhou"));
        Assert.Equal(["idNumber"], one.Open("li"));

        Assert.Equal("reason-too-short", one.Refused("zhou", act => Reveals.Show(act, [], "contact", "太短")));
        Assert.Equal("reveal.purpose-unknown", one.Refused("zhou", act => Reveals.Show(act, [], "curiosity", Why)));
        Assert.Equal("reveal.nothing", one.Refused("zhou", act => Reveals.Show(act, ["cause"], "contact", Why)));
        one.Do("zhou", act => Reveals.Show(act, ["idNumber"], "verify", Why));

        var mask = one.Mask("zhou", mayAct: true);
        Assert.Equal(("王女士", "138****5678"), (mask.Name, mask.Phone));
        Assert.Equal("110101199003074514", mask.Fact("idNumber", one.Complaint.Facts["idNumber"])!.Text);
        Assert.Equal("****4514", one.Mask("li", mayAct: true).Fact("idNumber", one.Complaint.Facts["idNumber"])!.Text);
    }

    [Fact]
    public void An_auditor_is_shown_it_once_another_auditor_or_a_head_agrees_and_both_are_named()
    {
        var one = new CaseInHand(registration: new Registration { Complainant = new Complainant { Name = "王女士", Phone = "13812345678" } });

        one.Do("shen", act => Reveals.Ask(act, [], "audit", Why));
        Assert.Equal("王**", one.Mask("shen", mayAct: false, Standing.Audits).Name);
        Assert.Equal("confidentiality.second-person", one.Refused("shen", act => Reveals.Decide(act, "shen", true)));
        Assert.Equal("confidentiality.second-person", one.Refused("li", act => Reveals.Decide(act, "shen", true)));
        Assert.Equal("confidentiality.nothing-asked", one.Refused("gao", act => Reveals.Decide(act, "gao", true)));
        one.Do("gao", act => Reveals.Decide(act, "shen", true));

        var mask = one.Mask("shen", mayAct: false, Standing.Audits);
        var recorded = Assert.Single(one.Log.Events, e => e.Type == CaseEvents.Revealed);
        Assert.Equal(("王女士", "13812345678"), (mask.Name, mask.Phone));
        Assert.Equal(("gao", "shen", "沈计"), (recorded.By.Id, (string?)recorded.Data["askedBy"], (string?)recorded.Data["askedByName"]));
        Assert.Equal("confidentiality.nothing-asked", one.Refused("zhou", act => Reveals.Decide(act, "shen", true)));
    }

    [Fact]
    public void When_the_last_one_who_sees_a_sealed_case_is_complained_of_the_head_above_sees_it()
    {
        var one = new CaseInHand();
        var task = one.Task("staff@service");
        one.Do("li", act => one.Kept.Raise(act, ConfidentialityLevel.Sealed, ["zhang"], Reason));

        one.Do("zhang", act => one.Complaint.Exclusion.Declare(act, null));

        Assert.Equal(["user:liu"], one.Readers());
        Assert.Equal(["liu"], one.WhoMay(task));
    }
}

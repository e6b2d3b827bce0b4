using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Tests.Classification;

namespace CaseManagement.Domain.Tests.Authority;

public sealed class ApprovalChainTests
{
    private static readonly ApprovalChain Amount = new("amount", new BilingualText("赔偿审批", "Compensation"),
    [
        new ApprovalStep("supervisor", "supervisor", Condition.Parse("""{"amountProposed": "> 0"}""")),
        new ApprovalStep("manager", "manager", Condition.Parse("""{"amountProposed": "> 1000"}""")),
        new ApprovalStep("gm", "gm", Condition.Parse("""{"amountProposed": "> 5000"}""")),
    ])
    {
        Covers = ["amountProposed"],
    };

    private static readonly ApprovalChain Scrap = new("scrap", new BilingualText("报废", "Scrap"),
    [
        new ApprovalStep("director", "director"),
        new ApprovalStep("finance", "finance", Condition.Parse("""{"amountProposed": "> 0"}""")),
        new ApprovalStep("vp", "vp", With: "director"),
        new ApprovalStep("gm", "gm"),
    ]);

    private readonly Complaint _complaint = new();

    private string Next(ApprovalChain chain, params string[] asked) =>
        string.Join(',', chain.Next(_complaint, asked).Select(step => step.Key));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "supervisor")]
    [InlineData(1000, "supervisor")]
    [InlineData(1001, "supervisor|manager")]
    [InlineData(5001, "supervisor|manager|gm")]
    public void Steps_are_asked_by_amount(int amount, string expected)
    {
        _complaint["amountProposed"] = FactValue.Of(amount);
        var asked = new List<string>();

        while (Amount.Next(_complaint, asked) is [var step])
        {
            asked.Add(step.Key);
        }

        Assert.Equal(expected, string.Join('|', asked));
    }

    [Fact]
    public void An_amount_nobody_has_proposed_asks_nobody() => Assert.Equal("", Next(Amount));

    [Fact]
    public void Steps_asked_together_come_together_and_the_rest_in_turn()
    {
        _complaint["amountProposed"] = FactValue.Of(1);

        Assert.Equal("director,vp", Next(Scrap));
        Assert.Equal("finance", Next(Scrap, "director", "vp"));
        Assert.Equal("gm", Next(Scrap, "director", "vp", "finance"));
        Assert.Equal("", Next(Scrap, "director", "vp", "finance", "gm"));
    }

    [Fact]
    public void The_next_step_is_chosen_with_the_facts_of_that_moment()
    {
        _complaint["amountProposed"] = FactValue.Of(500);
        Assert.Equal("supervisor", Next(Amount));

        _complaint["amountProposed"] = FactValue.Of(9000);
        Assert.Equal("manager", Next(Amount, "supervisor"));
    }

    [Fact]
    public void A_step_that_was_passed_by_is_not_asked_later()
    {
        Assert.Equal("director,vp", Next(Scrap));
        Assert.Equal("gm", Next(Scrap, "director", "vp"));

        _complaint["amountProposed"] = FactValue.Of(1);
        Assert.Equal("", Next(Scrap, "director", "vp", "gm"));
    }

    [Fact]
    public void An_approval_stands_while_the_covered_facts_are_what_they_were()
    {
        _complaint["amountProposed"] = FactValue.Of(800);
        var snapshot = Amount.Snapshot(_complaint);

        _complaint["amountProposed"] = FactValue.Of(9000);
        Assert.False(ApprovalChain.Stands(snapshot, _complaint));
        _complaint["amountProposed"] = FactValue.Of(800.00m);
        Assert.True(ApprovalChain.Stands(snapshot, _complaint));
    }

    [Fact]
    public void An_approval_that_covers_nothing_stands() => Assert.True(ApprovalChain.Stands(Scrap.Snapshot(_complaint), _complaint));
}

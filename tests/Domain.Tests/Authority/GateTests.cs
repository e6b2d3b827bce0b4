using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Tests.Classification;

namespace CaseManagement.Domain.Tests.Authority;

public sealed class GateTests
{
    private static readonly Gate[] Gates =
    [
        new("settled", GateAction.Close, Condition.Parse("""[{"document:settlement": "signed", "receipt": "not(null)"}, {"level": "ordinary"}]"""),
            new BilingualText("须有收条", "A receipt is needed")),
        new("registered", GateAction.Close, Condition.Parse("""{"registeredAt": "not(null)"}"""), new BilingualText("先登记", "Register first")),
        new("desk-only", GateAction.Reply, Condition.Always, new BilingualText("只由窗口答复", "The desk alone replies")) { Only = ["desk", "head@service"] },
        new("proved", GateAction.Task("pay"), Condition.Parse("""{"proved": "proved"}"""), new BilingualText("未证实", "Not proved")),
    ];

    private readonly Complaint _complaint = new Complaint().With("level", FactValue.Of("major"));

    [Fact]
    public void The_first_gate_that_refuses_is_named_with_its_message()
    {
        var violation = Assert.Throws<RuleViolationException>(() => Gates.ThrowIfRefused(GateAction.Close, _complaint));

        Assert.Equal("gate.settled", violation.Rule.Code);
        Assert.Contains("须有收条", violation.Message, StringComparison.Ordinal);
        Assert.Contains("A receipt is needed", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_gate_of_an_action_must_be_open()
    {
        _complaint.With("document:settlement", FactValue.Of("signed")).With("receipt", FactValue.Of("file-1"));
        Assert.Equal("registered", Gates.Refusing(GateAction.Close, _complaint)!.Key);

        _complaint["registeredAt"] = FactValue.Of(DateTimeOffset.UnixEpoch);
        Assert.Null(Gates.Refusing(GateAction.Close, _complaint));
    }

    [Fact]
    public void A_gate_guards_its_own_action_only()
    {
        Assert.Null(Gates.Refusing(GateAction.Reopen, _complaint));
        Assert.Null(Gates.Refusing(GateAction.Task("visit"), _complaint));
        Assert.Equal("gate.proved", Gates.Refusing(GateAction.Task("pay"), _complaint)!.Code);
    }

    [Theory]
    [InlineData("desk", true)]
    [InlineData("desk@quality", true)]
    [InlineData("head@service", true)]
    [InlineData("head@quality", false)]
    [InlineData("desktop", false)]
    [InlineData("staff", false)]
    public void Only_the_named_roles_may_do_it(string role, bool allowed) =>
        Assert.Equal(allowed, Gates.Refusing(GateAction.Reply, _complaint, [role]) is null);

    [Fact]
    public void The_product_itself_is_not_bound_to_a_role() => Assert.Null(Gates.Refusing(GateAction.Reply, _complaint, roles: null));

    [Fact]
    public void Somebody_without_any_role_is_refused() => Assert.NotNull(Gates.Refusing(GateAction.Reply, _complaint, roles: []));
}

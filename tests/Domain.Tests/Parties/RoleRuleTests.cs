using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tests.Parties;

public sealed class RoleRuleTests
{
    private static readonly (string, string)[] Apart = [("auditor", "administrator")];

    [Fact]
    public void Nobody_gives_themselves_a_role_nor_takes_their_own() => Assert.All(
        [() => RoleRules.ThrowUnlessMayGrant("ada", "ada", "staff", [], Apart), () => RoleRules.ThrowUnlessMayRevoke("ada", "ada", false, 3), (Action)(() => RoleRules.ThrowUnlessMayDecide("ada", "bea", "ada"))],
        deed => Assert.Equal(RoleRules.NotOneself, Assert.Throws<RuleViolationException>(deed).Rule));

    [Theory]
    [InlineData("auditor", "administrator")]
    [InlineData("administrator", "auditor")]
    public void Who_proves_what_others_did_does_not_do_it(string role, string held) =>
        Assert.Equal(RoleRules.Apart, Assert.Throws<RuleViolationException>(() => RoleRules.ThrowUnlessMayGrant("ada", "bea", role, [held], Apart)).Rule);

    [Fact]
    public void Two_administrators_who_take_each_others_role_leave_one() =>
        Assert.Equal(RoleRules.LastAdministrator, Assert.Throws<RuleViolationException>(() => RoleRules.ThrowUnlessMayRevoke("ada", "bea", isAdministrator: true, otherAdministrators: 0)).Rule);

    [Fact]
    public void Who_asked_for_a_role_does_not_grant_it()
    {
        Assert.Equal(RoleRules.SecondPerson, Assert.Throws<RuleViolationException>(() => RoleRules.ThrowUnlessMayDecide("ada", "ada", "bea")).Rule);
        RoleRules.ThrowUnlessMayDecide("cleo", "ada", "bea");
    }
}

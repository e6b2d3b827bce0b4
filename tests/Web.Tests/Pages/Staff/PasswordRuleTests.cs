using System.Net;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Tests.Pages.Staff;

public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("seventeen quiet herons", false, null)]
    [InlineData("十七只安静的苍鹭飞过了湖面回家", false, null)]
    [InlineData("x7kQ9vR2", true, null)]
    [InlineData("x7kQ9vR2", false, PasswordFault.TooShort)]
    [InlineData("short", true, PasswordFault.TooShort)]
    [InlineData("passwordpassword", false, PasswordFault.Common)]
    [InlineData("P@ssw0rd1234567!", false, PasswordFault.Common)]
    [InlineData("123456789012345", false, PasswordFault.Common)]
    [InlineData("Iloveyouforever", false, PasswordFault.Common)]
    [InlineData("aaaaaaaaaaaaaaaa", false, PasswordFault.Common)]
    [InlineData("qwertyuiopasdfgh", false, PasswordFault.Common)]
    [InlineData("admin123admin123", false, PasswordFault.Common)]
    [InlineData("woaini52013145201314", false, PasswordFault.Common)]
    [InlineData("liverpool", true, PasswordFault.Common)]
    [InlineData("Butterfly99", true, PasswordFault.Common)]
    [InlineData("limin-limin-limin", false, PasswordFault.Named)]
    [InlineData("a\u0007bcdefgh ijklmnop", false, PasswordFault.Unreadable)]
    public void A_password_is_long_enough_and_not_the_first_to_be_guessed(string password, bool usesCode, PasswordFault? fault) =>
        Assert.Equal(fault, PasswordRules.Check(password, usesCode, ["limin", "CaseManagement"]));

    [Fact]
    public void The_list_of_common_passwords_lies_beside_the_program() => Assert.InRange(CommonPasswords.Count, CommonPasswords.Commonest, 2 * CommonPasswords.Commonest);

    [Theory]
    [InlineData("seventeen quiet herons", PasswordFault.Uniform)]
    [InlineData("seventeen Quiet herons", null)]
    [InlineData("十七只安静的苍鹭飞过了湖面 A1", null)]
    public void Three_kinds_of_characters_are_asked_for_where_the_profile_says_so(string password, PasswordFault? fault) =>
        Assert.Equal(fault, PasswordRules.Check(password, usesCode: false, [], mixed: true));

    [Fact]
    public void A_password_longer_than_is_hashed_is_refused() =>
        Assert.Equal(PasswordFault.TooLong, PasswordRules.Check(string.Concat(Enumerable.Range(0, 60).Select(i => $"w{i} ")), false, []));

    [Fact]
    public void What_every_keyboard_types_otherwise_is_the_same_password() =>
        Assert.Equal(PasswordRules.Normal("caf\u00e9"), PasswordRules.Normal("cafe\u0301"));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2345:6789::1", "2001:db8:1:2300::/56")]
    public void Misses_count_by_the_network_a_subscriber_has(string address, string network) => Assert.Equal(network, Networks.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.0.0/16 192.0.2.7", "10.1.200.3", true)]
    [InlineData("10.1.0.0/16 192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", false)]
    [InlineData("2001:db8::/32", "10.1.0.1", false)]
    [InlineData("", "10.2.0.1", true)]
    public void A_key_is_good_in_its_networks(string networks, string address, bool admits) => Assert.Equal(admits, Networks.Admit(networks, IPAddress.Parse(address)));
}

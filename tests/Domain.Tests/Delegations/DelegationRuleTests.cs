using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Tests.Delegations;

public sealed class DelegationRuleTests
{
    private const string Zone = "Asia/Shanghai";
    private static readonly DateOnly Today = new(2026, 9, 14);
    private static readonly DateTimeOffset Midnight = new(2026, 9, 13, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("li", true)] // oneself
    [InlineData("zhou", true)] // a supervisor of the department
    [InlineData("liu", true)] // the head above
    [InlineData("zhang", false)]
    [InlineData("gao", false)] // a supervisor elsewhere
    public void It_is_set_by_the_person_or_whoever_answers_for_the_unit(string by, bool may)
    {
        var refused = Refused(Wanted(), by);

        Assert.Equal(may ? null : "delegation.not-yours", refused);
    }

    [Theory]
    [InlineData("li", "li", 0, 3, "delegation.self")]
    [InlineData("li", "gone", 0, 3, "delegation.person-unknown")]
    [InlineData("li", "zhang", -1, 3, "delegation.days-wrong")]
    [InlineData("li", "zhang", 0, 367, "delegation.days-wrong")]
    [InlineData("li", "zhang", 400, 401, "delegation.days-wrong")]
    [InlineData("li", "zhang", 0, 366, null)]
    public void Whom_it_may_name_and_for_how_long(string from, string to, int first, int last, string? refused) =>
        Assert.Equal(refused, Refused(Wanted(from, to, first, last), from));

    [Fact]
    public void Overlapping_ones_are_refused_and_what_lies_beside_is_not()
    {
        var there = Wanted(first: 5, last: 9) with { Kinds = [TaskKind.Approval] };

        Assert.Equal("delegation.overlaps", Refused(Wanted(to: "gao", first: 9, last: 12), "li", there));
        Assert.Equal("delegation.overlaps", Refused(Wanted(to: "gao", first: 9, last: 12) with { IsCover = true }, "li", there));
        Assert.Null(Refused(Wanted(to: "gao", first: 10, last: 12), "li", there));
        Assert.Null(Refused(Wanted(to: "gao", first: 9, last: 12) with { Kinds = [TaskKind.Work] }, "li", there));
        Assert.Null(Refused(Wanted(to: "gao", first: 9, last: 12), "li", there with { EndedAt = Midnight }));
    }

    [Fact]
    public void Nobody_is_named_who_is_away_and_cover_is_for_everything()
    {
        Assert.Equal("delegation.to-away", Refused(Wanted(), "li", Wanted("zhang", "gao") with { IsCover = true }));
        Assert.Null(Refused(Wanted(), "li", Wanted("zhang", "gao")));
        Assert.Equal("delegation.cover-is-whole", Refused(Wanted() with { IsCover = true, Processes = ["returns"] }, "li"));
    }

    [Fact]
    public void Its_days_are_those_of_the_organisations_zone_and_the_last_is_part_of_it()
    {
        var (starts, ends) = Delegation.Between(Today, Today, Zone);

        Assert.Equal((Midnight, Midnight.AddDays(1)), (starts, ends));
        Assert.True((Wanted(last: 0) with { Starts = starts, Ends = ends }).IsInForce(ends.AddSeconds(-1)));
        Assert.False((Wanted(last: 0) with { Starts = starts, Ends = ends }).IsInForce(ends));
    }

    private static Delegation Wanted(string from = "li", string to = "zhang", int first = 0, int last = 3)
    {
        var (starts, ends) = Delegation.Between(Today.AddDays(first), Today.AddDays(last), Zone);
        return new Delegation { Id = Guid.NewGuid(), From = from, To = to, Starts = starts, Ends = ends };
    }

    private static string? Refused(Delegation wanted, string by, params Delegation[] there)
    {
        StaffRecord[] staff =
        [
            new("li", "李敏", [new Membership("staff", "service")]), new("zhang", "张强", [new Membership("staff", "service")]), new("zhou", "周涛", [new Membership("supervisor", "service")]),
            new("gao", "高明", [new Membership("supervisor", "quality")]), new("liu", "刘洋", [new Membership("gm")]),
        ];
        var chart = new OrganisationChart(
            new Dictionary<string, ChartDepartment>
            {
                ["company"] = new(new BilingualText("公司", "Company"), null, "liu", null),
                ["service"] = new(new BilingualText("客服部", "Service"), "company", null, null),
                ["quality"] = new(new BilingualText("质量部", "Quality"), "company", null, null),
            },
            staff.ToDictionary(s => s.Id, s => s.Name))
        { Staff = staff.ToDictionary(s => s.Id), Delegations = there };
        return Record.Exception(() => DelegationRules.ThrowUnlessMaySet(wanted, "休假", by, chart, Midnight)) is { } refusal ? Assert.IsType<RuleViolationException>(refusal).Rule.Code : null;
    }
}

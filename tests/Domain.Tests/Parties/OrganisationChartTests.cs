using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tests.Parties;

/// <summary>The way up: desk below service below company; quality beside service.</summary>
public sealed class OrganisationChartTests
{
    private readonly Dictionary<string, ChartDepartment> _departments = new()
    {
        ["desk"] = Department("service", head: "chen", substitute: "li"),
        ["service"] = Department("company", head: "zhou", substitute: "zhang"),
        ["quality"] = Department("company"),
        ["company"] = Department(null, head: "liu"),
    };

    private readonly Dictionary<string, string> _people = new()
    {
        ["chen"] = "陈静",
        ["li"] = "李敏",
        ["zhou"] = "周涛",
        ["zhang"] = "张强",
        ["liu"] = "刘洋",
    };

    [Fact]
    public void The_head_of_the_department_answers()
    {
        var found = Chart().HeadAt("desk", respondent: null);

        Assert.Equal(("user:chen", SuperiorKind.Head, "desk"), (found.Candidate, found.Kind, found.Department));
        Assert.Empty(found.Passed);
    }

    [Fact]
    public void Where_the_head_has_left_the_substitute_answers()
    {
        _people.Remove("chen");

        var found = Chart().HeadAt("desk", respondent: null);

        Assert.Equal(("user:li", SuperiorKind.Substitute), (found.Candidate, found.Kind));
    }

    [Fact]
    public void A_vacant_post_without_a_substitute_is_answered_by_the_department_above_and_said()
    {
        var found = Chart().HeadAt("quality", respondent: null);

        Assert.Equal(("user:liu", "company"), (found.Candidate, found.Department));
        Assert.Equal([("quality", PassedBecause.Vacant)], found.Passed.Select(p => (p.Key, p.Because)));
    }

    [Theory]
    [InlineData("zhou")]
    [InlineData("周涛")]
    public void Who_is_complained_of_is_not_told_and_neither_is_anybody_they_lead(string respondent)
    {
        var found = Chart().HeadAt("desk", respondent);

        Assert.Equal("user:liu", found.Candidate);
        Assert.Equal([("desk", PassedBecause.Respondent), ("service", PassedBecause.Respondent)], found.Passed.Select(p => (p.Key, p.Because)));
    }

    [Fact]
    public void A_substitute_who_is_complained_of_is_not_told()
    {
        _people.Remove("chen");

        Assert.Equal("user:zhou", Chart().HeadAt("desk", "li").Candidate);
    }

    [Fact]
    public void A_head_who_handles_the_case_is_passed_over_for_the_next_level()
    {
        var found = Chart().HeadAt("service", respondent: null, handler: "zhou");

        Assert.Equal("user:liu", found.Candidate);
        Assert.Equal(PassedBecause.Handler, Assert.Single(found.Passed).Because);
    }

    [Theory]
    [InlineData("quality", "liu")]
    [InlineData("nowhere", null)]
    [InlineData(null, null)]
    public void Where_nobody_above_is_left_the_role_answers(string? department, string? respondent)
    {
        var found = Chart().HeadAt(department, respondent, fallbackRole: "gm");

        Assert.Equal(("gm", SuperiorKind.Fallback), (found.Candidate, found.Kind));
        Assert.Equal("board", Chart().HeadAt(department, respondent).Candidate);
    }

    [Fact]
    public void Departments_that_lie_above_one_another_in_a_circle_come_to_the_role()
    {
        _departments["company"] = Department("quality");
        _departments["quality"] = Department("company");

        Assert.Equal("board", Chart().HeadAt("quality", "zhou").Candidate);
    }

    private OrganisationChart Chart() => new(_departments, _people, "board");

    private static ChartDepartment Department(string? parent, string? head = null, string? substitute = null) =>
        new(new BilingualText("部门", "Department"), parent, head, substitute);
}

using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// What is asked of a version before it is published, beyond what keeps it from running (<see cref="ProcessInstaller.Check"/>): the examples of its tables hold; every clause of the
/// policy is carried out by something and every step says by which clause, of which what is missing is only said.
/// </summary>
public static class PublishCheck
{
    private const int MostNamed = 8;

    // words that stand for the handler, the persons who handle a case together, the complainant, the next level up
    private static readonly string[] Reserved = [Candidates.Handler, Candidates.Team, Candidates.Complainant, Candidates.Up];

    /// <summary>Everything found in a pack. What is an error keeps it from being published.</summary>
    public static IReadOnlyList<Finding> Of(ProcessPack pack) =>
        [.. ProcessInstaller.Check(pack), .. Examples(pack), .. StepsWithoutClause(pack), .. ReservedRoles(pack)];

    private static IEnumerable<Finding> Examples(ProcessPack pack) => TableExamples.Of(pack).Where(example => !example.IsGood).Select(example =>
    {
        var (table, at) = (pack.Tables[example.Table].Name, pack.Tables.Keys.ToList().IndexOf(example.Table));
        var (zh, en) = example switch
        {
            { WrongFact: { } fact } => ($"“{fact}”不能取所给的值", $"“{fact}” cannot hold what is given"),
            { Got: { } got } => ($"应得{Or(example.Expected, "空")}，现得{Or(got, "空")}", $"expected {Or(example.Expected, "nothing")}, got {Or(got, "nothing")}"),
            _ => ("几行同时成立，决策表给不出结果", "several rows match, so the table gives nothing"),
        };
        return new Finding(
            FindingCodes.ExampleFailed, "tables.json", $"$.tables[{at}]",
            new BilingualText($"决策表“{table.Zh}”的例子“{example.Name.Zh}”不符：{zh}", $"The example “{example.Name.En}” of the table “{table.En}” fails: {en}"), FindingSeverity.Error);
    });

    private static string Or(string? said, string nothing) => string.IsNullOrEmpty(said) ? nothing : said;

    // a process without clauses of its own has none to name
    private static IEnumerable<Finding> StepsWithoutClause(ProcessPack pack)
    {
        foreach (var (workflow, json) in pack.Identity.Clauses.Count == 0 ? [] : pack.Workflows.AsEnumerable())
        {
            var open = WorkflowOutline.Read(json).Steps.Where(step => step is { NeedsClause: true, Clauses.Count: 0 }).ToList();
            if (open.Count > 0)
            {
                string Named(Func<WorkflowStep, string> name, string separator) => string.Join(separator, open.Take(MostNamed).Select(name)) + (open.Count > MostNamed ? "…" : "");
                yield return new Finding(
                    FindingCodes.StepsUncited, $"workflows/{workflow}.json", open[0].Id,
                    new BilingualText($"{open.Count} 个步骤没有写明所依据的条款：{Named(step => step.Name.Zh, "、")}", $"{open.Count} steps cite no clause: {Named(step => step.Name.En, ", ")}"),
                    FindingSeverity.Note);
            }
        }
    }

    private static IEnumerable<Finding> ReservedRoles(ProcessPack pack) => pack.Organisation.Roles.Index().Where(one => Reserved.Contains(one.Item.Key)).Select(one => new Finding(
        FindingCodes.RoleReserved, "organisation.json", $"$.roles[{one.Index}]",
        new BilingualText(
            $"角色“{one.Item.Name.Zh}”的标识“{one.Item.Key}”另有含义（经办人、办理小组、投诉人或上一级），写在候选人里时两者都会被当作候选人，请换一个标识",
            $"The key “{one.Item.Key}” of the role “{one.Item.Name.En}” means something else as well (the handler, the team, the complainant or the next level up); give the role another key"),
        FindingSeverity.Warning));
}

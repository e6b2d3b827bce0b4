using System.Text;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Coverage;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>Which process uses what, worked out from the packs; as a page's model and as CSV.</summary>
public static class CoverageCsv
{
    /// <summary>The matrix of these packs.</summary>
    /// <param name="packs">In the order of the columns.</param>
    /// <param name="language">Of the names.</param>
    public static CoveragePage Of(IEnumerable<ProcessPack> packs, string language)
    {
        var all = packs.Select(pack => ProcessCoverage.Of(
            pack, Citation.In(pack).Select(citation => citation.Clause),
            pack.Workflows.Values.SelectMany(workflow => WorkflowOutline.Read(workflow).Steps).Select(step => new CoveredStep(step.Name, step.Type, step.Inputs, step.NeedsClause && step.Clauses.Count == 0)))).ToList();
        return new CoveragePage
        {
            Processes = [.. all.Select(one => new CoverageColumn(
                one.Pack.Identity.Id, one.Pack.Identity.Name.In(language), one.Uses.Count,
                [.. one.WithoutStep.Select(clause => $"{clause.Id} {clause.Text.In(language)}")], [.. one.WithoutClause.Select(step => step.In(language))]))],
            Rows = [.. Capability.All.Select(capability => new CoverageRow(
                capability.Name.In(language), all.Count(one => one.Uses.Contains(capability.Key)), [.. all.Select(one => one.Uses.Contains(capability.Key))]))],
        };
    }

    /// <summary>A line for each capability, then what is left open.</summary>
    public static string Of(CoveragePage page)
    {
        var file = new StringBuilder(CsvText.Line(["capability", "processes", .. page.Processes.Select(one => one.Key)]));
        foreach (var row in page.Rows)
        {
            file.Append(CsvText.Line([row.Name, row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), .. row.Uses.Select(uses => uses ? "1" : "")]));
        }

        file.Append(CsvText.Line(["clauses without a step", "", .. page.Processes.Select(one => string.Join("; ", one.WithoutStep))]));
        file.Append(CsvText.Line(["steps without a clause", "", .. page.Processes.Select(one => string.Join("; ", one.WithoutClause))]));
        return file.ToString();
    }
}

using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Pages.Processes;

public sealed class CitationTests
{
    [Theory]
    [InlineData("iso9001-abcd-levels")] // its levels are cited by the rows of a table, the upgrade by a counter
    [InlineData("jewellery-retail")] // its summaries by reports
    public void A_clause_is_covered_by_whatever_part_of_the_process_cites_it(string process)
    {
        var pack = PackReader.Read(PackFiles.ReadFolder(Path.Combine(AppContext.BaseDirectory, "Processes", process))).Pack!;

        Assert.Empty(pack.Identity.Clauses.Select(clause => clause.Id).Except(Citation.In(pack).Select(citation => citation.Clause)));
    }
}

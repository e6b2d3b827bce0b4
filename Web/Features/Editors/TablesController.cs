using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Decision tables as grids.</summary>
[Route("processes/{key}/tables/{table}")]
public sealed class TablesController(StoredTables tables) : Controller
{
    private const string Grid = "~/Features/Editors/Table.cshtml";
    private const int MostFields = 20_000;
    private const int MostBytes = 4 * 1024 * 1024;

    [HttpGet]
    public async Task<IActionResult> Index(string key, string table, CancellationToken cancellationToken) =>
        await tables.GetAsync(key, table, User, cancellationToken) is { } page ? View(Grid, page) : NotFound();

    /// <summary>Changes the grid's shape, tries the table, keeps or drops an example, or saves the table.</summary>
    [HttpPost, RequestSizeLimit(MostBytes), RequestFormLimits(ValueCountLimit = MostFields)]
    public async Task<IActionResult> Save(string key, string table, [FromForm] string? act, CancellationToken cancellationToken)
    {
        var (answer, page) = await tables.PostAsync(key, table, act ?? "save", await Request.ReadFormAsync(cancellationToken), User, cancellationToken);
        if (page is null)
        {
            return answer.Result == ActionEnd.Done ? Redirect($"{EditorLinks.Table(key, table)}?said=saved") : NotFound();
        }

        if (answer.Result != ActionEnd.Done)
        {
            return this.Again(Grid, page, answer, page.Href);
        }

        var view = View(Grid, page);
        view.ViewData[PageResults.Self] = page.Href;
        return view;
    }
}

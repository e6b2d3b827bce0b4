using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Registers;

/// <summary>Registers: what was filled in on a form, case by case.</summary>
[Route("registers")]
public sealed class RegistersController(RegisterPages registers) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await registers.ListAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("{process}/{form}")]
    public async Task<IActionResult> Register(string process, string form, [FromQuery] RegisterQuery query, CancellationToken cancellationToken) =>
        await registers.GetAsync(process, form, query, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>The register as a file; who took it is recorded.</summary>
    [HttpPost("{process}/{form}/csv")]
    public async Task<IActionResult> File(string process, string form, [FromQuery] RegisterQuery query, CancellationToken cancellationToken) =>
        await registers.FileAsync(process, form, query with { Before = null }, User, cancellationToken) is { } file
            ? File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file)], "text/csv; charset=utf-8", $"{form}.csv")
            : NotFound();
}

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
}

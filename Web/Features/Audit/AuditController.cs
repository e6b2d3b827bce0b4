using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Audit;

/// <summary>The audit for auditors and administrators: look, verify, take out.</summary>
[Route("audit")]
public sealed class AuditController(AuditPages pages, AuditVerification verification, People people) : Controller
{
    private const long MostAnchors = 20 * 1024 * 1024;

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] AuditForm form, CancellationToken cancellationToken) =>
        await CallerAsync(cancellationToken) is { } caller ? View(await pages.GetAsync(form, caller, cancellationToken)) : NotFound();

    [HttpPost("verify"), RequestSizeLimit(MostAnchors + 65536), RequestFormLimits(MultipartBodyLengthLimit = MostAnchors)]
    public async Task<IActionResult> Verify([FromForm] VerifyForm form, CancellationToken cancellationToken)
    {
        if (await CallerAsync(cancellationToken) is not { } caller)
        {
            return NotFound();
        }

        var page = await pages.GetAsync(new AuditForm(), caller, cancellationToken);
        if (await pages.ExtentAsync(form, page.Zone, cancellationToken) is not { } extent)
        {
            return this.Again(nameof(Index), page with { Error = pages.WrongPeriod }, ActionAnswer.Invalid(pages.WrongPeriod), "/audit");
        }

        var verdict = await verification.RunAsync(extent, await LinesAsync(form.Anchors, cancellationToken), caller.Performer.Actor, cancellationToken);
        var shown = await pages.GetAsync(new AuditForm(), caller, cancellationToken);
        ViewData[PageResults.Self] = "/audit";
        return View(nameof(Index), shown with { Verdict = pages.Say(verdict) });
    }

    [HttpPost("export")]
    public async Task<IActionResult> Export([FromForm] ExportForm form, CancellationToken cancellationToken)
    {
        if (await CallerAsync(cancellationToken) is not { } caller)
        {
            return NotFound();
        }

        var page = await pages.GetAsync(new AuditForm(), caller, cancellationToken);
        var (order, wrong) = await pages.OrderAsync(form, page.Zone, caller, cancellationToken);
        return order is null
            ? this.Again(nameof(Index), page with { ExportError = wrong }, ActionAnswer.Invalid(wrong!), "/audit")
            : File(await pages.WriteAsync(order, caller, cancellationToken), "application/zip", "audit.zip");
    }

    private async Task<ApiCaller?> CallerAsync(CancellationToken cancellationToken) =>
        await people.OfAsync(User, cancellationToken) is { } person && AuditReach.MayRead(person) ? ApiCaller.OfPerson(person, hasSession: true) : null;

    private static async Task<IReadOnlyList<string>?> LinesAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is not { Length: > 0 })
        {
            return null;
        }

        using var text = new StreamReader(file.OpenReadStream());
        return (await text.ReadToEndAsync(cancellationToken)).Split('\n');
    }
}

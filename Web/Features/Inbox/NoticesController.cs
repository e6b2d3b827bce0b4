using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Puts notices of the inbox away.</summary>
[Route("inbox/notices")]
public sealed class NoticesController(InboxNotices notices, People people) : Controller
{
    [HttpPost("{id:guid}/read")]
    public async Task<IActionResult> PutAway(Guid id, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(User, cancellationToken) is not { } person)
        {
            return NotFound();
        }

        await notices.PutAwayAsync(id, person, cancellationToken);
        return RedirectToAction("Index", "Inbox");
    }
}

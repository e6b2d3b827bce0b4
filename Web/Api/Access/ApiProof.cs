using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Infrastructure;

namespace CaseManagement.Web.Api.Access;

/// <summary>What matters much is done in a person's session only by somebody who proved lately who they are, as on the pages; a key proves itself with each request.</summary>
internal static class ApiProof
{
    /// <exception cref="ApiProblemException">403 <c>proof-needed</c>: to be proved on the pages first.</exception>
    public static async Task RequireAsync(HttpContext context, ApiCaller caller)
    {
        if (caller.HasSession
            && !(await Sessions.CurrentAsync(context) is { } session
                && await context.RequestServices.GetRequiredService<StaffSessions>().IsProvenAsync(session.Id, context.RequestAborted)))
        {
            throw new ApiProblemException(StatusCodes.Status403Forbidden, "proof-needed", "Prove on the pages once more who you are (/sign-in/again), then try again.");
        }
    }
}

using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Registers what comes in.</summary>
public interface IIntake
{
    /// <summary>The empty form; null when this person may not register or there is no such process.</summary>
    Task<IntakePage?> FormAsync(IntakeChoice choice, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Level, department and promised dates the form would lead to so far, and cases like it. Stores nothing.</summary>
    Task<IntakeAside> SuggestAsync(IntakeChoice choice, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Judges the form and says it back. Stores nothing.</summary>
    Task<IntakeReview> ReviewAsync(IntakeChoice choice, FormAnswers answers, StagedForm files, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Registers; the same key again answers the first case.</summary>
    Task<IntakeAnswer> RegisterAsync(
        IntakeChoice choice, FormAnswers answers, StagedForm files, string key, ClaimsPrincipal user, CancellationToken cancellationToken);
}

using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Designer;

/// <summary>Who asks from the designer.</summary>
/// <param name="Person">Works here now.</param>
/// <param name="Process">The key of the process that is open, whose choices are offered; null where none is.</param>
/// <param name="Language">Language of what is told.</param>
/// <param name="MayWrite">False for those who look on.</param>
/// <param name="Session">The signed-in session the token was made for.</param>
public sealed record DesignerCaller(Person Person, string? Process, string Language, bool MayWrite, string Session)
{
    /// <summary>The caller of this request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets in anybody.</exception>
    public static DesignerCaller Of(HttpContext context) =>
        context.Features.Get<DesignerCaller>() ?? throw new InvalidOperationException("The endpoint has no authorisation entry.");
}

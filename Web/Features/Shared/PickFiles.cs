using CaseManagement.Web.Portal;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Where a complainant chooses files that come along with a form.</summary>
/// <param name="Id">Of the control; what it is for is said by a label of the page.</param>
/// <param name="Staged">Received already, carried by the form until it is sent.</param>
/// <param name="DescribedBy">Ids of what describes it.</param>
/// <param name="IsInvalid">Something chosen was not taken.</param>
public sealed record PickFiles(string Id, IReadOnlyList<StagedFile> Staged, string DescribedBy, bool IsInvalid = false);

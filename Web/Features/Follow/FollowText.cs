namespace CaseManagement.Web.Features.Follow;

/// <summary>Texts of these pages.</summary>
public sealed class FollowText;

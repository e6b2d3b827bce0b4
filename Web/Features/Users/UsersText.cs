namespace CaseManagement.Web.Features.Users;

/// <summary>Texts of these pages.</summary>
public sealed class UsersText;

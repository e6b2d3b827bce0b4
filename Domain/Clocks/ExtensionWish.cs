namespace CaseManagement.Domain.Clocks;

/// <summary>More time that was asked for and hangs on an approval.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="By">Who asked: id of a person, or what kind of actor it was.</param>
/// <param name="ByName">The name people know them by.</param>
/// <param name="DueAt">The due time it would lead to, as counted when it was asked for.</param>
public sealed record ExtensionWish(ExtensionRequest Request, string By, string? ByName, DateTimeOffset DueAt);

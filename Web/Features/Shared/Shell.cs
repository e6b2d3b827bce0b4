using System.Security.Claims;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What the frame around every page shows to one person.</summary>
public sealed record Shell
{
    public required string Name { get; init; }

    /// <summary>One or two letters for the round mark.</summary>
    public required string Initials { get; init; }

    /// <summary>Department and role in words.</summary>
    public required string Position { get; init; }
    public required IReadOnlyList<ShellLink> Links { get; init; }
    public bool MayRegister { get; init; }

    /// <summary>Notices not read yet, a hundred at most; null for somebody who gets none.</summary>
    public int? Notices { get; init; }

    /// <summary>A verification of the audit found something wrong; told to those who read the audit.</summary>
    public bool AuditIsBroken { get; init; }

    /// <summary>Single keys act as shortcuts.</summary>
    public bool SingleKeys { get; init; } = true;
}

/// <summary>The pages the rail can lead to; their names and icons are the layout's.</summary>
public enum ShellPlace
{
    Inbox,
    Intake,
    Board,
    Reports,
    Lessons,
    Incidents,
    Quarantine,
    Processes,
    Designer,
    Limits,
    Tables,
    Calendars,
    Jobs,
    Settings,
}

/// <summary>An entry of the rail, with the number of open tasks (a hundred at most) or failed steps where there is one.</summary>
public sealed record ShellLink(ShellPlace Place, string Href, int? Open = null);

/// <summary>Answers what the frame shows to whom.</summary>
public interface IShell
{
    Task<Shell> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Keeps whether single keys act as shortcuts for this person.</summary>
    Task KeepSingleKeysAsync(ClaimsPrincipal user, bool on, CancellationToken cancellationToken);
}

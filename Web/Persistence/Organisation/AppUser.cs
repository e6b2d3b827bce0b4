using Microsoft.AspNetCore.Identity;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A person who may sign in. The id is a short key that stays, such as <c>li</c>; candidates and events name it.</summary>
public sealed class AppUser : IdentityUser
{
    /// <summary>The name shown to colleagues.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The language of pages and messages, such as <c>zh-CN</c>.</summary>
    public required string Language { get; set; }

    /// <summary>The IANA time zone instants are shown in, such as <c>Asia/Shanghai</c>.</summary>
    public required string Zone { get; set; }

    /// <summary>Whether the person works here now; others can neither sign in nor be given a task.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>When the password was chosen, by the wall clock; null where that is not known.</summary>
    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>What bursts know of a person; the rest (passwords, counters of misses) changes without concerning them.</summary>
    internal static IReadOnlyList<string> OrganisationProperties { get; } =
        [nameof(UserName), nameof(Email), nameof(PhoneNumber), nameof(DisplayName), nameof(Language), nameof(Zone), nameof(IsActive)];
}

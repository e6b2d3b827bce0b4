using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Other cases that may belong to this one; only such as the reader may see.</summary>
public sealed record CaseKin
{
    /// <summary>How often the complainant came: "3 in 12 months: 2 closed"; null where there is nothing to say, or the reader may not know.</summary>
    public string? History { get; init; }

    /// <summary>Of the same complainant, the newest first.</summary>
    public IReadOnlyList<KinCase> SamePerson { get; init; } = [];

    /// <summary>Of a subject alike, the most alike first.</summary>
    public IReadOnlyList<KinCase> Alike { get; init; } = [];

    /// <summary>Where a link is posted; null: the reader may not.</summary>
    public string? LinkHref { get; init; }

    public string Zone { get; init; } = "";
}

/// <summary>Another case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="State">How it stands.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="Why">"same telephone number", or how alike it is.</param>
/// <param name="IsLinked">It is linked already.</param>
public sealed record KinCase(Guid Id, string Number, string Subject, StateMark State, DateTimeOffset ReceivedAt, string Why, bool IsLinked);

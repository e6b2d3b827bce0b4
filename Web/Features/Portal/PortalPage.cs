using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;

namespace CaseManagement.Web.Features.Portal;

/// <summary>Another process that takes complaints here.</summary>
public sealed record OtherProcess(string Href, string Name);

/// <summary>How far the complainant says who they are.</summary>
public static class Identities
{
    public const string Open = "open";
    public const string Confidential = "confidential";
    public const string Anonymous = "anonymous";

    public static readonly IReadOnlyList<string> All = [Open, Confidential, Anonymous];
}

/// <summary>The form to complain by.</summary>
public sealed record PortalPage
{
    public required string Process { get; init; }
    public required string ProcessName { get; init; }
    public IReadOnlyList<OtherProcess> Others { get; init; } = [];
    public required IReadOnlyList<Choice> Kinds { get; init; }
    public required string Kind { get; init; }

    /// <summary>What the process asks.</summary>
    public required IReadOnlyList<FormField> Matter { get; init; }

    public required IReadOnlyList<Choice> IdentityChoices { get; init; }
    public string Identity { get; init; } = Identities.Open;

    /// <summary>Name, telephone number, e-mail address: what was typed and what is wrong with it.</summary>
    public required IReadOnlyList<FormField> Contact { get; init; }

    /// <summary>Files that came with the form, and what was not taken of them.</summary>
    public StagedForm Files { get; init; } = StagedForm.Nothing;

    /// <summary>How the details are used.</summary>
    public required string Notice { get; init; }

    /// <summary>What is agreed to apart; null where nothing sensitive is asked.</summary>
    public string? Consent { get; init; }
    public bool Consents { get; init; }

    /// <summary>The telephone number for somebody in danger.</summary>
    public string? Emergency { get; init; }

    /// <summary>The token of this form: sent twice it registers once.</summary>
    public required string Key { get; init; }

    /// <summary>Work or waiting that is asked for first.</summary>
    public Challenge? Challenge { get; init; }

    public string? Error { get; init; }

    /// <summary>What the complainant is asked before the form is taken as it is; <see cref="FileWords.AskOfPlace"/>.</summary>
    public string? Ask { get; init; }
}

/// <summary>A date that was promised, in plain words.</summary>
public sealed record PromisedDate
{
    /// <summary>What will be done by then.</summary>
    public required string What { get; init; }

    /// <summary>None where only the words promise something.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How it is counted: "7 天，节假日也算".</summary>
    public string Counted { get; init; } = "";

    /// <summary>The date may still move, because holidays are not published yet.</summary>
    public bool Provisional { get; init; }

    /// <summary>Kept, missed, moved and why; empty while it just stands.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public required string Icon { get; init; }
    public bool Kept { get; init; }
}

/// <summary>What the complainant takes away.</summary>
public sealed record ReceiptPage
{
    public required string Number { get; init; }

    /// <summary>complaint, consultation or suggestion.</summary>
    public required string Kind { get; init; }

    /// <summary>Shown this once.</summary>
    public required string Code { get; init; }

    public required IReadOnlyList<PromisedDate> Promises { get; init; }
    public required string Zone { get; init; }
}

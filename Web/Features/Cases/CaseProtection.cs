using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Privacy;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>A case that another is about, or that is about it.</summary>
/// <param name="Text">What to read.</param>
/// <param name="Href">Where it is; null where the reader may not know of it.</param>
public sealed record ProtectionLink(string Text, string? Href);

/// <summary>What keeps the data of a case, and what its complainant asked about them, as its page shows it.</summary>
public sealed record ProtectionPanel
{
    /// <summary>Until when and why the case is kept.</summary>
    public required string Keeping { get; init; }

    /// <summary>Legal holds that stand, each with what was asked of it.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>Restriction and deletion that is due.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    public IReadOnlyList<string> Corrections { get; init; } = [];

    /// <summary>Requests about this case.</summary>
    public IReadOnlyList<ProtectionLink> Requests { get; init; } = [];

    /// <summary>The cases this one is a request about.</summary>
    public IReadOnlyList<ProtectionLink> About { get; init; } = [];

    public IReadOnlyList<FormAction> Actions { get; init; } = [];
}

/// <summary>The part of the page of a case about legal holds and about requests for personal data, and what is done there.</summary>
public sealed class CaseProtection(
    CaseDeeds deeds, CaseRuntime cases, DataRequests requests, TimeProvider clock, IDbContextFactory<CaseManagementDbContext> contexts, IStringLocalizer<CaseWords> words)
{
    public const string Hold = "hold";
    public const string Release = "hold-release";
    public const string Agree = "hold-agree";
    public const string Refuse = "hold-refuse";
    public const string Ask = "data-request";
    public const string Lift = "restriction-lift";

    /// <summary>What is done here.</summary>
    public static readonly IReadOnlyList<string> Verbs = [Hold, Release, Agree, Refuse, Ask, Lift];

    /// <summary>Whether the reader sets legal holds: who supervises the case, and auditors.</summary>
    public static bool MayHold(CaseView view) => view.Supervises || view.Person.Is(SystemRoles.Auditor);

    /// <summary>What stands beside the number: held, restricted, to be erased.</summary>
    public IReadOnlyList<StateMark> Marks(CaseView view)
    {
        var (holds, rights) = (view.Complaint.Holds, view.Complaint.Rights);
        return
        [
            .. holds.IsHeld ? [new StateMark(StateShape.Problem, words["Mark_held"])] : Array.Empty<StateMark>(),
            .. rights.Erasure is not null ? [new StateMark(StateShape.Ended, words["Mark_to-erase"])]
                : rights.IsRestricted ? [new StateMark(StateShape.Problem, words["Mark_restricted"])] : Array.Empty<StateMark>(),
        ];
    }

    public async Task<ProtectionPanel> GetAsync(CaseView view, CancellationToken cancellationToken)
    {
        var (complaint, rights) = (view.Complaint, view.Complaint.Rights);
        var ids = rights.Requests.Select(r => r.Case).Concat(complaint.Request?.About.Select(a => a.Id) ?? []).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = ids.Count == 0 ? [] : await view.Scope.Visible(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        string? HrefOf(Guid id) => seen.Contains(id) ? $"/cases/{id}" : null;
        return new ProtectionPanel
        {
            Keeping = Said(Keeping.Of(complaint, view.Rules, view.Now), view),
            Holds = [.. complaint.Holds.Standing.Select(h => Said(h, view))],
            Marks =
            [
                .. rights.Restriction is { } restriction
                    ? [words[restriction.UntilClosing ? "RestrictedUntilClosing" : "RestrictedSince", words["Right_" + restriction.Because], restriction.Request].Value] : Array.Empty<string>(),
                .. rights.Erasure is { } erasure ? [words["ErasureNoted", erasure.Request].Value] : Array.Empty<string>(),
            ],
            Corrections = [.. rights.Corrections.Select(c => words["CorrectedBy", c.Request, c.Text].Value)],
            Requests =
                [.. rights.Requests.Select(r => new ProtectionLink(words["RequestLine", r.Number, words["Right_" + r.Kind], words["RequestIs_" + (r.Outcome ?? "open")]], HrefOf(r.Case)))],
            About = [.. complaint.Request?.About.Select(a => new ProtectionLink(a.Number, HrefOf(a.Id))) ?? []],
            Actions = [.. await ActionsAsync(view, cancellationToken)],
        };
    }

    public async Task<ActionAnswer> ActAsync(CaseView view, string verb, FormAnswers answers, CancellationToken cancellationToken)
    {
        var reason = One(answers, "reason");
        var number = int.TryParse(One(answers, Hold), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        return verb switch
        {
            Hold => await deeds.DoAsync(view, act => act.Complaint.Holds.Set(act, reason), MayHold(view), cancellationToken),
            Release => await deeds.DoAsync(view, act => act.Complaint.Holds.AskRelease(act, number, reason), cancellationToken),
            Agree or Refuse => await deeds.DoAsync(view, act => act.Complaint.Holds.Decide(act, number, verb == Agree), cancellationToken),
            Lift => await deeds.DoAsync(view, act => act.Complaint.Rights.Lift(act, reason), cancellationToken),
            Ask when view.Scope.HasCases && view.Complaint.Request is null => await AskAsync(view, One(answers, "kind"), One(answers, "text"), cancellationToken),
            _ => ActionAnswer.NotFound,
        };
    }

    private async Task<ActionAnswer> AskAsync(CaseView view, string? kind, string? text, CancellationToken cancellationToken) => await deeds.TryAsync(
        view,
        async () =>
        {
            var prepared = await requests.PrepareAsync([view.Complaint.Id.Value], kind, text, DataRequests.Desk, cancellationToken);
            CaseOutcome? made = null;
            await cases.OnceAsync(
                null,
                async transaction =>
                {
                    made = await requests.RegisterAsync(transaction, prepared, view.Person.AsPerformer(), cancellationToken);
                    return (StatusCodes.Status201Created, "{}");
                },
                clock.GetUtcNow(), cancellationToken);
            return made!;
        },
        may: true);

    private async Task<IEnumerable<FormAction>> ActionsAsync(CaseView view, CancellationToken cancellationToken)
    {
        var (me, lead, chart) = (view.Person.AsPerformer(), view.Complaint.Lead, view.Rules.Chart);
        var holds = view.Complaint.Holds.Standing;
        var actions = new List<FormAction>();
        if (MayHold(view))
        {
            actions.Add(Action(view, Hold, "lock", Reason()));
        }

        if (view.MayAct && holds.Where(h => h.Release is null).ToList() is { Count: > 0 } standing && CaseConfidentiality.MayAsk(me, lead, chart))
        {
            actions.Add(Action(view, Release, "arrow-back-up", Which(standing), Reason()));
        }

        if (view.MayAct && holds.Where(h => CaseHolds.MayDecide(h, me, lead, chart)).ToList() is { Count: > 0 } asked)
        {
            actions.Add(Action(view, Agree, "check", Which(asked)));
            actions.Add(Action(view, Refuse, "x", Which(asked)));
        }

        if (view.Scope.HasCases && view.Complaint.Request is null && await requests.AreTakenAsync(cancellationToken))
        {
            actions.Add(Action(
                view, Ask, "user-question",
                new FormField
                {
                    Key = "kind",
                    Label = words["RightAsked"],
                    Type = FieldType.Choice,
                    Required = true,
                    Options = [.. DataRequestKinds.All.Select(k => new Choice(k, words["Right_" + k]))],
                },
                new FormField { Key = "text", Label = words["RightText"], Type = FieldType.Multiline, Help = words["RightTextHelp"] }));
        }

        if (view.MayAct && view.Complaint.Rights is { IsRestricted: true, Erasure: null } && CaseConfidentiality.MayAsk(me, lead, chart))
        {
            actions.Add(Action(view, Lift, "arrow-back-up", Reason()));
        }

        return actions;
    }

    private string Said(LegalHold hold, CaseView view)
    {
        // why it is held is for those who work here; others read that it is
        var said = words["HoldLine", hold.Number, hold.ByName ?? hold.By, DateText.Of(hold.At, view.Calendar, PackWords.Language)].Value;
        var why = view.MayAct || view.Person.Is(SystemRoles.Auditor) ? words["HoldWhy", hold.Reason].Value : "";
        var asked = view.MayAct && hold.Release is { } release ? words["HoldAsked", release.ByName ?? release.By, release.Reason].Value : "";
        return said + why + asked;
    }

    private string Said(Keeping keeping, CaseView view) => keeping.Until is { } until && keeping.Ground is KeepingGround.Statutory or KeepingGround.Retention
        ? words["KeptUntil_" + keeping.Ground, DateText.Of(until, view.Calendar, PackWords.Language).Split(' ')[0]]
        : words[keeping.Ground == KeepingGround.None && !keeping.IsDue ? "KeptAs_Forever" : "KeptAs_" + keeping.Ground];

    private FormField Which(List<LegalHold> holds) => new()
    {
        Key = Hold,
        Label = words["WhichHold"],
        Type = FieldType.Choice,
        Required = true,
        Options = [.. holds.Select(h => new Choice(h.Number.ToString(CultureInfo.InvariantCulture), words["HoldChoice", h.Number, Cut(h.Reason)]))],
        Values = [holds[0].Number.ToString(CultureInfo.InvariantCulture)],
        Wide = true,
    };

    private FormField Reason() => new() { Key = "reason", Label = words["Reason"], Type = FieldType.Text, Required = true, Wide = true, Help = words["ReasonTen"].Value };

    private FormAction Action(CaseView view, string verb, string icon, params FormField[] fields) =>
        new(words[$"Do_{verb}"], icon, $"/cases/{view.Complaint.Id}/actions/{verb}", new FormPage { Id = $"do-{verb}", Fields = fields }) { Submit = words[$"Submit_{verb}"] };

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static string? One(FormAnswers answers, string key) => answers.Values.GetValueOrDefault(key, []) is [{ Length: > 0 } value, ..] ? value : null;
}

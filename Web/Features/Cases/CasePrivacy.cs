using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Who may know of a case, as its page shows it.</summary>
public sealed record PrivacyPanel
{
    /// <summary>How closely it is kept.</summary>
    public required string Level { get; init; }

    /// <summary>What that means, in a sentence.</summary>
    public required string Means { get; init; }

    /// <summary>Who may see a sealed case.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>What was asked and waits for a second person.</summary>
    public string? Asked { get; init; }

    /// <summary>Until when the reader is shown something covered; null where they are not.</summary>
    public DateTimeOffset? Revealed { get; init; }

    /// <summary>What auditors want to be shown and wait for, each in a sentence.</summary>
    public IReadOnlyList<string> Wished { get; init; } = [];

    /// <summary>IANA zone that moment is told in.</summary>
    public required string Zone { get; init; }

    /// <summary>What is known of the one complained of, where that is still open.</summary>
    public string? Respondent { get; init; }

    /// <summary>What the reader may do about it.</summary>
    public IReadOnlyList<FormAction> Actions { get; init; } = [];
}

/// <summary>The part of the page of a case about who may know of it, and what is done there.</summary>
public sealed class CasePrivacy(CaseDeeds deeds, IdentityReveals reveals, ICaseStore store, People people, IStringLocalizer<CaseWords> words)
{
    /// <summary>What is done here. After each the case may no longer be the reader's to see.</summary>
    public static readonly IReadOnlyList<string> Verbs = ["reveal", "reveal-agree", "reveal-refuse", "keep", "keep-ask", "keep-agree", "keep-refuse", "interest", "respondent", "bind"];

    private const string NotStaff = "-";

    /// <summary>The level beside the number; null for a case that is kept ordinarily.</summary>
    public StateMark? Mark(CaseView view) =>
        view.Complaint.Confidentiality.Level == ConfidentialityLevel.Ordinary ? null : new StateMark(StateShape.Problem, NameOf(view.Complaint.Confidentiality.Level));

    public async Task<PrivacyPanel> GetAsync(CaseView view, CancellationToken cancellationToken)
    {
        var (kept, exclusion) = (view.Complaint.Confidentiality, view.Complaint.Exclusion);
        var everybody = await people.AllAsync(cancellationToken);
        var names = everybody.ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return new PrivacyPanel
        {
            Level = NameOf(kept.Level),
            Means = words["KeptMeans_" + kept.Level],
            Named = [.. kept.Named.Select(p => names.GetValueOrDefault(p, p))],
            Asked = view.MayAct && kept.Request is { } asked ? words["KeptAsked", asked.ByName ?? asked.By, NameOf(asked.Level), asked.Reason].Value : null,
            Revealed = view.IsRevealed ? kept.Reveals.Where(r => r.Person == view.Person.Id).Max(r => r.Until) : null,
            Wished = [.. view.MayAct || Audits(view) ? Reveals.Waits(view.Complaint, view.Now).Select(w => words["RevealWished", w.Name ?? w.Person, FieldsOf(view, w.Fields), words["Purpose_" + w.Purpose], w.Reason].Value) : []],
            Zone = view.Zone,
            Respondent = view.MayAct && exclusion.Binding == RespondentBinding.Unknown ? words["RespondentUnbound"].Value : null,
            Actions = [.. ActionsOf(view, [.. everybody.Where(p => !exclusion.Bars(p.Id)).Select(p => new Choice(p.Id, p.Name))], [.. everybody.Select(p => new Choice(p.Id, p.Name))])],
        };
    }

    public async Task<ActionAnswer> ActAsync(CaseView view, string verb, FormAnswers answers, CancellationToken cancellationToken)
    {
        var reason = One(answers, "reason");
        var named = answers.Values.GetValueOrDefault("people", []);
        switch (verb)
        {
            case "keep" or "keep-ask":
                return Enum.TryParse<ConfidentialityLevel>(One(answers, "level"), out var level)
                    ? await deeds.DoAsync(
                        view,
                        act =>
                        {
                            if (verb == "keep")
                            {
                                act.Complaint.Confidentiality.Raise(act, level, named, reason);
                            }
                            else
                            {
                                act.Complaint.Confidentiality.Ask(act, level, named, reason);
                            }
                        },
                        cancellationToken)
                    : ActionAnswer.Invalid(words["KeepChoose"]);
            case "reveal":
                var (fields, purpose) = (answers.Values.GetValueOrDefault("fields", []), One(answers, "purpose"));
                return Audits(view)
                    ? await deeds.DoAsync(view, act => Reveals.Ask(act, fields, purpose, reason), mayAct: true, cancellationToken)
                    : await deeds.TryAsync(view, () => store.RunAsync(
                        transaction => reveals.ShowAsync(transaction, view.Complaint.Id.Value, view.Person.AsPerformer(), fields, purpose, reason, cancellationToken), cancellationToken));
            case "reveal-agree" or "reveal-refuse" when view.MayAct || Audits(view):
                return await deeds.TryAsync(
                    view,
                    () => store.RunAsync(
                        transaction => reveals.DecideAsync(transaction, view.Complaint.Id.Value, view.Person.AsPerformer(), One(answers, "person"), verb == "reveal-agree", cancellationToken), cancellationToken),
                    may: true);
            case "keep-agree" or "keep-refuse":
                return await deeds.DoAsync(view, act => act.Complaint.Confidentiality.Decide(act, verb == "keep-agree"), cancellationToken);
            case "interest":
                return view.Scope.HasCases ? await deeds.DoAsync(view, act => act.Complaint.Exclusion.Declare(act, reason), mayAct: true, cancellationToken) : ActionAnswer.NotFound;
            case "respondent" when view.KnowsComplainant:
                return await deeds.DoAsync(view, act => act.Complaint.Exclusion.Name(act, new Respondent(One(answers, "department") ?? "", One(answers, "person") ?? "")), cancellationToken);
            case "bind" when view.Supervises:
                return One(answers, "staff") is { } staff
                    ? await deeds.DoAsync(view, act => act.Complaint.Exclusion.Bind(act, staff == NotStaff ? null : staff), cancellationToken)
                    : ActionAnswer.Invalid(words["ChoosePerson"]);
            default:
                return ActionAnswer.NotFound;
        }
    }

    private IEnumerable<FormAction> ActionsOf(CaseView view, IReadOnlyList<Choice> staff, IReadOnlyList<Choice> everybody)
    {
        var kept = view.Complaint.Confidentiality;
        var me = view.Person.AsPerformer();
        if ((view.MayAct || Audits(view)) && Reveals.OpenTo(view.Complaint, view.Rules, me, view.Sight) is { Count: > 0 } open)
        {
            yield return Action(
                view, "reveal", "eye",
                [
                    new FormField { Key = "fields", Label = words["RevealFields"], Type = FieldType.Choices, Required = true, Options = [.. open.Select(f => new Choice(f, FieldsOf(view, [f])))], Values = open.Count == 1 ? open : [] },
                    new FormField { Key = "purpose", Label = words["RevealPurpose"], Type = FieldType.Choice, Required = true, Options = [.. Reveals.Purposes.Select(p => new Choice(p, words["Purpose_" + p]))] },
                    Audits(view) ? Reason() with { Help = words["RevealBySecond"] } : Reason(),
                ]) with
            {
                Submit = words[Audits(view) ? "Submit_reveal-ask" : "Submit_reveal"],
            };
        }

        if (view.MayAct || Audits(view))
        {
            var wishes = Reveals.Waits(view.Complaint, view.Now).Where(w => Reveals.MayDecide(w, view.Complaint, view.Rules, me)).Select(w => new Choice(w.Person, w.Name ?? w.Person)).ToList();
            foreach (var verb in wishes.Count > 0 ? new[] { "reveal-agree", "reveal-refuse" } : [])
            {
                yield return Action(
                    view, verb, verb == "reveal-agree" ? "check" : "x",
                    [new FormField { Key = "person", Label = words["RevealFor"], Type = FieldType.Choice, Required = true, Options = wishes, Values = [wishes[0].Value] }]);
            }
        }

        if (view.MayAct && kept.MayDecide(view.Person.AsPerformer()))
        {
            yield return Action(view, "keep-agree", "check");
            yield return Action(view, "keep-refuse", "x");
        }

        if (view.MayAct && kept.Level < ConfidentialityLevel.Sealed)
        {
            yield return Action(view, "keep", "lock", [Levels(l => l > kept.Level), Named(staff, []), Reason()]);
        }

        if (view.MayAct && kept.Level > ConfidentialityLevel.Ordinary && CaseConfidentiality.MayAsk(view.Person.AsPerformer(), view.Complaint.Lead, view.Rules.Chart))
        {
            yield return Action(view, "keep-ask", "eye", [Levels(l => l < kept.Level || (l == ConfidentialityLevel.Sealed && kept.Level == l)), Named(staff, kept.Named), Reason()]);
        }

        // who may not read the name does not write over it
        if (view.MayAct && view.KnowsComplainant)
        {
            yield return Action(
                view, "respondent", "user-question",
                [
                    new FormField { Key = "department", Label = view.Words.Fact("respondentDepartment"), Type = FieldType.Choice, Options = [new Choice("", words["Nobody"]), .. view.Rules.Pack.Organisation.Departments.Select(d => new Choice(d.Key, view.Words.Department(d.Key)))], Values = [view.Complaint.Respondent?.Department ?? ""] },
                    new FormField { Key = "person", Label = view.Words.Fact("respondentPerson"), Type = FieldType.Text, Wide = true, Values = [view.Complaint.Respondent?.Person ?? ""], Help = words["RespondentHelp"] },
                ]);
        }

        if (view.Supervises && view.Complaint.Respondent?.Person is { Length: > 0 })
        {
            yield return Action(
                view, "bind", "users",
                [new FormField { Key = "staff", Label = words["BindTo"], Type = FieldType.Choice, Required = true, Options = [new Choice(NotStaff, words["BindNotStaff"]), .. everybody], Values = view.Complaint.Exclusion.Staff is { } bound ? [bound] : [] }]);
        }

        if (view.Scope.HasCases)
        {
            yield return Action(view, "interest", "flag", [Reason(required: false) with { Help = words["InterestHelp"] }]) with { Drastic = true };
        }
    }

    // who only audits asks; who may act on the case is shown it at once
    private static bool Audits(CaseView view) => !view.MayAct && view.Person.Is(SystemRoles.Auditor);

    private string FieldsOf(CaseView view, IEnumerable<string> fields) =>
        string.Join(words["separator"], fields.Select(f => f == Reveals.Identity ? words["RevealIdentity"].Value : view.Words.Fact(f)));

    private string NameOf(ConfidentialityLevel level) => words["Kept_" + level];

    private FormField Levels(Func<ConfidentialityLevel, bool> among) => new()
    {
        Key = "level",
        Label = words["KeptLevel"],
        Type = FieldType.Choice,
        Required = true,
        Options = [.. Enum.GetValues<ConfidentialityLevel>().Where(among).Select(l => new Choice(l.ToString(), NameOf(l)))],
    };

    private FormField Named(IReadOnlyList<Choice> staff, IReadOnlyList<string> named) => new()
    {
        Key = "people",
        Label = words["KeptNamed"],
        Type = FieldType.Choices,
        Options = staff,
        Values = named,
        VisibleWhen = [new Condition("level", Comparison.OneOf, [nameof(ConfidentialityLevel.Sealed)])],
    };

    private FormField Reason(bool required = true) => new() { Key = "reason", Label = words["Reason"], Type = FieldType.Text, Required = required, Wide = true, Help = required ? words["ReasonTen"].Value : null };

    private FormAction Action(CaseView view, string verb, string icon, IReadOnlyList<FormField>? fields = null) =>
        new(words[$"Do_{verb}"], icon, $"/cases/{view.Complaint.Id}/actions/{verb}", new FormPage { Id = $"do-{verb}", Fields = fields ?? [] }) { Submit = words[$"Submit_{verb}"] };

    private static string? One(FormAnswers answers, string key) => answers.Values.GetValueOrDefault(key, []) is [{ Length: > 0 } value, ..] ? value : null;
}

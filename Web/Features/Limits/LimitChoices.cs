using System.Globalization;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Limits;

/// <summary>What there is to choose from in a limit's editor, in the names of its process and the reader's language.</summary>
public sealed partial class LimitChoices(LimitWords words, IStringLocalizer<LimitsText> text)
{
    private const int FewOptions = 12;
    private const int MostValues = 300;

    private static readonly string[] Kinds = ["notify", "ask", "reason", "reassign", "raise", "approve", "penalty"];
    /// <summary>Candidates that are no role.</summary>
    public static readonly IReadOnlyList<string> People = [Domain.Parties.Candidates.Handler, Domain.Parties.Candidates.Team, Domain.Parties.Candidates.Complainant];

    private static string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>The editor's lists; what is typed and its preview are the caller's.</summary>
    public LimitEditor Of(TimeLimit rule, ProcessPack pack, IReadOnlyList<Choice> calendars, LimitEdit edit, LimitPreview preview)
    {
        var wording = new PackWording(pack);
        var moments = pack.Facts.All.Where(fact => fact.Type is FactType.Instant or FactType.Date).Select(fact => new Choice(fact.Key, fact.Name.In(Language))).ToList();
        return new LimitEditor
        {
            Key = rule.Key,
            Name = LimitWords.NameOf(rule),
            Edit = edit,
            Preview = preview,
            Units = [.. Enum.GetValues<LimitUnit>().Select(unit => new Choice(LimitInput.Word(unit), words.Unit(unit)))],
            Calendars = calendars,
            CountFroms = [.. Enum.GetValues<CountFrom>().Select(one => new Choice(LimitInput.Word(one), words.CountedFrom(one)))],
            EndOfs = [.. Enum.GetValues<EndOf>().Select(one => new Choice(LimitInput.Word(one), words.EndsAt(one)))],
            IfNonWorkings = [.. Enum.GetValues<IfNonWorking>().Select(one => new Choice(LimitInput.Word(one), words.OnDayOff(one)))],
            Froms = [new("", text["FromClock"]), .. moments],
            Tos = [new("", text["ToFlow"]), .. moments],
            Dates = [new("", text["None"]), .. pack.Facts.All.Where(fact => fact.Type == FactType.Date).Select(fact => new Choice(fact.Key, fact.Name.In(Language)))],
            Facts = Facts(wording),
            FactOptions = [.. pack.Facts.All.Where(fact => fact.Options is { Count: > 0 and <= FewOptions })
                .Select(fact => text["OptionsOf", fact.Name.In(Language), string.Join(text["Separator"], fact.Options!.Select(option => option.Name?.In(Language) ?? option.Key))].Value)],
            PauseReasons = [.. pack.PauseReasons.Select(reason => new Choice(reason.Key, reason.Name.In(Language)))],
            Chains = [new("", text["NobodyAsked"]), .. Chains(pack)],
            Notices = [new("", text["NobodyTold"]), .. Templates(pack).Where(one => pack.Templates[one.Value].To.Contains(Domain.Parties.Candidates.Complainant))],
            Anchors = Anchors,
            Lengths = Lengths,
            ActionKinds = ActionKinds,
            Comparisons = Comparisons,
            Values = Values(wording),
            Candidates = CandidatesOf(wording),
            Things = Things(pack),
        };
    }

    /// <summary>Everything a condition may read, the first stands for nothing.</summary>
    public IReadOnlyList<Choice> Facts(PackWording wording) =>
        [new("", text["None"]), .. wording.Pack.Facts.All.Select(fact => new Choice(fact.Key, fact.Name.In(Language))), .. Special(wording.Pack, wording)];

    /// <summary>How conditions compare.</summary>
    public IReadOnlyList<Choice> Comparisons => [.. TestEdit.Comparisons.Select(one => new Choice(one, text[$"Compare_{one}"]))];

    /// <summary>What a step of a limit may do.</summary>
    public IReadOnlyList<Choice> ActionKinds => [new("", text["None"]), .. Kinds.Select(kind => new Choice(kind, text[$"Do_{kind}"]))];

    /// <summary>Values of facts by name, each with the fact's name.</summary>
    public static IReadOnlyList<Choice> Values(PackWording wording) =>
    [
        .. wording.Pack.Facts.All.Where(fact => fact.Type == FactType.Boolean || fact.Options is { Count: > 0 } || fact.Type is FactType.Level or FactType.Department or FactType.Departments or FactType.Role)
            .SelectMany(fact => ConditionText.Options(fact.Key, wording).Select(option => new Choice(option.Name.In(Language), fact.Name.In(Language)))).DistinctBy(one => one.Value).Take(MostValues),
    ];

    /// <summary>Who may be named: people of the case, roles, heads of roles.</summary>
    public static IReadOnlyList<Choice> CandidatesOf(PackWording wording) =>
    [
        .. People.Select(one => new Choice(one, wording.Candidate(one).In(Language))),
        .. wording.Pack.Organisation.Roles.Select(role => new Choice(role.Key, role.Name.In(Language))),
        .. wording.Pack.Organisation.Roles.Select(role => new Choice(role.Key + "@lead", wording.Candidate(role.Key + "@lead").In(Language))),
    ];

    /// <summary>What an action may name, by what it is.</summary>
    public IReadOnlyList<(string Group, IReadOnlyList<Choice> Options)> Things(ProcessPack pack) =>
    [
        (text["Templates"], Templates(pack)),
        (text["Forms"], [.. pack.Forms.Values.Select(form => new Choice(form.Key, form.Name.In(Language)))]),
        (text["Levels"], [new("one", text["OneLevelUp"]), .. pack.Levels.Levels.Select(level => new Choice(level.Key, level.Name.In(Language)))]),
        (text["Chains"], Chains(pack)),
        (text["Calculators"], [.. pack.Calculators.Values.Select(one => new Choice(one.Key, one.Name.In(Language)))]),
    ];

    /// <summary>What a moment near a due time is counted from; the first stands for none.</summary>
    public IReadOnlyList<Choice> Anchors =>
    [
        new("", text["None"]), new(StepTimeEdit.Due, text["AnchorDue"]), new(StepTimeEdit.BeforeDue, text["AnchorBefore"]), new(StepTimeEdit.AfterDue, text["AnchorAfter"]),
        new(StepTimeEdit.AfterStart, text["AnchorStart"]), new(StepTimeEdit.Share, text["AnchorShare"]),
    ];

    /// <summary>Units that take a number.</summary>
    public IReadOnlyList<Choice> Lengths => [.. Enum.GetValues<LimitUnit>().Where(unit => unit.TakesAmount()).Select(unit => new Choice(LimitInput.Word(unit), words.Unit(unit)))];

    /// <summary>A candidate by its name, the key where it has none or another has the same.</summary>
    public static string NameOf(string candidate, PackWording wording) =>
        wording.Candidate(candidate).In(Language) is { Length: > 0 } name && !name.AsSpan().ContainsAny(",，、") && CandidateOf(name, wording.Pack) == candidate ? name : candidate;

    /// <summary>The candidate somebody typed by name or key.</summary>
    public static string CandidateOf(string typed, ProcessPack pack)
    {
        var wording = new PackWording(pack);
        return People.Concat(pack.Organisation.Roles.SelectMany(role => (string[])[role.Key, role.Key + "@lead"]))
            .FirstOrDefault(one => one == typed || (wording.Candidate(one) is var name && (name.Zh == typed || string.Equals(name.En, typed, StringComparison.OrdinalIgnoreCase)))) ?? typed;
    }

    private static IReadOnlyList<Choice> Chains(ProcessPack pack) => [.. pack.Chains.Values.Select(chain => new Choice(chain.Key, chain.Name.In(Language)))];

    private static IReadOnlyList<Choice> Templates(ProcessPack pack) =>
        [.. pack.Templates.Values.Where(one => one.Kind == TemplateKind.Message).Select(one => new Choice(one.Key, NameOf(one)))];

    /// <summary>What a template is called: its subject, which says what it is for, without what it fills in.</summary>
    public static string NameOf(Template template) => Placeholders().Replace(template.Subject.In(Language), "…").Trim() is { Length: > 1 } name ? name : template.Key;

    [GeneratedRegex(@"\{\{[^}]*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholders();

    // what conditions may read besides facts
    private static IEnumerable<Choice> Special(ProcessPack pack, PackWording wording) =>
        pack.Clocks.Select(clock => "clock:" + clock).Concat(pack.Counters.Keys.Select(counter => "count:" + counter)).Concat(pack.Chains.Keys.Select(chain => "approval:" + chain))
            .Concat(pack.Verifications.Keys.Select(plan => "rounds:" + plan))
            .Concat(pack.Templates.Values.Where(one => one.Kind == TemplateKind.Document).Select(one => "document:" + one.Key))
            .Concat(pack.Forms.Values.SelectMany(form => form.Signatures.Select(signature => $"signed:{form.Key}.{signature.Key}")))
            .Select(name => new Choice(name, wording.Fact(name).In(Language)));
}

using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Editors;

/// <summary>What there is to choose from in the editors of a pack, by its names in the reader's language.</summary>
public sealed class EditorChoices(ProcessPack pack, LimitChoices limits, IStringLocalizer<EditorWords> words)
{
    private const int LongestInField = 15;

    private readonly Dictionary<string, IReadOnlyList<Choice>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Choice>> _shared = new(StringComparer.Ordinal);

    public ProcessPack Pack => pack;

    public PackWording Wording { get; } = new(pack);

    /// <summary>Everything a condition may read, and how it compares.</summary>
    public IReadOnlyList<Choice> Tested => _lists.TryGetValue("tested", out var list) ? list : _lists["tested"] = limits.Facts(Wording);

    public IReadOnlyList<Choice> Comparisons => limits.Comparisons;

    public IReadOnlyList<Choice> Values => LimitChoices.Values(Wording);

    public IReadOnlyList<Choice> ActionKinds => limits.ActionKinds;

    public IReadOnlyList<(string Group, IReadOnlyList<Choice> Options)> Things => limits.Things(pack);

    public IReadOnlyList<Choice> Anchors => limits.Anchors;

    public IReadOnlyList<Choice> Lengths => limits.Lengths;

    /// <summary>The options of a member: a list of the pack, or the words it may be, in words.</summary>
    public IReadOnlyList<Choice> Of(Member member)
    {
        var known = member.Source.StartsWith('=') ? member.Name + member.Source : member.Source;
        if (!_lists.TryGetValue(known, out var list))
        {
            _lists[known] = list = member.Source.StartsWith('=')
                ? [.. member.Source[1..].Split('|').Select(word => new Choice(word, Word(word, member.Name)))]
                : [.. OfPack(member.Source)];
        }

        return member.TakesSetting ? [.. list, .. pack.Identity.Settings.Select(one => new Choice(FactNames.Settings + one.Key,
            words["BySetting", one.Question.In(PackWords.Language)]))] : list;
    }

    /// <summary>Long lists, each written once on the page by the id of its template; its fields hold only what is chosen and take the rest from there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Choice>> Shared => _shared;

    /// <summary>Keeps a long list for <see cref="Shared"/>.</summary>
    /// <returns>The id of its template; null where the list is short and stands in its field.</returns>
    public string? Once(string name, IReadOnlyList<Choice> list)
    {
        if (list.Count <= LongestInField)
        {
            return null;
        }

        _shared[$"options-{name}"] = list;
        return $"options-{name}";
    }

    /// <summary>A fixed word of the pack format in the reader's language.</summary>
    /// <param name="word">The word.</param>
    /// <param name="member">The member it is said of, where it means something else there.</param>
    public string Word(string word, string? member = null) =>
        words[$"w.{member}.{word}"] is { ResourceNotFound: false } own ? own : words[$"w.{word}"] is { ResourceNotFound: false } said ? said : word;

    private IEnumerable<Choice> OfPack(string source) => source switch
    {
        "facts" => limits.Facts(Wording).Skip(1),
        "plainFacts" => Facts(_ => true).Concat(Columns(_ => true)),
        "moments" => Facts(fact => fact.IsMoment).Concat(Columns(column => column.IsMoment)),
        "dates" => Facts(fact => fact.Type == FactType.Date).Concat(Columns(column => column.Type == FactType.Date)),
        "rowFacts" => Facts(fact => fact.Type == FactType.Rows),
        "numberFacts" => Facts(fact => fact.Type is FactType.Number or FactType.Money),
        "departments" => pack.Organisation.Departments.Select(Named),
        "forms" => pack.Forms.Values.Select(one => Named(one.Key, one.Name)),
        "workflows" => pack.Workflows.Select(one => Named(one.Key, Wording.Workflow(one.Key))),
        "chains" => pack.Chains.Values.Select(one => Named(one.Key, one.Name)),
        "calendars" => pack.Calendars.Select(one => Named(one.Key, one.Name)),
        "clocks" => pack.Clocks.Select(one => Named(one, Wording.Clock(one))),
        "pauseReasons" => pack.PauseReasons.Select(Named),
        "calculators" => pack.Calculators.Values.Select(one => Named(one.Key, one.Name)),
        "messages" => pack.Templates.Values.Where(one => one.Kind == TemplateKind.Message).Select(one => Named(one.Key, one.Subject)),
        "clauses" => pack.Identity.Clauses.Select(clause => new Choice(clause.Id, $"{clause.Id} {clause.Text.In(PackWords.Language)}")),
        "candidates" => LimitChoices.CandidatesOf(Wording).Concat(Facts(fact => fact.NamesCandidates)),
        "actions" => GateAction.Plain.Select(action => new Choice(action, Word("action-" + action)))
            .Concat(pack.Workflows.Values.SelectMany(workflow => WorkflowOutline.Read(workflow).Steps).DistinctBy(step => step.Id)
                .Select(step => new Choice(GateAction.Task(step.Id), words["ActionTask", step.Name.In(PackWords.Language)])))
            .Concat(pack.Templates.Values.Where(one => one.Kind == TemplateKind.Document).Select(one => new Choice(GateAction.Document(one.Key),
                words["ActionDocument", one.Subject.In(PackWords.Language)]))),
        _ => [],
    };

    // as the task for one row of the table knows them
    private IEnumerable<Choice> Columns(Func<FactDefinition, bool> which) =>
        pack.Facts.Columns.Where(which).Select(column => new Choice(column.Key, words["OfEachRow", column.Name.In(PackWords.Language)]));

    private IEnumerable<Choice> Facts(Func<FactDefinition, bool> which) => pack.Facts.All.Where(which).Select(fact => Named(fact.Key, fact.Name));

    private static Choice Named(Named one) => Named(one.Key, one.Name);

    private static Choice Named(string key, BilingualText name) => new(key, name.In(PackWords.Language) is { Length: > 0 } said ? said : key);
}

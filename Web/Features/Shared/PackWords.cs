using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Diagrams;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Texts the server puts into page models: states, options of built-in facts, roles of the product.</summary>
public sealed class PageWords;

/// <summary>Says what a process's keys mean, in the reader's language: options, levels, candidates, clocks, persons.</summary>
/// <param name="rules">The rules of the case, whose pack names things.</param>
/// <param name="words">The product's own words.</param>
/// <param name="people">Names of persons by id.</param>
/// <param name="files">Names of the case's files by id, as far as the reader may know of them.</param>
public sealed class PackWords(CaseRules rules, IStringLocalizer<PageWords> words, IReadOnlyDictionary<string, string> people, IReadOnlyDictionary<string, string>? files = null)
{
    private readonly FactWords _facts = new(rules.Pack, (at, language) => DateText.Of(at, rules.Calendar(rules.Pack.Identity.Calendar), language));

    /// <summary>BCP 47 language of the page.</summary>
    public static string Language => CultureInfo.CurrentUICulture.Name;

    public ProcessPack Pack => rules.Pack;

    public string Process => Pack.Identity.Name.In(Language);

    public string Fact(string fact) => _facts.NameOf(fact).In(Language);

    /// <summary>The value of a fact in words; empty when unknown.</summary>
    public string Value(string fact, FactValue value)
    {
        var definition = Pack.Facts.Find(fact);
        if (value.List is { } list)
        {
            return string.Join(words["ListSeparator"], list.Select(one => One(definition, fact, one)));
        }

        return value.Text is { } text ? One(definition, fact, text)
            : value.Boolean is { } yes ? words[yes ? "Yes" : "No"]
            : value.Number is { } number && definition?.Type == FactType.Money ? number.ToString("N2", CultureInfo.InvariantCulture)
            : _facts.Of(fact, value).In(Language);
    }

    /// <summary>An option of a fact; built-in options are named by the product.</summary>
    public string Option(string fact, string option) => One(Pack.Facts.Find(fact), fact, option);

    public string Channel(string? channel) => channel is null ? "" : Option("channel", channel);

    public string Outcome(string outcome) => _facts.OutcomeName(outcome).In(Language);

    public string Department(string department) => _facts.DepartmentName(department)?.In(Language) ?? department;

    /// <summary>The same words, with names for the files of a case.</summary>
    public PackWords WithFiles(IEnumerable<Attachment> known) => new(rules, words, people, known.ToDictionary(f => f.Id.ToString(), f => f.Name, StringComparer.Ordinal));

    public string Person(string id) => people.GetValueOrDefault(id, id);

    /// <summary>Those a resolved candidate stands for, in words.</summary>
    public string Candidate(string candidate) => candidate switch
    {
        Candidates.Complainant => words["Complainant"],
        _ when candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal) => Person(candidate[Candidates.UserPrefix.Length..]),
        _ => _facts.CandidateName(candidate).In(Language),
    };

    public string CandidatesOf(IEnumerable<string> candidates) => string.Join(words["ListSeparator"], candidates.Select(Candidate));

    public string Clock(Clock clock) => rules.NameOf(clock).In(Language);

    public string ClockKey(string key) => (Pack.Limits.FirstOrDefault(l => l.Clock == Domain.Clocks.Clock.NameOf(key))?.Name ?? new BilingualText(key, key)).In(Language);

    public string Chain(string key) => (Pack.Chains.GetValueOrDefault(key)?.Name ?? new BilingualText(key, key)).In(Language);

    public string PauseReason(string key) => Pack.PauseReasons.FirstOrDefault(r => r.Key == key)?.Name.In(Language) ?? key;

    /// <summary>A step of the process's workflows; its id where none has it.</summary>
    public string Step(string id) => Pack.Workflows.Values.SelectMany(workflow => WorkflowOutline.Read(workflow).Steps)
        .FirstOrDefault(step => step.Id == id)?.Name.In(Language) ?? id;

    /// <summary>What a key in the explanation of a due time is called: a pause reason, a calendar or a person.</summary>
    public string InExplanation(string key) =>
        Pack.PauseReasons.FirstOrDefault(r => r.Key == key)?.Name.In(Language)
        ?? (people.TryGetValue(key, out var name) ? name : key == Pack.Identity.Calendar ? words["OwnCalendar"] : key);

    /// <summary>The chip of a level; null where the process does not know it.</summary>
    public LevelChip? Level(string? level)
    {
        var levels = Pack.Levels.Levels;
        return level is not null && Pack.Levels.PlaceOf(level) is { } place
            ? new LevelChip(levels[place].Name.In(Language), place + 1, levels.Count, string.Join(words["ListSeparator"], levels.Select(l => l.Name.In(Language))))
            : null;
    }

    private string One(FactDefinition? definition, string fact, string option)
    {
        if (definition?.Type is FactType.Person or FactType.People)
        {
            return Person(option);
        }

        if (definition?.Type is FactType.File or FactType.Files)
        {
            return files?.GetValueOrDefault(option) ?? words["CoveredFile"];
        }

        var named = _facts.OptionName(fact, option).In(Language);
        return named == option && definition is { IsBuiltIn: true, Options: not null } && words[$"Option_{fact}_{option}"] is { ResourceNotFound: false } known ? known : named;
    }
}

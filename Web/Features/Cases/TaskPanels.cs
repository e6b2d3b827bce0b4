using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>The open tasks of a case as forms, the reader's own first.</summary>
public sealed class TaskPanels(IDbContextFactory<CaseManagementDbContext> contexts, People people, IStringLocalizer<CaseWords> words)
{
    /// <summary>Fields of a panel that are no facts.</summary>
    public const string Reason = "_reason";

    /// <inheritdoc cref="Reason"/>
    public const string Words = "_words";

    /// <inheritdoc cref="Reason"/>
    public const string Signatures = "_signatures";

    /// <inheritdoc cref="Reason"/>
    public const string With = "_with";

    private const string ReplyShape = "CaseManagement.Reply";
    private const string ReferShape = "CaseManagement.ReferOutside";
    private const string MaterialShape = "CaseManagement.RequestInformation";

    public async Task<IReadOnlyList<TaskPanel>> GetAsync(CaseView view, CaseRoute route, CancellationToken cancellationToken)
    {
        var open = view.Complaint.Tasks.Open.OrderBy(t => Place(view, t)).ThenBy(t => t.CreatedAt).ToList();
        var ids = open.Select(t => t.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var drafts = await db.SavedDrafts.AsNoTracking().Where(d => d.UserId == view.Person.Id && ids.Contains(d.TaskId))
            .ToDictionaryAsync(d => d.TaskId, cancellationToken);
        var forms = await FormsAsync(view, cancellationToken);
        return [.. open.Select(task => Panel(view, route, forms, task, drafts.GetValueOrDefault(task.Id) is { } draft ? (draft.Json, draft.At) : null))];
    }

    /// <summary>Draws the forms of a case.</summary>
    public async Task<PackForms> FormsAsync(CaseView view, CancellationToken cancellationToken) => new(
        view.Words, view.Facts, view.Calendar,
        [.. (await people.AllAsync(cancellationToken)).Select(p => new Choice(p.Id, p.Name))],
        [.. view.Files.Select(a => new Choice(a.Id.ToString(), view.Mask.Say(a.Name)))])
    {
        Covered = new CoveredFields(view.Mask, words["FieldCovered"]),
    };

    /// <summary>A task is a reply whose words are written by a person.</summary>
    /// <param name="view">The case.</param>
    /// <param name="route">Its process.</param>
    /// <param name="task">The task.</param>
    /// <param name="needed">The template has no words of its own.</param>
    public static bool IsReply(CaseView view, CaseRoute route, HumanTask task, out bool needed)
    {
        needed = false;
        if (route.TypeOf(task.Shape) != ReplyShape || task.Kind != TaskKind.Work)
        {
            return false;
        }

        var template = route.Input(task.Shape, "template") is { } key ? view.Rules.Pack.Templates.GetValueOrDefault(key) : null;
        needed = template?.Body.Zh.Contains("{{text}}", StringComparison.Ordinal) == true;
        return true;
    }

    /// <summary>This outcome leads straight to a request for material, which needs words.</summary>
    public static bool AsksForMaterial(CaseRoute route, HumanTask task, string outcome) =>
        task.Kind == TaskKind.Work && route.OutcomesTo(task.Shape, MaterialShape).Contains(outcome);

    /// <summary>What the reader decides upon: changes when somebody takes the task or alters what an approval is about.</summary>
    public static string VersionOf(Complaint complaint, CaseRules rules, HumanTask task)
    {
        var covered = task.Chain is { } chain ? rules.Chain(chain).Covers.Select(f => $"{f}={complaint.Facts[f]}") : [];
        var text = string.Join('\n', covered.Prepend($"{task.Id}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private TaskPanel Panel(CaseView view, CaseRoute route, PackForms forms, HumanTask task, (string Json, DateTimeOffset At)? draft)
    {
        var address = $"/cases/{view.Complaint.Id}/tasks/{task.Id}";
        var mine = task.Assignee == view.Person.Id;
        var own = view.MayTake(task) && (mine || task.Assignee is null);
        var other = own ? null : view.WhomFor(task) is [var first, ..] ? first : null;
        var may = own || other is not null;
        IReadOnlyList<FormField> fields = may ? Fields(view, route, forms, task) : [];
        if (may && draft is { } kept)
        {
            fields = Answers(kept.Json).Fill(fields, new Dictionary<string, string>());
        }

        return new TaskPanel
        {
            Title = PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh,
            Clause = route.Clause(task.Shape),
            Form = new FormPage { Id = $"task-{task.Id:N}", Fields = fields },
            Outcomes = [.. task.Outcomes.Select((outcome, place) => new TaskOutcome(outcome, view.Words.Outcome(outcome))
            {
                Usual = place == 0,
                Drastic = outcome == ApprovalOutcomes.Refused,
            })],
            CompleteHref = may ? address : null,
            DraftHref = may ? address + "/draft" : null,
            DraftSavedAt = may ? draft?.At : null,
            ClaimHref = may && task.Assignee is null ? address + "/claim" : null,
            ReleaseHref = (mine && view.MayAct) || (other is not null && task.Assignee is not null) ? address + "/release" : null,
            For = other?.PersonId,
            ForName = other?.Actor.Name,
            Assignee = task.AssigneeName,
            Zone = view.Zone,
            Version = VersionOf(view.Complaint, view.Rules, task),
            Notes = Notes(view, task, may, other),
        };
    }

    private List<FormField> Fields(CaseView view, CaseRoute route, PackForms forms, HumanTask task)
    {
        var fields = new List<FormField>();
        if (task.Kind == TaskKind.Approval)
        {
            fields.AddRange(Proposal(view, task).Select(forms.ReadOnly));
            fields.Add(new FormField
            {
                Key = Reason,
                Label = words["Reason"],
                Type = FieldType.Multiline,
                RequiredFor = [ApprovalOutcomes.Returned, ApprovalOutcomes.Refused],
            });
        }

        if (task.Element is { } element)
        {
            forms = forms.Reading(view.Facts.For(element));
            fields.AddRange(RowOf(view, task).Select(forms.ReadOnly));
        }

        if (task.Form is { } key)
        {
            fields.AddRange(forms.Fields(view.Rules.Form(key), FactOrigin.Form, longTexts: true));
        }
        else if (task.Kind == TaskKind.Question)
        {
            fields.Add(new FormField { Key = Reason, Label = words["Explanation"], Type = FieldType.Multiline, Required = true });
        }

        if (task.Form is { } signed && view.Rules.Form(signed).Signatures.Where(g => g.PerRow is null).ToList() is { Count: > 0 } signatures)
        {
            fields.Add(new FormField
            {
                Key = Signatures,
                Label = words["Signatures"],
                Type = FieldType.Choices,
                Options = [.. signatures.Select(g => new Choice(g.Key, g.Name.In(PackWords.Language)))],
            });
        }

        if (task.Signs is { } template && view.Complaint.Documents.All.LastOrDefault(d => d.Template == template) is { } document)
        {
            fields.AddRange(ToSign(view, document));
        }

        if (route.TypeOf(task.Shape) == ReferShape && route.Input(task.Shape, "template") is { } sent && view.Complaint.Documents.All.LastOrDefault(d => d.Template == sent) is { } letter)
        {
            fields.Add(WordsOf(view, letter));
        }

        if (task.MinPeople > 1)
        {
            fields.Add(new FormField { Key = With, Label = words["TookPart"], Type = FieldType.Choices, Options = [.. forms.People.Where(p => p.Value != view.Person.Id && p.Value != task.Assignee)] });
        }

        if (IsReply(view, route, task, out var needed))
        {
            fields.Add(new FormField { Key = Words, Label = words["ReplyWords"], Type = FieldType.Multiline, Required = needed, Help = words["ReplyWordsHelp"] });
        }

        if (task.Kind == TaskKind.Work && route.OutcomesTo(task.Shape, MaterialShape).Where(task.Outcomes.Contains).ToList() is { Count: > 0 } asking)
        {
            fields.Add(new FormField
            {
                Key = Words,
                Label = words["MaterialWords"],
                Type = FieldType.Multiline,
                RequiredFor = asking,
                Help = words["MaterialWordsHelp", string.Join(words["separator"], asking.Select(view.Words.Outcome))],
            });
        }

        return fields;
    }

    /// <summary>What stands in the row a task is for, as far as its form does not ask it.</summary>
    private static IEnumerable<string> RowOf(CaseView view, HumanTask task)
    {
        if (task.EachOf is not { } table || view.Hides(table) || view.Rules.Pack.Facts.Find(table) is not { Type: FactType.Rows } definition)
        {
            return [];
        }

        var (known, asked) = (view.Facts.For(task.Element), task.Form is { } key ? view.Rules.Form(key).Fields.Select(f => f.Fact).ToList() : []);
        return definition.Columns.Select(column => FactNames.EachColumn + column.Key).Where(column => !asked.Contains(column) && !known.Read(column).IsBlank);
    }

    /// <summary>The words of a document as they stand, and who has signed them.</summary>
    private IEnumerable<FormField> ToSign(CaseView view, IssuedDocument document)
    {
        yield return WordsOf(view, document);
        yield return new FormField
        {
            Key = Signatures,
            Label = words["Signatures"],
            Type = FieldType.Choices,
            Required = true,
            Help = words["SignaturesHelp"],
            Options = [.. view.Rules.Template(document.Template).Signatures.Select(s => new Choice(s.Key, s.Name.In(PackWords.Language)))],
        };
    }

    private static FormField WordsOf(CaseView view, IssuedDocument document) => new()
    {
        Key = "_document",
        Label = document.Subject.In(PackWords.Language),
        Type = FieldType.Multiline,
        ReadOnly = true,
        Values = [view.KnowsComplainant ? view.Mask.Say(document.Body.In(PackWords.Language)) : document.Number],
    };

    /// <summary>What an approval is about: the facts it covers, and what was handed in with them.</summary>
    private static IEnumerable<string> Proposal(CaseView view, HumanTask task)
    {
        var covered = view.Rules.Chain(task.Chain!).Covers;
        var handedIn = view.Complaint.Tasks.All.LastOrDefault(t => t.State == TaskState.Done && t.Form is not null)?.Form;
        return covered
            .Concat(handedIn is null ? [] : view.Rules.Form(handedIn).Fields.Select(f => f.Fact).Where(f => !view.Complaint.Facts[f].IsBlank))
            .Distinct(StringComparer.Ordinal)
            .Where(f => !view.Hides(f));
    }

    private List<Note> Notes(CaseView view, HumanTask task, bool may, Performer? other)
    {
        var notes = new List<Note>();
        if (other is not null)
        {
            notes.Add(new Note(NoteKind.Info, words["ActsForHere", other.Actor.Name ?? other.PersonId!]));
        }

        if (task.DelegatedTo is { } deputy && (task.Assignee == view.Person.Id || deputy == view.Person.Id))
        {
            var said = deputy == view.Person.Id ? null : words["DelegatedTo", view.Words.Person(deputy)].Value;
            notes.AddRange(((string?[])[said, task.DelegationNote is { } note ? words["DelegationNote", note].Value : null]).OfType<string>().Select(text => new Note(NoteKind.Info, text)));
        }

        if (!may && task.Assignee is null)
        {
            notes.Add(new Note(NoteKind.Info, words["WaitsFor", view.Words.CandidatesOf(task.CandidateKeys)]));
        }
        else if (!may)
        {
            notes.Add(new Note(NoteKind.Info, words["HeldBy", task.AssigneeName ?? task.Assignee!]));
        }

        if (may && task.AsksTimeFor is { } late && view.Complaint.Clocks.All.TryGetValue(late, out var clock))
        {
            notes.Add(new Note(NoteKind.Info, words["AskTimeAbove", view.Words.Clock(clock)]));
        }

        if (may && task.MinPeople > 1)
        {
            notes.Add(new Note(NoteKind.Info, words["MinPeople", task.MinPeople]));
        }

        return notes;
    }

    private static int Place(CaseView view, HumanTask task) =>
        task.Assignee == view.Person.Id ? 0 : task.Assignee is null && view.MayTake(task) ? 1 : view.WhomFor(task).Count > 0 ? 2 : 3;

    /// <summary>A kept draft as if it had just been typed.</summary>
    public static FormAnswers Answers(string draft)
    {
        var typed = JsonSerializer.Deserialize<Dictionary<string, string[]>>(draft) ?? [];
        return FormAnswers.Read(new FormCollection(typed.ToDictionary(t => t.Key, t => new Microsoft.Extensions.Primitives.StringValues(t.Value), StringComparer.Ordinal)));
    }

    /// <summary>What was typed, as a draft is kept.</summary>
    public static string Draft(FormAnswers answers)
    {
        var typed = answers.Values.ToDictionary(v => "f." + v.Key, v => v.Value.ToArray(), StringComparer.Ordinal);
        foreach (var table in answers.TableFields)
        {
            foreach (var (number, row) in answers.Rows(table).Index())
            {
                foreach (var (column, value) in row)
                {
                    typed[FieldView.CellName(table, number, column)] = [value];
                }
            }
        }

        return JsonSerializer.Serialize(typed);
    }
}

using System.Globalization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What a reader may do to a case as a whole, each with its short form, and what they may write on it.</summary>
public sealed class CaseMenu(People people, TaskPanels panels, CaseRecords records, CaseDelegations delegations, Absences absences, IStringLocalizer<CaseWords> words)
{
    /// <summary>Kinds of entries the composer writes.</summary>
    public const string Reply = "reply";
    public const string Note = "note";
    public const string Call = "call";
    public const string Visit = "visit";
    public const string Letter = "letter";

    /// <summary>A question for which no clock rests.</summary>
    public const string NoPause = "none";

    public async Task<IReadOnlyList<FormAction>> ActionsAsync(CaseView view, CaseRoute route, CancellationToken cancellationToken)
    {
        if (!view.MayAct)
        {
            return Reissue(view) is { } only ? [only] : [];
        }

        var actions = new List<FormAction>();
        if (view.Supervises && route.Steps.Any(step => step.Look == StepLook.Failed))
        {
            actions.Add(Action(view, "retry", "arrow-back-up"));
        }

        if (!view.Complaint.IsOpen)
        {
            if (view.Supervises && view.Rules.Pack.Gates.Refusing(GateAction.Reopen, view.Facts, [.. view.Scope.Keys]) is null)
            {
                actions.Add(Action(view, "reopen", "arrow-back-up", Reason()));
            }

            if (Reissue(view) is { } again)
            {
                actions.Add(again);
            }

            return actions;
        }

        if (await HandOverAsync(view, cancellationToken) is { } handOver)
        {
            actions.Add(handOver);
        }

        if (await delegations.FieldsAsync(view, cancellationToken) is { } delegated)
        {
            actions.Add(Action(view, CaseDelegations.Verb, "hand-grab", delegated));
        }

        actions.Add(Action(view, "ask", "user-question", Asked(view)));
        if (view.Complaint.Dialogue.OpenQuestions.Any())
        {
            actions.Add(Action(view, "reply-for", "user-question", Questions(view), Text("text", "AnswerWords", required: true)));
        }

        if (view.Complaint.Awaits.Count > 0)
        {
            actions.Add(Action(view, "answer", "user-question", Answer(view), Text("reason", "AnswerWords", required: false)));
        }

        if (view.Rules.Pack.Kind(view.Complaint.Kind) is { } kind)
        {
            var forms = await panels.FormsAsync(view, cancellationToken);
            var fields = forms.Fields(view.Rules.Form(kind.Form), FactOrigin.Handler, longTexts: false).Where(f => !f.ReadOnly).Select(f => f with { Required = false });
            actions.Add(Action(view, "facts", "pencil", [.. fields, Reason(required: false)]));
        }

        foreach (var (verb, sums) in records.Deeds(view))
        {
            actions.Add(Action(
                view, verb, "coin-yuan",
                new FormField { Key = "amount", Label = words["Amount"], Type = FieldType.Choice, Required = true, Options = sums, Values = [sums[0].Value], Wide = true }, Reason(required: false)));
        }

        if (view.Rules.Pack.Levels.Levels.Count > 0)
        {
            actions.Add(Action(view, "level", "gavel", new FormField
            {
                Key = "level",
                Label = view.Words.Fact("level"),
                Type = FieldType.Choice,
                Required = true,
                Options = [.. view.Rules.Pack.Levels.Levels.Select(l => new Choice(l.Key, l.Name.In(PackWords.Language)))],
                Values = view.Complaint.Level is { } level ? [level] : [],
            }, Reason()) with
            {
                PreviewHref = $"/cases/{view.Complaint.Id}/actions/level/preview",
            });
        }

        actions.Add(Action(
            view, "link", "link", Text("to", "LinkNumber", required: true),
            new FormField
            {
                Key = "kind",
                Label = words["LinkKind"],
                Type = FieldType.Choice,
                Required = true,
                Options = [.. LinkKinds.All.Select(k => new Choice(k, words["Link_" + k]))],
                Values = [LinkKinds.Related],
            }));
        if (Reissue(view) is { } reissue)
        {
            actions.Add(reissue);
        }

        actions.Add(Action(view, "withdraw", "flag", Reason()) with { Drastic = true });
        return actions;
    }

    /// <summary>Where the reader writes; null where they may not.</summary>
    public Composer? Composer(CaseView view)
    {
        if (!view.MayAct)
        {
            return null;
        }

        var kinds = new List<ComposerKind>();
        if (view.Complaint.IsOpen)
        {
            kinds.Add(new ComposerKind(Reply, words["WriteReply"], Reach(view)));
        }

        kinds.Add(new ComposerKind(Note, words["WriteNote"], words["WriteNoteReach"]));
        kinds.Add(new ComposerKind(Call, words["WriteCall"], words["WriteNoteReach"]));
        kinds.Add(new ComposerKind(Visit, words["WriteVisit"], words["WriteNoteReach"]));
        if (view.Complaint.IsOpen)
        {
            kinds.Add(new ComposerKind(Letter, words["WriteLetter"], words["WriteLetterReach"]));
        }

        return new Composer
        {
            Kinds = kinds,
            Href = $"/cases/{view.Complaint.Id}/entries",
            MayAttach = view.SeesFiles,
            Accept = FileType.Accept(AttachmentSource.Staff),
            MaxFiles = FileLimits.Staff.Files,
            MaxBytes = FileLimits.Staff.Bytes,
            DraftHref = $"/cases/{view.Complaint.Id}/entries/draft",
            Zone = view.Zone,
        };
    }

    /// <summary>The template a written reply goes out with: the first whose body is the words themselves.</summary>
    public static Template? ReplyTemplate(ProcessPack pack) => pack.Templates.Values.FirstOrDefault(t =>
        t.Kind == TemplateKind.Message && t.To.Contains(Domain.Parties.Candidates.Complainant)
        && t.Body.Zh.Trim() == "{{text}}" && t.Body.En.Trim() == "{{text}}");

    private string Reach(CaseView view)
    {
        if (ReplyTemplate(view.Rules.Pack) is not { } template)
        {
            return words["WriteRecorded"];
        }

        return WayOf(view.Complaint.Complainant, template.Via) is var (channel, address) ? words["WriteReach", words[$"Channel_{channel}"], address] : words["WriteNoAddress"];
    }

    /// <summary>The first way that reaches the complainant, with the masked address.</summary>
    public static (string Channel, string Address)? WayOf(Domain.Parties.Complainant who, IReadOnlyList<string> via)
    {
        foreach (var way in via)
        {
            var address = way switch
            {
                "sms" or "phone" or "fax" or "webhook" => Mask.Phone(who.Phone),
                "email" => Mask.Email(who.Email),
                _ => "",
            };
            if (address.Length > 0)
            {
                return (way, address);
            }
        }

        return null;
    }

    /// <summary>Tasks the reader may give away: their own, and as a supervisor anybody's; to those who may take them.</summary>
    public async Task<FormAction?> HandOverAsync(CaseView view, CancellationToken cancellationToken)
    {
        var tasks = view.Complaint.Tasks.Open.Where(t => view.Supervises || t.Assignee == view.Person.Id).ToList();
        var eligible = (await people.AllAsync(cancellationToken)).Where(p => tasks.Exists(t => t.Assignee != p.Id && CaseTasks.Admits(view.Complaint, t, p.AsPerformer()))).ToList();
        if (tasks.Count == 0 || eligible.Count == 0)
        {
            return null;
        }

        var named = await absences.ChoicesAsync(cancellationToken);
        return Action(view, "hand-over", "user",
            new FormField { Key = "task", Label = words["Task"], Type = FieldType.Choice, Required = true, Options = [.. tasks.Select(t => new Choice(t.Id.ToString(), TitleOf(t)))], Values = [tasks[0].Id.ToString()], Wide = true },
            new FormField { Key = "to", Label = words["To"], Type = FieldType.Choice, Required = true, Options = [.. eligible.Select(named)] });
    }

    /// <summary>The words of a question, and which clock may rest for it and why, as the limits allow.</summary>
    private FormField[] Asked(CaseView view)
    {
        var pauses = view.Complaint.Clocks.All.Values.Where(c => c is { IsOpen: true, PausedSince: null })
            .SelectMany(c => view.Rules.LimitOf(c).PauseReasons.Select(r => new Choice(PauseOf(c.Key, r), words["AskPauseOf", view.Words.Clock(c), view.Words.PauseReason(r)])))
            .ToList();
        var text = new FormField { Key = "text", Label = words["AskWords"], Type = FieldType.Multiline, Required = true, Help = words["AskWordsHelp"] };
        return pauses.Count == 0
            ? [text]
            : [text, new FormField { Key = "pause", Label = words["AskPause"], Type = FieldType.Choice, Options = [new Choice(NoPause, words["AskPauseNone"]), .. pauses], Values = [NoPause], Help = words["AskPauseHelp"] }];
    }

    /// <summary>A clock and why it rests, as the form sends it.</summary>
    public static string PauseOf(string clock, string reason) => $"{clock} {reason}";

    private FormField Questions(CaseView view) => new()
    {
        Key = "question",
        Label = words["QuestionAnswer"],
        Type = FieldType.Choice,
        Required = true,
        Options = [.. view.Complaint.Dialogue.OpenQuestions.Select(q => new Choice(q.Number.ToString(CultureInfo.InvariantCulture), Cut(q.Text)))],
        Wide = true,
    };

    /// <summary>
    /// Who takes the call about a lost code may send a new one on any case they see: it goes to the contact on record, and they do not learn it.
    /// </summary>
    public static bool MayReissue(CaseView view) => view.Scope.HasCases && view.Complaint.TrackingHash is not null;

    private FormAction? Reissue(CaseView view)
    {
        var who = view.Complaint.Complainant;
        var contact = Mask.Email(who.Email) is { Length: > 0 } email ? email : Mask.Phone(who.Phone);
        return contact.Length == 0 || !MayReissue(view) ? null : Action(view, "reissue", "lock", new FormField
        {
            Key = "to",
            Label = words["ReissueTo"],
            Type = FieldType.Text,
            ReadOnly = true,
            Values = [view.KnowsComplainant ? contact : words["ReissueToRecord"]],
        });
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private FormField Answer(CaseView view)
    {
        IEnumerable<string> outcomes = view.Complaint.Awaits.Exists(a => a.Material) ? ["Received"] : [];
        if (view.Complaint.Awaits.Exists(a => !a.Material))
        {
            outcomes = outcomes.Concat(["Agreed", "Rejected"]);
        }

        return new FormField { Key = "outcome", Label = words["AnswerIs"], Type = FieldType.Choice, Required = true, Options = [.. outcomes.Select(o => new Choice(o, view.Words.Outcome(o)))] };
    }

    private FormAction Action(CaseView view, string verb, string icon, params FormField[] fields) =>
        new(words[$"Do_{verb}"], icon, $"/cases/{view.Complaint.Id}/actions/{verb}", new FormPage { Id = $"do-{verb}", Fields = fields }) { Submit = words[$"Submit_{verb}"] };

    private FormField Reason(bool required = true) => Text("reason", "Reason", required);

    private FormField Text(string key, string label, bool required) => new() { Key = key, Label = words[label], Type = FieldType.Text, Required = required, Wide = true };

    private static string TitleOf(HumanTask task) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;
}

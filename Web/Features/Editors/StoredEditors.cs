using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.Extensions.Localization;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Editors;

/// <summary>The parts of a process's draft under change, for process owners. Every save is one change of one part (<see cref="DraftEditing"/>).</summary>
public sealed class StoredEditors(DraftEditing editing, LimitChoices limits, People people, DateWords dates, IStringLocalizer<EditorWords> words)
{
    private static string Language => PackWords.Language;

    /// <summary>Opens the process for somebody who may change it; null for everybody else.</summary>
    public async Task<(OpenedDraft Draft, Person Person)?> OpenAsync(string key, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.ProcessOwner) && await editing.OpenAsync(key, cancellationToken) is { } draft
            ? (draft, person)
            : null;

    /// <summary>What stands around every editor.</summary>
    public EditorFrame FrameOf(OpenedDraft draft) => new(draft.Key, draft.Pack.Identity.Name.In(Language), draft.Version, draft.State == ProcessVersionState.Draft)
    {
        Undo = draft.Last is not { } last ? null : new UndoLine(
            $"{ProcessLinks.Page(draft.Key)}/edit/undo/{last.Sequence}",
            words["UndoWhat", WhatOf(last.Step), last.By, dates.Say(last.At, draft.Pack.Identity.Zone, DateStyle.List)]),
    };

    public EditorChoices ChoicesOf(ProcessPack pack) => new(pack, limits, words);

    public async Task<PartList?> ListAsync(string key, string kindKey, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, user, cancellationToken) is var (draft, _) && PartKinds.Find(kindKey) is { IsSingle: false } kind ? ListOf(draft, kind) : null;

    /// <summary>Moves, copies or takes a part away.</summary>
    /// <returns>The page where something is to be said or asked; done where it was done.</returns>
    public async Task<(ActionAnswer Answer, PartList? Page)> ArrangeAsync(string key, string kindKey, ArrangeEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, user, cancellationToken) is not var (draft, person) || PartKinds.Find(kindKey) is not { IsSingle: false } kind)
        {
            return (ActionAnswer.NotFound, null);
        }

        var page = ListOf(draft, kind);
        var elements = draft.Elements(kind.File, kind.List);
        var at = IndexOf(elements, edit.Part ?? "");
        if (at < 0 || DraftEditing.TokenOf(elements[at]) != edit.Token)
        {
            return (ActionAnswer.Refused(words["Stale"]), page with { Note = new Note(NoteKind.Late, words["Stale"]) });
        }

        var to = edit.Act switch { "up" => at - 1, "down" => at + 1, _ => at };
        PackStep? step = edit.Act switch
        {
            "up" or "down" when to >= 0 && to < elements.Count => new PackStep(kind.File, kind.List, at, elements[at], elements[at], to),
            "remove" => new PackStep(kind.File, kind.List, at, elements[at], null),
            "copy" => new PackStep(kind.File, kind.List, at + 1, null, Copy(elements, at)),
            _ => null,
        };
        if (step is null)
        {
            return (ActionAnswer.Done, page);
        }

        var errors = edit is { Act: "remove", Confirmed: false } ? DraftEditing.NewErrors(draft, step) : [];
        if (errors.Count > 0)
        {
            return (ActionAnswer.Refused(words["InUse"]), page with { Confirm = (page.Rows[at], [.. errors.Select(Placed)]) });
        }

        var saved = await editing.SaveAsync(key, step, person.AsPerformer().Actor, cancellationToken);
        return saved.Version is not null
            ? (ActionAnswer.Done, page)
            : (ActionAnswer.Refused(words["Stale"]),
                page with { Note = new Note(NoteKind.Late, saved.IsStale ? words["Stale"] : string.Join(" ", saved.Problems.Select(Placed))) });
    }

    /// <summary>A part in its form; an empty one where none is named.</summary>
    public async Task<PartPage?> PartAsync(string key, string kindKey, string? part, bool asText, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, user, cancellationToken) is var (draft, _) && PartKinds.Find(kindKey) is { } kind ? PageOf(draft, kind, part, asText) : null;

    /// <summary>Shows the form again after a button of one of its lists, or saves the part.</summary>
    /// <returns>Not found, done with the part's key, or the page with what is wrong.</returns>
    public async Task<(ActionAnswer Answer, PartPage? Page, string? Part)> SaveAsync(
        string key, string kindKey, string? part, string? act, IFormCollection form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var asText = form.ContainsKey("text");
        if (await OpenAsync(key, user, cancellationToken) is not var (draft, person) || PartKinds.Find(kindKey) is not { } kind
            || PageOf(draft, kind, part, asText) is not { } page)
        {
            return (ActionAnswer.NotFound, null, null);
        }

        var elements = draft.Elements(kind.File, kind.List);
        var at = kind.IsSingle ? 0 : part is null ? elements.Count : IndexOf(elements, part);
        var before = at < elements.Count ? elements[at] as JsonObject : null;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonObject after;
        if (asText)
        {
            var typed = form["text"].ToString();
            page = page with { AsText = typed };
            if (PartText.Read(typed, out var wrong) is not { } read)
            {
                errors[""] = words["TextWrong", wrong!];
                return (ActionAnswer.Invalid(null, errors), page with { Errors = errors }, null);
            }

            after = read;
        }
        else
        {
            var reading = new PartReading(form, draft.Pack);
            after = reading.Read(kind.Members, before ?? New(kind));
            foreach (var (path, wrong) in reading.Errors)
            {
                errors[path] = words["TextWrong", wrong];
            }

            page = page with { Json = after };
            if (act is { Length: > 0 } and not "save")
            {
                return (ActionAnswer.Done, page with { Focus = PartReading.Act(after, act), Json = after }, null);
            }
        }

        foreach (var (path, wrong) in PartReading.BadExpressions(after))
        {
            errors[path] = words["ExpressionWrong", wrong.Line, wrong.Column, wrong.Message];
        }

        // what is there already need not be saved, be it that a button was pressed twice
        if (errors.Count == 0 && (JsonNode.DeepEquals(before, after)
            || (!kind.IsSingle && part is null && IndexOf(elements, PackStep.NameOf(after)) is >= 0 and var there && JsonNode.DeepEquals(elements[there], after))))
        {
            return (ActionAnswer.Done, null, part ?? PackStep.NameOf(after));
        }

        if (form["token"].ToString() != page.Token)
        {
            return (ActionAnswer.Refused(words["Stale"]), page with { Note = Stale(draft, page) }, null);
        }

        if (!kind.IsSingle && part is null && PackStep.NameOf(after) is { Length: > 0 } taken && IndexOf(elements, taken) >= 0)
        {
            errors["key"] = words["KeyTaken"];
        }

        var step = new PackStep(kind.File, kind.List, at, before, after);
        if (errors.Count == 0)
        {
            var saved = await editing.SaveAsync(key, step, person.AsPerformer().Actor, cancellationToken);
            if (saved.Version is not null)
            {
                return (ActionAnswer.Done, null, PackStep.NameOf(after));
            }

            if (saved.IsStale)
            {
                return (ActionAnswer.Refused(words["Stale"]), page with { Note = Stale(draft, page) }, null);
            }

            var (own, elsewhere) = Divide(saved.Problems, kind, at);
            return (ActionAnswer.Invalid(null, own), page with { Errors = own, Elsewhere = elsewhere }, null);
        }

        // what else is wrong is said at once, not at the next try
        foreach (var (path, message) in Divide(Unreadable(draft, step), kind, at).Own)
        {
            errors.TryAdd(path, message);
        }

        return (ActionAnswer.Invalid(null, errors), page with { Errors = errors }, null);
    }

    /// <summary>Takes the newest change back.</summary>
    public async Task<ActionAnswer> UndoAsync(string key, long sequence, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, user, cancellationToken) is not var (_, person))
        {
            return ActionAnswer.NotFound;
        }

        var undone = await editing.UndoAsync(key, sequence, person.AsPerformer().Actor, cancellationToken);
        return undone.Version is not null ? ActionAnswer.Done
            : ActionAnswer.Refused(undone.IsStale ? words["UndoGone"] : string.Join(" ", undone.Problems.Select(Placed)));
    }

    /// <summary>A finding with where it is.</summary>
    public string Placed(PackFinding found) => words["FoundIn", PartWords.File(found.File).In(Language), found.Message.In(Language)];

    /// <summary>What a change is about: "Facts: amount".</summary>
    public string WhatOf(PackStep step)
    {
        var kind = PartKinds.At(step.File, step.List);
        var name = PackStep.NameOf(step.After ?? step.Before);
        var said = kind is null ? PartWords.File(step.File).In(Language) : words[$"k.{kind.Key}"].Value;
        return name.Length == 0 || kind is { IsSingle: true } ? said : words["WhatOf", said, name];
    }

    /// <summary>The place of the element of that key; -1 where there is none.</summary>
    internal static int IndexOf(IReadOnlyList<JsonNode?> elements, string part)
    {
        for (var at = 0; at < elements.Count; at++)
        {
            if (PackStep.NameOf(elements[at]) == part)
            {
                return at;
            }
        }

        return -1;
    }

    private static IEnumerable<PackFinding> Unreadable(OpenedDraft draft, PackStep step) => step.Apply(draft.Pack.Files) is not { } files ? []
        : PackReader.Read(files).Findings.Where(found => found.Severity == FindingSeverity.Error);

    private Note Stale(OpenedDraft draft, PartPage page) =>
        new(NoteKind.Late, draft.Last is { } last ? words["StaleBy", last.By, dates.Say(last.At, draft.Pack.Identity.Zone, DateStyle.List)] : words["Stale"],
            words["OpenAsItIs"], page.Href);

    private PartList ListOf(OpenedDraft draft, PartKind kind)
    {
        var frame = FrameOf(draft);
        var findings = ProcessInstaller.Check(draft.Pack).Where(found => found.Severity != FindingSeverity.Note && found.File == kind.File).ToList();
        return new PartList
        {
            Frame = frame,
            Kind = kind,
            Rows = [.. draft.Elements(kind.File, kind.List).Select((element, at) =>
            {
                var key = PackStep.NameOf(element);
                return new PartRow(
                    key, NameOf(element) is { Length: > 0 } name ? name : key, RemarkOf(kind, element), DraftEditing.TokenOf(element), HrefOf(frame, kind, key),
                    findings.Count(found => Within(found.JsonPath, kind.PathOf(at))));
            })],
        };
    }

    private static string HrefOf(EditorFrame frame, PartKind kind, string key) => kind.Key == PartKinds.Tables
        ? EditorLinks.Table(frame.Key, key)
        : $"{frame.Href}/{kind.Key}/part?part={Uri.EscapeDataString(key)}";

    private PartPage? PageOf(OpenedDraft draft, PartKind kind, string? part, bool asText)
    {
        var elements = draft.Elements(kind.File, kind.List);
        var at = kind.IsSingle ? 0 : part is null ? elements.Count : IndexOf(elements, part);
        if (at < 0 || (part is not null && at >= elements.Count))
        {
            return null;
        }

        var json = at < elements.Count ? elements[at] as JsonObject ?? [] : New(kind);
        var found = at < elements.Count
            ? ProcessInstaller.Check(draft.Pack).Where(one => one.Severity != FindingSeverity.Note && one.File == kind.File && Within(one.JsonPath, kind.PathOf(at))).ToList()
            : [];
        return new PartPage
        {
            Frame = FrameOf(draft),
            Kind = kind,
            Part = kind.IsSingle ? null : part,
            Name = kind.IsSingle || part is null ? null : NameOf(json) is { Length: > 0 } name ? name : part,
            Json = (JsonObject)json.DeepClone(),
            AsText = asText ? PartText.Write(json) : null,
            Token = DraftEditing.TokenOf(at < elements.Count ? elements[at] : null),
            Errors = Divide(found, kind, at).Own,
            Choices = ChoicesOf(draft.Pack),
        };
    }

    // a part that is hardly ever without these begins with them
    private static JsonObject New(PartKind kind) => kind.Key switch
    {
        "facts" => new JsonObject { ["type"] = "text", ["by"] = "handler" },
        "forms" => new JsonObject { ["fields"] = new JsonArray(new JsonObject()) },
        "limits" => new JsonObject { ["from"] = "receivedAt", ["unit"] = "workingDays", ["rungs"] = new JsonArray(new JsonObject { ["do"] = new JsonArray(new JsonObject()) }) },
        "approvals" => new JsonObject { ["steps"] = new JsonArray(new JsonObject()) },
        "calculators" => new JsonObject { ["rows"] = new JsonArray(new JsonObject()) },
        "templates" => new JsonObject { ["kind"] = "message" },
        PartKinds.Tables => new JsonObject { ["hit"] = "first", ["rows"] = new JsonArray() },
        _ => [],
    };

    private (Dictionary<string, string> Own, List<string> Elsewhere) Divide(IEnumerable<PackFinding> findings, PartKind kind, int part)
    {
        var (own, elsewhere) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        var path = kind.PathOf(part);
        foreach (var found in findings)
        {
            if (found.File == kind.File && Within(found.JsonPath, path))
            {
                var at = found.JsonPath[path.Length..].TrimStart('.');
                own.TryAdd(at, found.Code == FindingCodes.MemberMissing && NameOnForm(kind.Members, at) is { } field ? words["FillIn", field].Value : found.Message.In(Language));
            }
            else
            {
                elsewhere.Add(Placed(found));
            }
        }

        return (own, elsewhere);
    }

    /// <summary>What a member that must be filled in is called on the form: "Rows 1 · Name".</summary>
    /// <returns>Null where the form has no such member, or it need not be filled in.</returns>
    private string? NameOnForm(IReadOnlyList<Member> members, string path)
    {
        var (names, must) = (new List<string>(), false);
        foreach (var step in path.Split('.'))
        {
            var (name, number) = step.Split('[', ']') is [var list, var at, ..] ? (list, int.Parse(at, CultureInfo.InvariantCulture) + 1) : (step, 0);
            if (members.FirstOrDefault(m => m.Name == name) is not { } member)
            {
                return null;
            }

            var label = words[$"m.{member.Label}"].Value;
            names.Add(number == 0 ? label : words["ItemOf", label, number]);
            (members, must) = (member.Members, member.Required);
        }

        return must ? string.Join(" · ", names) : null;
    }

    private static bool Within(string path, string part) => path == part || (path.StartsWith(part, StringComparison.Ordinal) && path[part.Length] is '.' or '[');

    private static string NameOf(JsonNode? element) =>
        (element?["name"] ?? element?["message"] ?? element?["subject"]) is JsonObject names
            && (names[Language.StartsWith("en", StringComparison.Ordinal) ? "en" : "zh"] ?? names["zh"]) is JsonValue said
            && said.TryGetValue<string>(out var name) ? name : "";

    private string RemarkOf(PartKind kind, JsonNode? element)
    {
        var choices = kind.Members.Where(member => member.Kind == MemberKind.Choice && member.Source.StartsWith('=')).Take(2)
            .Select(member => element?[member.Name] is JsonValue value && value.TryGetValue<string>(out var word) ? words[$"w.{word}"].Value : "").Where(said => said.Length > 0);
        return string.Join(" · ", choices.Prepend(PackStep.NameOf(element)));
    }

    // a copy needs a key of its own
    private static JsonObject Copy(IReadOnlyList<JsonNode?> elements, int at)
    {
        var copy = (JsonObject)elements[at]!.DeepClone();
        var key = PackStep.NameOf(copy);
        copy["key"] = Enumerable.Range(2, elements.Count + 1).Select(number => $"{key}-{number}").First(one => IndexOf(elements, one) < 0);
        return copy;
    }
}

/// <summary>What is done with a part in its list.</summary>
/// <param name="Act">up, down, copy or remove.</param>
/// <param name="Part">Its key.</param>
/// <param name="Token">What it was when it was shown.</param>
/// <param name="Confirmed">What would be wrong without it was shown.</param>
public sealed record ArrangeEdit(string? Act, string? Part, string? Token, bool Confirmed);

using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Decision tables of a process's draft: read as grids, judged as a whole, tried, and saved as one change.</summary>
public sealed class StoredTables(StoredEditors editors, DraftEditing editing, TableTrials trials, IStringLocalizer<EditorWords> words)
{
    private const string File = "tables.json";
    private const string List = "tables";

    /// <summary>Where examples that were kept here lie, each in a file of its own.</summary>
    internal const string ExampleFolder = "scenarios/table-";

    private static string Language => PackWords.Language;

    /// <summary>The table as it is; null where there is none, or the reader may not change it.</summary>
    public async Task<TablePage?> GetAsync(string key, string table, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await editors.OpenAsync(key, user, cancellationToken) is var (draft, _) && Element(draft, table) is var (at, json)
            ? Judged(draft, at, json, json, TableGrid.Of(json, new PackWording(draft.Pack)), [])
            : null;

    /// <summary>Does what a button says.</summary>
    /// <returns>No page: done where it was saved; else the page to show.</returns>
    public async Task<(ActionAnswer Answer, TablePage? Page)> PostAsync(string key, string table, string act, IFormCollection form, ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        if (await editors.OpenAsync(key, user, cancellationToken) is not var (draft, person) || Element(draft, table) is not var (at, before))
        {
            return (ActionAnswer.NotFound, null);
        }

        var actor = person.AsPerformer().Actor;
        if (act.StartsWith("drop:", StringComparison.Ordinal))
        {
            return await DropAsync(draft, act[5..], actor, cancellationToken) ? (ActionAnswer.Done, null)
                : (ActionAnswer.Refused(words["Stale"]),
                    Judged(draft, at, before, before, TableGrid.Of(before, new PackWording(draft.Pack)), []) with { Note = new Note(NoteKind.Late, words["Stale"]) });
        }

        var wording = new PackWording(draft.Pack);
        var typed = TableGrid.Read(form);
        List<string> tried = [.. typed.Columns.Select((_, column) => form[$"{TableGrid.Prefix}.t{column}"].ToString().Trim())];
        if (act is not ("save" or "try" or "example" or "check"))
        {
            var changed = typed.With(act, form[$"{TableGrid.Prefix}.{(act == "addOut" ? "newOut" : "newCol")}"].ToString());
            tried = [.. changed.Columns.Select(fact => typed.Columns.ToList().IndexOf(fact) is >= 0 and var place ? tried[place] : "")];
            return (ActionAnswer.Done, Judged(draft, at, before, changed.ToJson(before, wording), changed, tried) with { Focus = act == "addRow" ? changed.Rows.Count - 1 : null });
        }

        var grid = act == "save" ? typed.WithoutBlankAlternatives() : typed;
        var after = (JsonObject)PartNotation.Settle(before, grid.ToJson(before, wording))!;
        var page = Judged(draft, at, before, after, grid, tried);
        return act switch
        {
            "check" => (ActionAnswer.Done, page),
            "try" => (ActionAnswer.Done, page with { Result = trials.Try(Candidate(draft, at, before, after), table, grid.Columns, tried) }),
            "example" => await KeepAsync(draft, page, Candidate(draft, at, before, after), form, actor, cancellationToken),
            _ => await SaveAsync(draft, page, new PackStep(File, List, at, before, after), form, actor, cancellationToken),
        };
    }

    private async Task<(ActionAnswer Answer, TablePage? Page)> SaveAsync(OpenedDraft draft, TablePage page, PackStep step, IFormCollection form, Domain.Parties.Actor by,
        CancellationToken cancellationToken)
    {
        var late = page with { Token = form["token"].ToString(), Note = new Note(NoteKind.Late, words["Stale"], words["OpenAsItIs"], page.Href) };
        if (JsonNode.DeepEquals(step.Before, step.After))
        {
            return (ActionAnswer.Done, null);
        }

        if (form["token"].ToString() != page.Token)
        {
            return (ActionAnswer.Refused(words["Stale"]), late);
        }

        var saved = await editing.SaveAsync(draft.Key, step, by, cancellationToken);
        return saved.Version is not null ? (ActionAnswer.Done, null)
            : saved.IsStale ? (ActionAnswer.Refused(words["Stale"]), late)
            : (ActionAnswer.Invalid(null), page with { Note = new Note(NoteKind.Late, words["Wrong"]) });
    }

    private async Task<(ActionAnswer Answer, TablePage? Page)> KeepAsync(OpenedDraft draft, TablePage page, ProcessPack? pack, IFormCollection form, Domain.Parties.Actor by,
        CancellationToken cancellationToken)
    {
        var result = trials.Try(pack, page.Table, page.Grid.Columns, page.Tried);
        if (pack is null || result is null || trials.ExampleOf(pack, page.Table, page.Grid.Columns, page.Tried) is not { } example)
        {
            return (ActionAnswer.Invalid(null), page with { Result = result, Note = new Note(NoteKind.Late, words["ExampleWrong"]) });
        }

        if (form["token"].ToString() != page.Token || Saved(draft, page) is false)
        {
            return (ActionAnswer.Refused(words["ExampleSaveFirst"]), page with { Result = result, Note = new Note(NoteKind.Late, words["ExampleSaveFirst"]) });
        }

        var file = Enumerable.Range(1, PackReader.MaxFiles).Select(number => $"{ExampleFolder}{page.Table}-{number}.json").First(name => !draft.Pack.Files.ContainsKey(name));
        example["id"] = file[ExampleFolder.Length..^".json".Length];
        var saved = await editing.SaveAsync(draft.Key, new PackStep(file, "", 0, null, example), by, cancellationToken);
        return saved.Version is not null ? (ActionAnswer.Done, null)
            : (ActionAnswer.Refused(words["Stale"]),
                page with { Result = result, Note = new Note(NoteKind.Late, saved.IsStale ? words["Stale"] : string.Join(" ", saved.Problems.Select(editors.Placed))) });
    }

    // an example is of the table that is saved, or it would be red the moment it is kept
    private static bool Saved(OpenedDraft draft, TablePage page) =>
        Element(draft, page.Table) is var (_, json) && PartNotation.Of(page.Grid.WithoutBlankAlternatives().ToJson(json, new PackWording(draft.Pack))) == PartNotation.Of(json);

    private async Task<bool> DropAsync(OpenedDraft draft, string file, Domain.Parties.Actor by, CancellationToken cancellationToken) =>
        file.StartsWith(ExampleFolder, StringComparison.Ordinal) && draft.Pack.Files.TryGetValue(file, out var text)
        && (await editing.SaveAsync(draft.Key, new PackStep(file, "", 0, JsonNode.Parse(text), null), by, cancellationToken)).Version is not null;

    private static (int At, JsonObject Json)? Element(OpenedDraft draft, string table)
    {
        var elements = draft.Elements(File, List);
        var at = StoredEditors.IndexOf(elements, table);
        return at >= 0 ? (at, (JsonObject)elements[at]!) : null;
    }

    private static PackReadResult? ReadWith(OpenedDraft draft, int at, JsonObject before, JsonObject after) =>
        new PackStep(File, List, at, before, after).Apply(draft.Pack.Files) is { } files ? PackReader.Read(files) : null;

    private static ProcessPack? Candidate(OpenedDraft draft, int at, JsonObject before, JsonObject after) => ReadWith(draft, at, before, after)?.Pack;

    private TablePage Judged(OpenedDraft draft, int at, JsonObject before, JsonObject after, TableGrid grid, List<string> tried)
    {
        var table = PackStep.NameOf(before);
        var (read, wording) = (ReadWith(draft, at, before, after), new PackWording(draft.Pack));
        var path = $"$.{List}[{at}]";
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in (read?.Findings ?? []).Concat(read?.Pack is { } whole ? PackChecker.Check(whole) : [])
            .Where(found => found.Severity != FindingSeverity.Note && found.File == File && found.JsonPath.StartsWith(path, StringComparison.Ordinal)
                && found.Code != FindingCodes.TableOverlap))
        {
            errors.TryAdd(FieldOf(found.JsonPath[path.Length..].TrimStart('.'), grid), found.Message.In(Language));
        }

        var pack = read?.Pack;
        var names = grid.Columns.Concat(grid.Outputs).Distinct(StringComparer.Ordinal)
            .ToDictionary(fact => fact, fact => fact == TableGrid.Outcome ? words["Outcome"].Value : wording.Fact(fact).In(Language), StringComparer.Ordinal);
        var choices = editors.ChoicesOf(draft.Pack);
        return new TablePage
        {
            Frame = editors.FrameOf(draft),
            Table = table,
            Name = (string?)before["name"]?[Language.StartsWith("en", StringComparison.Ordinal) ? "en" : "zh"] ?? table,
            Policy = PolicyOf(before),
            Grid = grid,
            Token = DraftEditing.TokenOf(before),
            Clauses = [.. draft.Pack.Identity.Clauses.Select(clause => new Choice(clause.Id, $"{clause.Id} {clause.Text.In(Language)}"))],
            Names = names,
            Values = names.Keys.ToDictionary(fact => fact,
                fact => (IReadOnlyList<Choice>)[.. ConditionText.Options(fact, wording).Select(one => new Choice(one.Key, one.Name.In(Language)))], StringComparer.Ordinal),
            Several = grid.Outputs.Where(fact => draft.Pack.Facts.Find(fact)?.IsList == true).ToHashSet(StringComparer.Ordinal),
            NewColumns = [.. choices.Tested.Where(one => one.Value.Length > 0 && !grid.Columns.Contains(one.Value))],
            NewOutputs = [.. draft.Pack.Facts.All.Where(fact => fact.MayBeWrittenBy(FactOrigin.Table) && !grid.Outputs.Contains(fact.Key)).Select(fact => new Choice(fact.Key,
                fact.Name.In(Language))), .. grid.Outputs.Contains(TableGrid.Outcome) ? Array.Empty<Choice>() : [new Choice(TableGrid.Outcome, words["Outcome"])]],
            Errors = errors,
            Coverage = pack is null ? Array.Empty<CoverageLine>().ToLookup(_ => 0) : trials.Coverage(pack, table),
            Tried = tried.Count == grid.Columns.Count ? tried : [.. grid.Columns.Select(_ => "")],
            Examples = trials.Examples(pack ?? draft.Pack, table),
        };
    }

    private string PolicyOf(JsonObject table)
    {
        string?[] said =
        [
            words[$"hit.{(string?)table["hit"] ?? "first"}"].Value, (bool?)table["live"] == true ? words["m.live"].Value : null,
            (bool?)table["raiseOnly"] == true ? words["m.raiseOnly"].Value : null, (bool?)table["oneStep"] == true ? words["m.oneStep"].Value : null,
        ];
        return string.Join(" · ", said.Where(one => one is not null));
    }

    // rows[2].if[1].people → r2.a1.c0
    private static string FieldOf(string path, TableGrid grid)
    {
        if (path.StartsWith("otherwise", StringComparison.Ordinal))
        {
            return $"w.o{grid.Outputs.ToList().IndexOf(path["otherwise".Length..].TrimStart('.'))}";
        }

        if (!path.StartsWith("rows[", StringComparison.Ordinal) || path.IndexOf(']', StringComparison.Ordinal) is not (> 0 and var end) || !int.TryParse(path[5..end], out var row))
        {
            return "";
        }

        var rest = path[(end + 1)..].TrimStart('.');
        if (rest.StartsWith("if", StringComparison.Ordinal))
        {
            var alternative = rest.StartsWith("if[", StringComparison.Ordinal) && int.TryParse(rest[3..rest.IndexOf(']', StringComparison.Ordinal)], out var number) ? number : 0;
            var fact = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..];
            return $"r{row}.a{alternative}.c{grid.Columns.ToList().IndexOf(fact)}";
        }

        return rest.StartsWith("then.", StringComparison.Ordinal) ? $"r{row}.o{grid.Outputs.ToList().IndexOf(rest[5..])}"
            : rest.StartsWith("why", StringComparison.Ordinal) ? $"r{row}.zh"
            : $"r{row}";
    }
}

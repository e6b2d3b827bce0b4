using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Elsa;
using CaseManagement.Web.Elsa.Descriptors;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Steps;

/// <summary>Steps as the database has them, saved as the designer saves: by <see cref="DefinitionEditing"/> and its tokens.</summary>
internal sealed class StoredSteps(
    IDbContextFactory<CaseManagementDbContext> contexts, DefinitionEditing editing, DescriptorList descriptors, PackReviews reviews, People people,
    ElsaRefusals refusals, IStringLocalizer<StepsText> text, IStringLocalizer<ProcessesText> processText) : IStepPages
{
    private const string NameZh = "name-zh";
    private const string NameEn = "name-en";
    private const string WayPrefix = "way-";
    private const int LongestName = 100;

    private readonly ProcessWords _words = new(processText);

    public async Task<StepList?> ListAsync(string key, string workflow, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, workflow, user, cancellationToken) is not { } desk)
        {
            return null;
        }

        var (drawing, names) = (desk.Drawing, Names(desk));
        return new StepList
        {
            Key = key,
            Workflow = workflow,
            Name = desk.Row.Name,
            Version = desk.Row.Version,
            State = _words.State(desk.State),
            Token = DraftToken.For(desk.Row).ToString(),
            Steps = [.. drawing.Shapes.Select(shape => StepDrawing.Id(shape)!).Select(id => new StepLine(
                id, names[id], KindOf(desk, drawing.Find(id)!)?.Text("displayName") ?? drawing.Find(id)!.Text("type") ?? "",
                [.. drawing.Ways.Where(way => way.From == id && names.ContainsKey(way.To)).Select(way => WayText(desk, drawing.Find(id)!, way.Port, names[way.To]))],
                desk.FindingsOf(id).Count))],
            Types = [.. desk.Types.Where(type => type.Flag("isBrowsable"))
                .GroupBy(type => type.Text("category") ?? "", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<Choice>)[.. group.Select(type => new Choice(type.Text("typeName")!, type.Text("displayName")!))]))],
            Ways = [.. drawing.Shapes.SelectMany(shape => Ports(desk, shape).Select(port => new Choice(
                $"{StepDrawing.Id(shape)}|{port.Name}", text["AfterBy", names[StepDrawing.Id(shape)!], port.Title])))],
        };
    }

    public async Task<StepPage?> GetAsync(string key, string workflow, string step, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, workflow, user, cancellationToken) is not { } desk || desk.Drawing.Find(step) is not { } shape)
        {
            return null;
        }

        var kind = KindOf(desk, shape);
        return new StepPage
        {
            Key = key,
            Workflow = workflow,
            WorkflowName = desk.Row.Name,
            Step = step,
            Name = Names(desk)[step],
            Kind = kind?.Text("displayName") ?? shape.Text("type") ?? "",
            Description = kind?.Text("description") ?? "",
            Form = new FormPage { Id = "step", Fields = Fields(desk, shape, kind) },
            Findings = desk.FindingsOf(step),
            FindingsHref = $"{ProcessLinks.Page(key)}?version={desk.Row.ProcessVersion}&tab={ProcessView.FindingsTab}",
            DesignerHref = ProcessLinks.Designer(key, workflow, step),
            Token = DraftToken.For(desk.Row).ToString(),
        };
    }

    public async Task<(ActionAnswer Answer, string? Step)> AddAsync(string key, string workflow, NewStep step, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, workflow, user, cancellationToken) is not { } desk)
        {
            return (ActionAnswer.NotFound, null);
        }

        var (zh, en) = (step.Zh?.Trim() ?? "", step.En?.Trim() ?? "");
        var at = step.After?.IndexOf('|', StringComparison.Ordinal) ?? -1;
        if (at <= 0 || desk.Types.All(type => type.Text("typeName") != step.Type || !type.Flag("isBrowsable"))
            || desk.Drawing.Find(step.After![..at]) is not { } before || Ports(desk, before).All(port => port.Name != step.After[(at + 1)..]))
        {
            return (ActionAnswer.Invalid(text["ChooseTypeAndPlace"]), null);
        }

        if (IsBadName(zh) || IsBadName(en))
        {
            return (ActionAnswer.Invalid(text["NameWrong", LongestName]), null);
        }

        string? added = null;
        var answer = await SaveAsync(desk, step.Token, drawing => added = drawing.Add(step.Type!, zh, en, step.After[..at], step.After[(at + 1)..]), cancellationToken);
        return (answer, added);
    }

    public async Task<ActionAnswer> SaveAsync(string key, string workflow, string step, string token, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, workflow, user, cancellationToken) is not { } desk || desk.Drawing.Find(step) is not { } shape)
        {
            return ActionAnswer.NotFound;
        }

        var (zh, en) = (One(answers, NameZh), One(answers, NameEn));
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, name) in new[] { (NameZh, zh), (NameEn, en) }.Where(one => IsBadName(one.Item2)))
        {
            errors[field] = text["NameWrong", LongestName];
        }

        var ids = desk.Drawing.Shapes.Select(one => StepDrawing.Id(one)!).ToHashSet(StringComparer.Ordinal);
        var ports = Ports(desk, shape).Where(port => IsOneWay(desk, step, port.Name) && answers.Values.ContainsKey(WayPrefix + port.Name)).ToList();
        foreach (var port in ports.Where(port => One(answers, WayPrefix + port.Name) is { Length: > 0 } to && !ids.Contains(to)))
        {
            errors[WayPrefix + port.Name] = text["StepGone"];
        }

        var kind = KindOf(desk, shape);
        foreach (var (field, wanted) in kind is null ? new Dictionary<string, string>() : StepInputs.Write((JsonObject)shape.DeepClone(), kind, answers))
        {
            errors[field] = text[$"Wrong_{wanted}"];
        }

        return errors.Count > 0
            ? ActionAnswer.Invalid(null, errors)
            : await SaveAsync(desk, token, drawing =>
            {
                var changed = drawing.Find(step)!;
                StepDrawing.Name(changed, zh, en);
                if (kind is not null)
                {
                    StepInputs.Write(changed, kind, answers);
                }

                foreach (var port in ports)
                {
                    drawing.Lead(step, port.Name, One(answers, WayPrefix + port.Name));
                }
            }, cancellationToken);
    }

    public async Task<ActionAnswer> RemoveAsync(string key, string workflow, string step, string token, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, workflow, user, cancellationToken) is { } desk && desk.Drawing.Find(step) is not null
            ? await SaveAsync(desk, token, drawing => drawing.Remove(step), cancellationToken)
            : ActionAnswer.NotFound;

    private async Task<ActionAnswer> SaveAsync(Desk desk, string? token, Action<StepDrawing> change, CancellationToken cancellationToken)
    {
        if (DraftToken.Read(token) is not { } given)
        {
            return ActionAnswer.Refused(text["OpenAgain"]);
        }

        try
        {
            await editing.SaveAsync(desk.Row.DefinitionId, new DefinitionSave(
                stored =>
                {
                    change(new StepDrawing(stored!));
                    return stored!;
                },
                given, desk.Person.AsPerformer().Actor), cancellationToken);
            return ActionAnswer.Done;
        }
        catch (Exception refused) when (refused is StaleDraftException or UnreadableDraftException or DefinitionFormatException or RuleViolationException)
        {
            return ActionAnswer.Refused(string.Join(" ", await refusals.OfAsync(refused, PackWords.Language) ?? []));
        }
    }

    private List<FormField> Fields(Desk desk, JsonObject shape, JsonObject? kind)
    {
        var (id, names) = (StepDrawing.Id(shape)!, Names(desk));
        var metadata = shape["metadata"] as JsonObject;
        List<FormField> fields =
        [
            new() { Key = NameZh, Label = text["NameZh"], Type = FieldType.Text, Values = [metadata?.Text("displayText") ?? ""] },
            new() { Key = NameEn, Label = text["NameEn"], Type = FieldType.Text, Values = [metadata?.Text("description") ?? ""] },
            .. kind is null ? [] : StepInputs.Fields(shape, kind, text["None"], expression => text["ByExpression", expression]),
        ];
        var steps = names.Where(one => one.Key != id).Select(one => new Choice(one.Key, one.Value)).ToList();
        foreach (var port in Ports(desk, shape))
        {
            var to = desk.Drawing.Ways.Where(way => way.From == id && way.Port == port.Name).Select(way => way.To).ToList();
            var several = !IsOneWay(desk, id, port.Name);
            fields.Add(new FormField
            {
                Key = WayPrefix + port.Name,
                Label = text["WayBy", port.Title],
                Type = FieldType.Choice,
                Options = [.. steps, .. to.Where(one => one == id).Select(_ => new Choice(id, names[id]))],
                Values = several ? [string.Join(text["Separator"], to.Select(one => names.GetValueOrDefault(one, one)))] : to,
                Help = several ? text["SeveralWays"] : text["NoneEndsHere"],
                ReadOnly = several,
                Wide = true,
            });
        }

        return fields;
    }

    private static bool IsOneWay(Desk desk, string step, string port) => desk.Drawing.Ways.Count(way => way.From == step && way.Port == port) <= 1;

    private static Dictionary<string, string> Names(Desk desk) => desk.Drawing.Shapes.GroupBy(shape => StepDrawing.Id(shape)!, StringComparer.Ordinal).ToDictionary(
        group => group.Key,
        group =>
        {
            var metadata = group.First()["metadata"] as JsonObject;
            var (zh, en) = (metadata?.Text("displayText"), metadata?.Text("description"));
            var said = PackWords.Language == "en" ? (string.IsNullOrWhiteSpace(en) ? zh : en) : string.IsNullOrWhiteSpace(zh) ? en : zh;
            return string.IsNullOrWhiteSpace(said) ? group.First().Text("name") ?? group.Key : said;
        },
        StringComparer.Ordinal);

    private static JsonObject? KindOf(Desk desk, JsonObject shape) => desk.Types.Find(type => type.Text("typeName") == shape.Text("type"));

    // ways out that the type has, that the step's own outcomes give it, and that are drawn already
    private static List<(string Name, string Title)> Ports(Desk desk, JsonObject shape)
    {
        var (id, kind) = (StepDrawing.Id(shape)!, KindOf(desk, shape));
        var typed = (kind?["ports"] as JsonArray ?? []).OfType<JsonObject>().Where(port => port.Text("type") == "Flow" && port.Flag("isBrowsable"))
            .Select(port => (Name: port.Text("name")!, Title: port.Text("displayName") ?? port.Text("name")!));
        var own = kind?["inputs"] is JsonArray inputs && inputs.OfType<JsonObject>().Any(input => input.Text("uiHint") == "dynamic-outcomes")
            && shape["outcomes"]?["expression"] is JsonObject expression && expression.Text("value") is { } list
            ? OutcomesIn(list)
            : [];
        var drawn = desk.Drawing.Ways.Where(way => way.From == id).Select(way => way.Port);
        return [.. typed.Concat(own.Concat(drawn).Select(name => (Name: name, Title: desk.PortName(name)))).DistinctBy(port => port.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> OutcomesIn(string list)
    {
        try
        {
            return [.. (JsonNode.Parse(list) as JsonArray ?? []).Select(item => item?.ToString() ?? "").Where(name => name.Length > 0)];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private string WayText(Desk desk, JsonObject shape, string port, string to) =>
        Ports(desk, shape).Count > 1 ? text["LeadsToBy", to, Ports(desk, shape).Find(one => one.Name == port).Title ?? port] : text["LeadsTo", to];

    private static string One(FormAnswers answers, string field) => answers.Values.GetValueOrDefault(field) is [var value, ..] ? value.Trim() : "";

    private static bool IsBadName(string name) => name.Length > LongestName || name.Any(char.IsControl);

    private async Task<Desk?> OpenAsync(string key, string workflow, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.WorkflowDefinitions.AsNoTracking().SingleOrDefaultAsync(d => d.DefinitionId == workflow && d.ProcessKey == key && d.IsLatest, cancellationToken) is not { } row
            || JsonNode.Parse(row.Json) is not JsonObject definition || (definition["root"] as JsonObject)?.Text("type") != "Elsa.Flowchart")
        {
            return null;
        }

        var state = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == row.ProcessVersion).Select(p => p.State).SingleAsync(cancellationToken);
        var (body, _) = await descriptors.GetAsync(PackWords.Language, key, cancellationToken);
        var types = (JsonNode.Parse(body)?["items"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return new Desk(person, row, state, new StepDrawing(definition), types, await reviews.GetAsync(key, row.ProcessVersion!.Value, state, cancellationToken));
    }

    private sealed record Desk(
        Person Person, WorkflowDefinitionVersion Row, ProcessVersionState State, StepDrawing Drawing, List<JsonObject> Types, PackReview Review)
    {
        public string PortName(string port) => Review.Pack is { } pack ? Diagrams.WorkflowDiagram.PortName(pack, port, PackWords.Language) : port;

        public List<string> FindingsOf(string step) => [.. Review.Findings
            .Where(found => found.Severity != FindingSeverity.Note && FindingWords.PartOf(found, Review.Parts) is { } part
                && part.Place.Workflow == Row.DefinitionId && ProcessLinks.ShapeOf(part.Place) == step)
            .Select(found => found.Message.In(PackWords.Language)).Distinct(StringComparer.Ordinal)];
    }
}

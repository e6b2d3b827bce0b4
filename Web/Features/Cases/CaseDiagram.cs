using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Cases;

/// <summary>The process of a case as drawn, and how far the case has come in it.</summary>
/// <param name="Diagram">The drawing; null where the case runs on none.</param>
/// <param name="Steps">The strip above it.</param>
/// <param name="Shapes">The shapes by id, as the definition has them.</param>
public sealed record CaseRoute(Diagram? Diagram, IReadOnlyList<CaseStep> Steps, IReadOnlyDictionary<string, JsonObject> Shapes)
{
    public static CaseRoute None { get; } = new(null, [], new Dictionary<string, JsonObject>());

    /// <summary>What kind of step a shape is, such as <c>CaseManagement.Reply</c>.</summary>
    public string? TypeOf(string? shape) => shape is null ? null : (string?)Shapes.GetValueOrDefault(shape)?["type"];

    /// <summary>The literal a step is set to.</summary>
    public string? Input(string? shape, string name) =>
        shape is not null && Shapes.GetValueOrDefault(shape)?[name]?["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>From where a step leads, and by which outcome.</summary>
    public IReadOnlyList<(string From, string Port, string To)> Ways { get; init; } = [];

    /// <summary>The outcomes by which a step leads straight to a step of that kind.</summary>
    public IEnumerable<string> OutcomesTo(string? shape, string type) => Ways.Where(w => w.From == shape && TypeOf(w.To) == type).Select(w => w.Port);

    /// <summary>The clauses of the policy a step cites.</summary>
    public string? Clause(string? shape) =>
        shape is not null && Shapes.GetValueOrDefault(shape)?["customProperties"]?["policyClauses"] is JsonArray { Count: > 0 } clauses
            ? string.Join(", ", clauses.Select(c => (string?)c))
            : null;
}

/// <summary>Reads the process of a case with where it stands, from the journal of its newest run.</summary>
public sealed class CaseDiagram(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations definitions, DateWords dates)
{
    private const int MostEntries = 5000;
    private const int MostStepsAhead = 12;

    // what the product does by itself; it stands in the diagram, and only what people do, say or decide in the strip
    private static readonly HashSet<string> Background = new(
        ["StartClock", "StopClock", "PauseClock", "ResumeClock", "ExtendClock", "AwaitRung", "Escalate", "Notify", "Decide", "Record", "AwaitFact", "Calculate"], StringComparer.Ordinal);

    public async Task<CaseRoute> GetAsync(CaseView view, CancellationToken cancellationToken)
    {
        if (view.Complaint.Instances is not [.., var instance])
        {
            return CaseRoute.None;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await db.Instances.AsNoTracking().Where(i => i.Id == instance).Select(i => i.DefinitionVersionId).SingleOrDefaultAsync(cancellationToken);
        if (version is null || await definitions.FindVersionAsync(version, cancellationToken) is not { } definition
            || definition.ToJson()["root"] is not JsonObject root || root["activities"] is not JsonArray activities)
        {
            return CaseRoute.None;
        }

        var entries = await db.Journal.AsNoTracking().Where(j => j.InstanceId == instance).OrderByDescending(j => j.Sequence).Take(MostEntries)
            .Select(j => new Entry(j.Sequence, j.ActivityId, j.Event, j.At)).ToListAsync(cancellationToken);
        var renames = (await db.Journal.AsNoTracking().Where(j => j.InstanceId == instance && j.Event == JournalEvent.Migrated).OrderBy(j => j.Sequence)
            .Select(j => new { j.Sequence, j.At, j.Data }).ToListAsync(cancellationToken)).ConvertAll(j => new Renaming(j.Sequence, j.At, j.Data));
        var failed = (await db.Incidents.AsNoTracking().Where(i => i.InstanceId == instance && i.ResolvedAt == null)
            .Select(i => new Failure(i.ActivityId, i.At, i.ExceptionType, i.Message)).ToListAsync(cancellationToken))
            .GroupBy(i => renames.Where(r => r.At > i.At).Aggregate(i.Activity, (id, r) => r.NameOf(id)), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.MaxBy(i => i.At)!, StringComparer.Ordinal);
        var latest = entries.GroupBy(e => renames.Where(r => r.Sequence > e.Sequence).Aggregate(e.Activity, (id, r) => r.NameOf(id)), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var shapes = activities.OfType<JsonObject>().Where(a => (string?)a["id"] is not null)
            .GroupBy(a => (string)a["id"]!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var ways = (root["connections"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(c => (From: (string?)c["source"]?["activity"], Port: (string?)c["source"]?["port"], To: (string?)c["target"]?["activity"]))
            .Where(w => w.From is not null && w.To is not null && shapes.ContainsKey(w.From) && shapes.ContainsKey(w.To))
            .Select(w => new WayOut(w.From!, w.Port ?? "Done", w.To!)).ToList();
        var looks = shapes.Keys.ToDictionary(id => id, id => failed.ContainsKey(id) ? NodeLook.Failed : LookOf(latest.GetValueOrDefault(id)), StringComparer.Ordinal);
        if (view.Complaint.IsOpen)
        {
            foreach (var way in ways.Where(w => looks[w.From] is NodeLook.Now or NodeLook.Failed && looks[w.To] == NodeLook.Plain).ToList())
            {
                looks[way.To] = NodeLook.Next;
            }
        }

        var drawing = new Drawing(view, dates, shapes, ways, looks, latest, failed);
        return new CaseRoute(drawing.Diagram(), drawing.Steps(MostStepsAhead), shapes) { Ways = [.. ways.Select(w => (w.From, w.Port, w.To))] };
    }

    private static NodeLook LookOf(Entry? last) => last?.Event switch
    {
        null or JournalEvent.Canceled => NodeLook.Plain,
        JournalEvent.Completed => NodeLook.Done,
        JournalEvent.Faulted => NodeLook.Failed,
        JournalEvent.Started or JournalEvent.Suspended or JournalEvent.Resumed => NodeLook.Now,
        _ => NodeLook.Plain,
    };

    /// <summary>A migration in the journal: what was done before it was done under the names of then.</summary>
    private sealed class Renaming(int sequence, DateTimeOffset at, byte[]? data)
    {
        private readonly JsonNode? _names = data is null ? null : JsonNode.Parse(data)?["map"];

        public int Sequence { get; } = sequence;

        public DateTimeOffset At { get; } = at;

        public string NameOf(string shape) => (string?)_names?[shape] ?? shape;
    }

    private sealed record Entry(int Sequence, string Activity, JournalEvent Event, DateTimeOffset At);

    private sealed record Failure(string Activity, DateTimeOffset At, string ExceptionType, string Message);

    private sealed record WayOut(string From, string Port, string To);

    private sealed class Drawing(
        CaseView view, DateWords dates, Dictionary<string, JsonObject> shapes, List<WayOut> ways, Dictionary<string, NodeLook> looks,
        Dictionary<string, Entry> latest, Dictionary<string, Failure> failed)
    {
        public Diagram? Diagram() => shapes.Count == 0 ? null : new Diagram
        {
            Title = view.Words.Process,
            Nodes = [.. shapes.Keys.Select(Node)],
            Connections =
            [
                .. ways.Select(w => new DiagramConnection(
                    w.From, w.To, ways.Exists(o => o.From == w.From && o.Port != w.Port) ? WorkflowDiagram.PortName(view.Rules.Pack, w.Port, PackWords.Language) : null)),
            ],
        };

        /// <summary>What was done, what is open, and what usually follows. What the product does by itself is left out, unless it failed or nothing else is open.</summary>
        public IReadOnlyList<CaseStep> Steps(int ahead)
        {
            var open = shapes.Keys.Where(id => looks[id] is NodeLook.Now or NodeLook.Failed).ToList();
            var done = shapes.Keys.Where(id => looks[id] == NodeLook.Done && latest.ContainsKey(id)).OrderBy(id => latest[id].Sequence);
            var next = new List<string>();
            var main = open.Find(id => view.Complaint.Tasks.Open.Any(t => t.Shape == id)) ?? (open.Count > 0 ? open[0] : null);
            for (var at = main; at is not null && view.Complaint.IsOpen && next.Count < ahead;)
            {
                at = ways.Find(w => w.From == at)?.To;
                if (at is null || open.Contains(at) || next.Contains(at))
                {
                    break;
                }

                next.Add(at);
            }

            var shown = open.Where(id => IsStage(id) || looks[id] == NodeLook.Failed).ToList();
            return
            [
                .. done.Where(IsStage).Where(id => !next.Contains(id)).Select(id => new CaseStep(TitleOf(id), StepLook.Done, latest[id].At)),
                .. (shown.Count > 0 ? shown : open.Where(IsWork)).Select(id => new CaseStep(TitleOf(id), looks[id] == NodeLook.Failed ? StepLook.Failed : StepLook.Now, looks[id] == NodeLook.Failed ? FailedAt(id) : null, WhoHas(id))
                {
                    Cause = failed.GetValueOrDefault(id) is { } failure ? IncidentCauses.Of(failure.ExceptionType).In(PackWords.Language) : null,
                    Detail = failed.GetValueOrDefault(id)?.Message,
                }),
                .. next.Where(IsStage).Select(id => new CaseStep(TitleOf(id), StepLook.Next)),
            ];
        }

        private DiagramNode Node(string id)
        {
            var position = shapes[id]["metadata"]?["designer"]?["position"];
            return new DiagramNode(id, TitleOf(id), Coordinate(position?["x"]), Coordinate(position?["y"]))
            {
                Look = looks[id],
                Remark = RemarkOf(id),
                Terminal = !ways.Exists(w => w.To == id) || !ways.Exists(w => w.From == id),
            };
        }

        // when it was done or went wrong; who has it and until when
        private string? RemarkOf(string id) => looks[id] switch
        {
            NodeLook.Done when latest.TryGetValue(id, out var last) => dates.Say(last.At, view.Zone, DateStyle.List),
            NodeLook.Failed when FailedAt(id) is { } at => dates.Say(at, view.Zone, DateStyle.List),
            NodeLook.Now => string.Join(" · ", new[] { WhoHas(id), DueOf(id) is { } due ? dates.Say(due, view.Zone, DateStyle.Brief) : null }.OfType<string>()) is { Length: > 0 } said
                ? said
                : null,
            _ => null,
        };

        private DateTimeOffset? FailedAt(string id) => failed.GetValueOrDefault(id)?.At ?? latest.GetValueOrDefault(id)?.At;

        // until when: by the clock of its task, or the clock it waits for
        private DateTimeOffset? DueOf(string shape) => view.Complaint.Tasks.Open.Where(t => t.Shape == shape).Select(t => t.Clock)
            .Append((shapes[shape]["clock"] as JsonObject)?["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var clock) ? clock : null)
            .OfType<string>().Select(key => view.Complaint.Clocks.All.GetValueOrDefault(key)?.DueAt).Min();

        private string? WhoHas(string shape)
        {
            var tasks = view.Complaint.Tasks.Open.Where(t => t.Shape == shape).ToList();
            return tasks.Count == 0
                ? null
                : string.Join(" · ", tasks.Select(t => t.AssigneeName ?? view.Words.CandidatesOf(t.CandidateKeys)).Distinct(StringComparer.Ordinal));
        }

        private string TitleOf(string id)
        {
            var metadata = shapes[id]["metadata"];
            var (zh, en) = ((string?)metadata?["displayText"], (string?)metadata?["description"]);
            var name = PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? en ?? zh : zh ?? en;
            return string.IsNullOrWhiteSpace(name) ? (string?)shapes[id]["name"] ?? id : name;
        }

        private string TypeOf(string id) => (string?)shapes[id]["type"] ?? "";

        private bool IsWork(string id) => !TypeOf(id).StartsWith("Elsa.", StringComparison.Ordinal);

        private bool IsStage(string id) => IsWork(id) && !Background.Contains(TypeOf(id)[(TypeOf(id).LastIndexOf('.') + 1)..]);

        private static double Coordinate(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<double>()
            : 0;
    }
}

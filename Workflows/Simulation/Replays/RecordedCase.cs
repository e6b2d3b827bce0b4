using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>One case as the store has it: what it is now, and everything that happened to it in order.</summary>
public sealed record RecordedCase(Complaint Complaint, IReadOnlyList<RecordedEvent> Events)
{
    /// <exception cref="JsonException">An event's data is not JSON.</exception>
    public static RecordedCase Of(Complaint complaint, IEnumerable<EventRow> events) => new(complaint, [.. events.Select(RecordedEvent.Of)]);

    /// <summary>It was handled to its end before it came here, so there is nothing to replay.</summary>
    internal bool CameClosed => Events.Any(e => e.Type == CaseEvents.Closed && e.Text("as") == "import");

    /// <summary>Where its record ends: the last event of a case that is over, else now.</summary>
    internal DateTimeOffset EndsAt(DateTimeOffset now) => Complaint.IsOpen ? now : Events.Max(e => e.At);

    /// <summary>What was said when it was registered: what is known now, read backwards through every recorded change.</summary>
    /// <param name="pack">The process it is to be replayed on; facts this one does not know are left out.</param>
    internal Registration Registration(ProcessPack pack)
    {
        var known = Complaint.Facts.All.ToDictionary(StringComparer.Ordinal);
        for (var at = Events.Count - 1; at >= 0; at--)
        {
            var before = Events[at].Facts("before");
            foreach (var (name, _) in Events[at].Facts("facts"))
            {
                known[name] = before.GetValueOrDefault(name, FactValue.Unknown);
            }
        }

        return new Registration
        {
            Process = pack.Identity.Id,
            Kind = Complaint.Kind,
            Channel = known.GetValueOrDefault("channel")?.Text ?? "",
            ReceivedAt = Complaint.ReceivedAt,
            Subject = known.GetValueOrDefault("subject")?.Text ?? "",
            Description = known.GetValueOrDefault("description")?.Text ?? "",
            Complainant = Complaint.Complainant,
            Respondent = Complaint.Respondent,
            Request = Complaint.Request is { } asked ? asked with { Lead = Complaint.Lead, KeptAs = Complaint.Confidentiality } : null,
            Facts = known.Where(f => !f.Value.IsUnknown && IsSaidAtRegistration(pack, f.Key)).ToDictionary(f => f.Key, f => PlainFact.Of(f.Value), StringComparer.Ordinal),
        };
    }

    private static bool IsSaidAtRegistration(ProcessPack pack, string name) =>
        name is not ("channel" or "subject" or "description") && pack.Facts.Find(name)?.MayBeWrittenBy(FactOrigin.Handler) == true;
}

/// <summary>One event of a recorded case.</summary>
/// <param name="RecordedAt">By the wall clock; the events of one burst share it.</param>
public sealed record RecordedEvent(string Type, DateTimeOffset At, DateTimeOffset RecordedAt, Actor By, JsonObject Data)
{
    /// <summary>Somebody did it: a person, the complainant, a program. Otherwise it followed by itself.</summary>
    public bool IsDeed => By.Kind is ActorKind.Person or ActorKind.Complainant or ActorKind.ApiKey or ActorKind.Import or ActorKind.System;

    public static RecordedEvent Of(EventRow row) => new(
        row.Type, row.At, row.RecordedAt, new Actor(Enum.Parse<ActorKind>(row.ActorKind), row.ActorId, row.ActorName), JsonNode.Parse(row.Data) as JsonObject ?? []);

    public string? Text(string name) => Data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public Guid? Task => Guid.TryParse(Text("id"), out var id) ? id : null;

    public IReadOnlyList<string>? Texts(string name) => (Data[name] as JsonArray)?.Select(v => v?.GetValue<string>() ?? "").ToList();

    public DateTimeOffset? Instant(string name) =>
        Text(name) is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind).ToUniversalTime() : null;

    public bool Is(string name) => Data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>Facts kept under this member.</summary>
    public IReadOnlyDictionary<string, FactValue> Facts(string name) => Data[name] is JsonObject facts
        ? facts.ToDictionary(f => f.Key, f => f.Value is null ? FactValue.Unknown : f.Value.Deserialize(CaseDocument.Default.FactValue) ?? FactValue.Unknown, StringComparer.Ordinal)
        : new Dictionary<string, FactValue>();
}

/// <summary>A fact as an outside program would send it.</summary>
internal static class PlainFact
{
    public static JsonElement Of(FactValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FactValueJsonConverter.WritePlain(writer, value);
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}

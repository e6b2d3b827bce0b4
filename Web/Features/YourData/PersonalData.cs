using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Follow;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.YourData;

/// <summary>Texts of the file a complainant gets.</summary>
public sealed class PersonalDataWords;

/// <summary>A fact the complainant gave.</summary>
public sealed record GivenFact(string Key, string Name, string Value);

/// <summary>Something that was said.</summary>
public sealed record SaidEntry(DateTimeOffset At, string Title, string Text, IReadOnlyList<string> Files);

/// <summary>Something that was decided about the case, by itself or by a person.</summary>
/// <param name="Automatic">A decision table did it; no person looked.</param>
/// <param name="Text">What and why, in plain words.</param>
public sealed record ExplainedDecision(DateTimeOffset At, bool Automatic, string Text);

/// <summary>Who the complainant said they are.</summary>
public sealed record GivenContact(string? Name, string? Phone, string? Email, bool Anonymous, bool Confidential);

/// <summary>
/// What is given to a complainant of one case. Other people are out of it, staff are not named, and what the organisation noted for itself is not in it.
/// Outside programs may read it: members are added, none renamed.
/// </summary>
public sealed record PersonalData
{
    public required string Number { get; init; }

    /// <summary>What it was asked for as.</summary>
    public required string Right { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public required string Status { get; init; }
    public string? Subject { get; init; }
    public string? Description { get; init; }
    public GivenContact? You { get; init; }
    public IReadOnlyList<GivenFact> Facts { get; init; } = [];
    public IReadOnlyList<Correction> Corrections { get; init; } = [];
    public IReadOnlyList<SaidEntry> Said { get; init; } = [];

    /// <summary>Files that are in the bundle, or would be if a scanner let them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
    public required IReadOnlyList<ExplainedDecision> Decisions { get; init; }
    public string? Level { get; init; }

    /// <summary>What is known of the taking out of other people.</summary>
    public required string Note { get; init; }
}

/// <summary>Reads what of a case is its complainant's to have.</summary>
public sealed class PersonalDataReader(
    CaseReader reader, ComplainantTalk talk, People people, TimeProvider clock, IDbContextFactory<CaseManagementDbContext> contexts, IStringLocalizer<PersonalDataWords> words)
{
    private static readonly string[] Decided = [CaseEvents.LevelChanged, CaseEvents.LevelOverridden, CaseEvents.Routed];

    // said elsewhere in it
    private static readonly HashSet<string> Elsewhere =
        ["subject", "description", "complainant", "respondentPerson", "respondentDepartment", "anonymous", "confidential", "complainantKind"];

    // of what the organisation decided, what the complainant was answered
    private static readonly HashSet<string> Answered = ["outcome", "validity", "satisfaction"];

    public async Task<PersonalData> ReadAsync(CaseOutcome read, string right, CancellationToken cancellationToken)
    {
        var (complaint, rules) = (read.Complaint, read.Rules);
        var said = await reader.WordsAsync(rules, cancellationToken);
        var staff = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        var redaction = new Redaction(complaint, rules, staff, (words["Staff"], words["Other"], words["Number"]));
        var data = new PersonalData
        {
            Number = complaint.Number,
            Right = right,
            GivenAt = clock.GetUtcNow(),
            ReceivedAt = complaint.ReceivedAt,
            ClosedAt = complaint.ClosedAt,
            Status = said.Option("status", complaint.Status),
            Level = said.Level(complaint.Level)?.Name,
            Decisions = await DecisionsAsync(complaint, said, redaction, cancellationToken),
            Note = words["Note"],
        };
        if (right == DataRequestKinds.Explain)
        {
            return data;
        }

        var who = complaint.Complainant;
        return data with
        {
            Subject = redaction.Of(complaint.Subject),
            Description = redaction.Of(complaint.Facts.Text("description") ?? ""),
            You = new GivenContact(who.Name, who.Phone, who.Email, who.Anonymous, who.Confidential),
            Facts = [.. FactsOf(complaint, rules, said, redaction)],
            Corrections = [.. complaint.Rights.Corrections.Select(c => c with { Text = redaction.Of(c.Text) })],
            Said =
            [
                .. (await talk.OfAsync(complaint, rules, cancellationToken)).Select(e => e.Entry).Reverse()
                    .Select(e => new SaidEntry(e.At, redaction.Of(e.Title), redaction.Of(e.Body), [.. e.Files.Select(f => f.Name)])),
            ],
            Files = [.. OwnFiles(complaint).Select(f => f.Name)],
        };
    }

    /// <summary>Files the complainant sent, and files that were sent to them.</summary>
    public static IEnumerable<Attachment> OwnFiles(Complaint complaint) =>
        complaint.Attachments.Where(a => a.SentWith is not null || a.By.Kind == ActorKind.Complainant);

    private static IEnumerable<GivenFact> FactsOf(Complaint complaint, CaseRules rules, PackWords said, Redaction redaction)
    {
        foreach (var (key, value) in complaint.Facts.All)
        {
            if (rules.Pack.Facts.Find(key) is { } fact && (fact.By == FactSource.Complainant || Answered.Contains(key)) && !Elsewhere.Contains(key) && !fact.NamesCandidates)
            {
                yield return new GivenFact(key, said.Fact(key), redaction.Of(said.Value(key, value)));
            }
        }
    }

    private async Task<IReadOnlyList<ExplainedDecision>> DecisionsAsync(Complaint complaint, PackWords said, Redaction redaction, CancellationToken cancellationToken)
    {
        var id = complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && Decided.Contains(e.Type)).OrderBy(e => e.Sequence).ToListAsync(cancellationToken);
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        return
        [
            .. rows.Select(row =>
            {
                var data = JsonNode.Parse(row.Data) as JsonObject ?? [];
                var automatic = row.ActorKind is nameof(ActorKind.Workflow) or nameof(ActorKind.Timer);
                var why = (string?)data[english ? "whyEn" : "whyZh"] ?? "";
                var to = (string?)data["to"] ?? "";
                var what = row.Type == CaseEvents.Routed ? words["RoutedTo", said.Department(to)] : words["LevelSet", said.Level(to)?.Name ?? to];
                var because = why.Length > 0 ? words["Because", redaction.Of(why)].Value : automatic && row.Type != CaseEvents.Routed ? words["NoRow"].Value : "";
                return new ExplainedDecision(row.At, automatic, $"{what}{because}{words[automatic ? "ByTable" : "ByPerson"]}");
            }),
        ];
    }
}

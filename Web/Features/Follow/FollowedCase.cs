using System.Text.Json.Nodes;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Forms;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Portal;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Follow;

/// <summary>Texts the server puts into the page of a followed case.</summary>
public sealed class FollowWords;

/// <summary>Puts together what a complainant sees of their case.</summary>
public sealed class FollowedCase(
    CaseRuntime cases, CaseReader reader, Promises promises, ComplainantTalk talk, CaseFiles files, FormTokens tokens, IStringLocalizer<FollowWords> words)
{
    private const string ReopenedShape = "CaseManagement.ComplaintReopened";
    private const string FollowUpShape = "CaseManagement.FollowUp";

    public async Task<(FollowPage Page, CaseRules Rules)?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await cases.ReadAsync(id, cancellationToken) is not { } read)
        {
            return null;
        }

        var (complaint, rules) = (read.Complaint, read.Rules);
        var said = await reader.WordsAsync(rules, cancellationToken);
        var entries = await talk.OfAsync(complaint, rules, cancellationToken);
        var shapes = ShapesOf(rules, complaint);
        var page = new FollowPage
        {
            Number = complaint.Number,
            Kind = complaint.Kind,
            Subject = complaint.Subject,
            State = StateOf(complaint),
            Headline = words[HeadlineOf(complaint)],
            Zone = rules.Zone,
            Promises = promises.Of(complaint, rules, said),
            Questions = [.. complaint.IsOpen ? complaint.Dialogue.OpenQuestions.Select(q => new AskedQuestion(q.Number, q.Text, q.AskedAt)) : []],
            Material = Awaited(complaint, rules, shapes, entries, material: true) is { } asked
                ? asked with { Fields = [.. PortalForms.Fields(MaterialForm(complaint, rules), said, new CaseFacts(complaint, rules), rules.Calendar(rules.Pack.Identity.Calendar))] }
                : null,
            Outcome = Awaited(complaint, rules, shapes, entries, material: false),
            Talk = [.. entries.Select(e => e.Entry)],
            Files = await talk.FilesAsync(complaint, cancellationToken),
            IsOpen = complaint.IsOpen,
            MayReopen = MayReopen(complaint, rules),
            MayAskData = complaint.Request is null,
            Survey = complaint.Status == CaseStatus.Closed && complaint.Dialogue.RatedAt is null
                ? [.. PortalForms.Fields(SurveyForm(complaint, rules), said, new CaseFacts(complaint, rules), rules.Calendar(rules.Pack.Identity.Calendar))]
                : null,
            Key = tokens.Create(),
        };
        return (page with { Survey = page.Survey is { Count: > 0 } survey ? survey : null }, rules);
    }

    /// <summary>A file that was sent to the complainant; null where it is none, or may not be read.</summary>
    public async Task<(Attachment File, Stream Content)?> OpenAsync(Guid id, Guid file, CancellationToken cancellationToken) =>
        await cases.ReadAsync(id, cancellationToken) is { } read
        && read.Complaint.Attachments.Find(a => a.Id == file && a.SentWith is not null) is { } sent && files.OpenShown(sent) is { } content
            ? (sent, content)
            : null;

    /// <summary>Whether the process lets a complainant ask for a closed case to be taken up again.</summary>
    public static bool MayReopen(Complaint complaint, CaseRules rules) =>
        complaint.Status is CaseStatus.Closed or CaseStatus.Refused
        && ShapesOf(rules, complaint).Values.Any(s => (string?)s["type"] == ReopenedShape)
        && rules.Pack.Gates.Refusing(GateAction.Reopen, new CaseFacts(complaint, rules), []) is null;

    /// <summary>What is asked when material is awaited: the step's own form, as far as a complainant may fill it.</summary>
    public static FormDefinition MaterialForm(Complaint complaint, CaseRules rules)
    {
        var shapes = ShapesOf(rules, complaint);
        var key = complaint.Awaits.Where(a => a.Material).Select(a => Input(shapes, a.Shape, "form")).FirstOrDefault(f => f is not null);
        return PortalForms.Writable(key is null ? Nothing : rules.Form(key), rules.Pack);
    }

    /// <summary>How content a complainant was is asked by the form of the follow-up, or where there is none by the one question everybody has.</summary>
    public static FormDefinition SurveyForm(Complaint complaint, CaseRules rules)
    {
        var shapes = ShapesOf(rules, complaint);
        var key = shapes.Where(s => (string?)s.Value["type"] == FollowUpShape).Select(s => Input(shapes, s.Key, "form")).FirstOrDefault(f => f is not null);
        var form = key is null ? Nothing with { Fields = [new Domain.Forms.FormField("satisfaction")] } : rules.Form(key);
        return PortalForms.Writable(form, rules.Pack);
    }

    private static FormDefinition Nothing { get; } = new("", new Domain.Facts.BilingualText("", ""), []);

    private static AwaitedPart? Awaited(
        Complaint complaint, CaseRules rules, Dictionary<string, JsonObject> shapes, IReadOnlyList<ComplainantTalk.ToldPart> entries, bool material)
    {
        if (!complaint.IsOpen || complaint.Awaits.Find(a => a.Material == material) is not { } awaited)
        {
            return null;
        }

        var due = Input(shapes, awaited.Shape, "clock") is { } key && complaint.Clocks.All.GetValueOrDefault(key) is { IsOpen: true } clock ? clock.DueAt : null;
        return new AwaitedPart(entries.FirstOrDefault(e => material ? e.AsksForMaterial : e.IsAnswer)?.Entry.Body ?? "", due, []);
    }

    private StateMark StateOf(Complaint complaint) => complaint switch
    {
        { IsOpen: true } when IsTheirTurn(complaint) => new(StateShape.Working, words["State_turn"]),
        { IsOpen: true } => new(StateShape.Waiting, words["State_open"]),
        { Status: CaseStatus.Closed } => new(StateShape.Done, words["State_closed"]),
        { Status: CaseStatus.Withdrawn } => new(StateShape.Ended, words["State_withdrawn"]),
        _ => new(StateShape.Ended, words["State_refused"]),
    };

    private static string HeadlineOf(Complaint complaint) => complaint switch
    {
        { Status: CaseStatus.Closed } => $"Headline_closed_{complaint.Kind}",
        { Status: CaseStatus.Withdrawn } => $"Headline_withdrawn_{complaint.Kind}",
        { Status: CaseStatus.Refused } => $"Headline_refused_{complaint.Kind}",
        _ when complaint.Awaits.Exists(a => !a.Material) => "Headline_outcome",
        _ when complaint.Awaits.Count > 0 => "Headline_material",
        _ when complaint.Dialogue.OpenQuestions.Any() => "Headline_question",
        _ when complaint.Facts.Instant("firstRepliedAt") is null && complaint.Facts.Instant("repliedAt") is null => "Headline_received",
        _ => "Headline_working",
    };

    private static bool IsTheirTurn(Complaint complaint) => complaint.Awaits.Count > 0 || complaint.Dialogue.OpenQuestions.Any();

    private static string? Input(Dictionary<string, JsonObject> shapes, string shape, string name) =>
        shapes.GetValueOrDefault(shape)?[name]?["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static Dictionary<string, JsonObject> ShapesOf(CaseRules rules, Complaint complaint) =>
        rules.Pack.Kind(complaint.Kind) is { } kind && rules.Pack.Workflows.TryGetValue(kind.Workflow, out var json)
            && JsonNode.Parse(json)?["root"]?["activities"] is JsonArray activities
            ? activities.OfType<JsonObject>().Where(a => (string?)a["id"] is not null)
                .GroupBy(a => (string)a["id"]!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal)
            : [];
}

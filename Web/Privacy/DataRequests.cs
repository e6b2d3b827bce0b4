using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Privacy;

/// <summary>Texts that requests about personal data are registered with.</summary>
public sealed class DataRequestWords;

/// <summary>A request that was looked at and may be registered.</summary>
/// <param name="Registration">Its own case.</param>
/// <param name="About">The cases it is about.</param>
public sealed record PreparedRequest(Registration Registration, IReadOnlyList<Guid> About);

/// <summary>
/// Registers requests about personal data. A request is a case of the process that takes requests, linked to the cases it is about; those note it in the same commit.
/// Which process that is, the configuration says.
/// </summary>
public sealed class DataRequests(
    CaseRuntime cases, StoredConfigurations configurations, TimeProvider clock, IOptions<PrivacyOptions> options, IStringLocalizer<DataRequestWords> words)
{
    /// <summary>Channels a process that takes requests may name; one that does not gets its first.</summary>
    public const string OwnPage = "own-page";

    /// <inheritdoc cref="OwnPage"/>
    public const string Desk = "desk";

    /// <summary>Cases one request may be about.</summary>
    public const int MostCases = 20;

    /// <summary>Whether there is a process that takes them.</summary>
    public async ValueTask<bool> AreTakenAsync(CancellationToken cancellationToken) =>
        (await configurations.CurrentAsync(cancellationToken)).Published.ContainsKey(options.Value.RequestProcess);

    /// <summary>Looks at what is asked. Nothing is stored.</summary>
    /// <param name="about">The cases, which whoever asks may know of; the first leads.</param>
    /// <param name="kind">One of <see cref="DataRequestKinds"/>.</param>
    /// <param name="text">What is asked for, in words.</param>
    /// <param name="channel"><see cref="OwnPage"/> or <see cref="Desk"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RuleViolationException"><see cref="DataRequestRules"/>, <see cref="ComplaintRules.TextRequired"/>, or there is no such case.</exception>
    public async Task<PreparedRequest> PrepareAsync(IReadOnlyList<Guid> about, string? kind, string? text, string channel, CancellationToken cancellationToken)
    {
        RuleViolationException.ThrowUnless(kind is not null && DataRequestKinds.All.Contains(kind), DataRequestRules.KindUnknown);
        RuleViolationException.ThrowUnless(!DataRequestKinds.NeedsText(kind!) || !string.IsNullOrWhiteSpace(text), ComplaintRules.TextRequired);
        CaseDialogue.ThrowUnlessUsable(text);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var pack = configuration.Published.GetValueOrDefault(options.Value.RequestProcess)?.Pack ?? throw new RuleViolationException(DataRequestRules.NotTaken);
        RuleViolationException.ThrowUnless(Missing(pack.Facts).Count == 0 && pack.Identity.Kinds.Count > 0, DataRequestRules.NotTaken);

        var read = new List<CaseOutcome>();
        foreach (var id in about.Distinct())
        {
            read.Add(await cases.ReadAsync(id, cancellationToken) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase));
        }

        var (first, now) = (read[0].Complaint, clock.GetUtcNow());
        RuleViolationException.ThrowUnless(read.TrueForAll(r => r.Complaint.Request is null), DataRequestRules.OfRequest);
        var numbers = string.Join(' ', read.Select(r => r.Complaint.Number));
        var obstacle = kind == DataRequestKinds.Delete ? read.Min(r => Keeping.Of(r.Complaint, r.Rules, now).Ground) : KeepingGround.None;
        var said = string.IsNullOrWhiteSpace(text) ? words[$"Asked_{kind}"].Value : text.Trim();
        return new PreparedRequest(
            new Registration
            {
                Process = options.Value.RequestProcess,
                Kind = pack.Identity.Kinds[0].Kind,
                Channel = pack.Identity.Channels.FirstOrDefault(c => c.Key == channel)?.Key ?? pack.Identity.Channels.Select(c => c.Key).FirstOrDefault(""),
                Subject = words["Subject", words[$"Kind_{kind}"], first.Number],
                Description = said,
                Complainant = first.Complainant,
                Respondent = first.Exclusion.Staff is { } staff ? new Respondent(first.Respondent?.Department, staff) : first.Respondent,
                Facts = new Dictionary<string, JsonElement>
                {
                    [DataRequestFacts.Kind] = JsonSerializer.SerializeToElement(kind),
                    [DataRequestFacts.About] = JsonSerializer.SerializeToElement(numbers),
                    [DataRequestFacts.Obstacle] = JsonSerializer.SerializeToElement(obstacle.ToString().ToLowerInvariant()),
                },
                Request = new DataRequest(kind!, [.. read.Select(r => new RequestedCase(r.Complaint.Id.Value, r.Complaint.Number))])
                {
                    Text = said,
                    KeptAs = read.Select(r => r.Complaint.Confidentiality).MaxBy(c => c.Level),
                    Lead = first.Lead,
                },
            },
            [.. read.Select(r => r.Complaint.Id.Value)]);
    }

    /// <summary>Registers it inside a transaction.</summary>
    /// <returns>The request's own case.</returns>
    /// <exception cref="RuleViolationException">One of the cases takes no more requests, or is not there for whoever asks; nothing has changed.</exception>
    public async ValueTask<CaseOutcome> RegisterAsync(ICaseTransaction transaction, PreparedRequest prepared, Performer by, CancellationToken cancellationToken)
    {
        var request = (await cases.RegisterAsync(transaction, prepared.Registration, by, cancellationToken))!;
        var (id, number, kind) = (request.Complaint.Id.Value, request.Complaint.Number, prepared.Registration.Request!.Kind);
        foreach (var about in prepared.About)
        {
            await cases.ActAsync(transaction, about, by, act => act.Complaint.Rights.Receive(act, id, number, kind), cancellationToken);
        }

        return request;
    }

    /// <summary>Facts that a pack lacks for taking requests.</summary>
    private static List<string> Missing(FactCatalogue facts) =>
        [.. new[] { DataRequestFacts.Kind, DataRequestFacts.About, DataRequestFacts.Obstacle, DataRequestFacts.Decision, DataRequestFacts.Reason }.Where(f => !facts.Contains(f))];
}

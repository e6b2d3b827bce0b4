using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Portal;

/// <summary>What came of a form.</summary>
/// <param name="Case">The case it registered; null when it did not.</param>
/// <param name="IsNew">It was registered by this request and not by an earlier one with the same token.</param>
/// <param name="Error">Why not, in words.</param>
public sealed record PortalAnswer(Guid? Case, bool IsNew, string? Error = null);

/// <summary>Registers what complainants send by themselves, by the forms of the published processes that take it.</summary>
public sealed class PortalIntake(
    CaseRuntime cases, StoredConfigurations configurations, CaseReader reader, PortalForms forms, RuleTexts texts, ITrackingCodes codes, FormTokens tokens,
    TimeProvider clock, IOptions<PortalOptions> options, IStringLocalizer<PortalWords> words)
{
    /// <summary>The process and kind asked for; null when there is none that takes complaints here.</summary>
    public async Task<PortalDesk?> OpenAsync(string? process, string? kind, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var key = process ?? Public(configuration).FirstOrDefault()?.Pack.Identity.Id;
        if (key is null || !configuration.Published.TryGetValue(key, out var found) || PortalDesk.ChannelOf(found.Pack) is not { } channel
            || found.Pack.Identity.Kinds is not [var first, ..] kinds)
        {
            return null;
        }

        var chosen = kinds.FirstOrDefault(k => k.Kind == kind) ?? first;
        var rules = configuration.RulesFor(found, configuration.LimitsVersion(key));
        return new PortalDesk(key, chosen.Kind, channel, rules.Form(chosen.Form), rules);
    }

    /// <summary>The form, with what was typed and what is wrong with it.</summary>
    public async Task<PortalPage> PageAsync(PortalDesk desk, FormAnswers? answers, IReadOnlyDictionary<string, string> errors, bool consents, CancellationToken cancellationToken)
    {
        var said = await reader.WordsAsync(desk.Rules, cancellationToken);
        var pack = desk.Rules.Pack;
        var nothing = new IntakeEntry.Nothing(pack.Categories, desk.Rules);
        var wrong = errors.ToDictionary(e => e.Key, e => Say(e.Value), StringComparer.Ordinal);
        IReadOnlyList<FormField> Fill(IReadOnlyList<FormField> fields) => answers?.Fill(fields, wrong) ?? fields;

        var sensitive = PortalForms.Sensitive(desk.Own, pack).Count > 0;
        return new PortalPage
        {
            Process = desk.Process,
            ProcessName = said.Process,
            Others =
            [
                .. Public(await configurations.CurrentAsync(cancellationToken)).Where(p => p.Pack.Identity.Id != desk.Process)
                    .Select(p => new OtherProcess($"{PortalServices.Path}/{Uri.EscapeDataString(p.Pack.Identity.Id)}", p.Pack.Identity.Name.In(PackWords.Language))),
            ],
            Kinds = [.. pack.Identity.Kinds.Select(k => new Choice(k.Kind, said.Option("kind", k.Kind)))],
            Kind = desk.Kind,
            Matter = Fill(forms.Matter(desk.Form, desk.Kind, said, nothing, desk.Rules.Calendar(pack.Identity.Calendar))),
            IdentityChoices = [.. Identities.All.Select(i => new Choice(i, words[$"Identity_{i}"]))],
            Identity = answers?.Values.GetValueOrDefault("identity", []) is [var identity, ..] ? identity : Identities.Open,
            Contact = Fill(
            [
                new FormField { Key = "phone", Label = words["Phone"], Type = FieldType.Text, Help = words["PhoneHelp"], Wide = true },
                new FormField { Key = "email", Label = words["Email"], Type = FieldType.Text, Wide = true },
                new FormField { Key = "name", Label = words["Name"], Type = FieldType.Text, Wide = true },
            ]),
            Notice = words["Notice", options.Value.YearsKept],
            Consent = !sensitive ? null
                : options.Value.PassedTo is { } body ? words["ConsentPassed", body.In(PackWords.Language)].Value : words["Consent"].Value,
            Consents = consents,
            Emergency = options.Value.EmergencyPhone,
            Key = tokens.Create(),
        };
    }

    /// <summary>Registers; the same token again answers the first case.</summary>
    /// <param name="entry">What was typed, with nothing wrong.</param>
    /// <param name="answers">As typed.</param>
    /// <param name="files">What was received with it.</param>
    /// <param name="token">What the form's token is known by.</param>
    /// <param name="cancellationToken">Stops before it is committed.</param>
    public async Task<PortalAnswer> RegisterAsync(PortalEntry entry, FormAnswers answers, IReadOnlyList<Attachment> files, string token, CancellationToken cancellationToken)
    {
        var isNew = false;
        try
        {
            var (_, answer) = await cases.OnceAsync(
                new RequestKey("portal", "portal/" + token, HashOf(entry, answers, files)),
                async transaction =>
                {
                    isNew = true;
                    var registered = await cases.RegisterAsync(
                        transaction, entry.Registration with { Attachments = files }, new Performer { Actor = Actor.ComplainantByPortal }, cancellationToken);
                    return (StatusCodes.Status201Created, JsonSerializer.Serialize(registered!.Complaint.Id.Value));
                },
                clock.GetUtcNow(), cancellationToken);
            return new PortalAnswer(JsonSerializer.Deserialize<Guid>(answer), isNew);
        }
        catch (RuleViolationException violation)
        {
            return new PortalAnswer(null, false, violation.Rule == CaseRuntime.KeyReused ? words["SentBefore"] : words["NotTaken"]);
        }
        catch (StoreBusyException)
        {
            return new PortalAnswer(null, false, texts.Say("busy"));
        }
    }

    /// <summary>The receipt of a case that was just registered.</summary>
    public async Task<ReceiptPage?> ReceiptAsync(Guid id, Promises promises, CancellationToken cancellationToken) =>
        await cases.ReadAsync(id, cancellationToken) is { Complaint: { TrackingSealed: { } kept } complaint } read && codes.Open(kept) is { } code
            ? new ReceiptPage
            {
                Number = complaint.Number,
                Kind = complaint.Kind,
                Code = code,
                Promises = promises.Of(complaint, read.Rules, await reader.WordsAsync(read.Rules, cancellationToken)),
                Zone = read.Rules.Zone,
            }
            : null;

    private string Say(string code) => words[code] is { ResourceNotFound: false } own ? own : texts.Say(code);

    private static IEnumerable<ProcessVersionInUse> Public(CaseConfiguration configuration) => configuration.Published.Values
        .Where(p => PortalDesk.ChannelOf(p.Pack) is not null)
        .OrderByDescending(p => p.Pack.Identity.Id == configuration.DefaultProcess).ThenBy(p => p.Pack.Identity.Id, StringComparer.Ordinal);

    private static string HashOf(PortalEntry entry, FormAnswers answers, IReadOnlyList<Attachment> files) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{entry.Registration.Process}\n{entry.Registration.Kind}\n{TaskPanels.Draft(answers)}\n{string.Join(' ', files.Select(f => f.Sha256))}")));
}

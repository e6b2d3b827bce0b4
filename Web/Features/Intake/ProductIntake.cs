using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Forms;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Privacy;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Registers what comes in by the forms of the published processes.</summary>
public sealed class ProductIntake(
    CaseRuntime cases, StoredConfigurations configurations, IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access, People people,
    CaseReader reader, IntakeForms forms, IntakeSuggestion suggestion, RuleTexts texts, ITrackingCodes codes, TimeProvider clock, IHttpContextAccessor http,
    ITempDataDictionaryFactory temp, IOptions<PrivacyOptions> privacy, IStringLocalizer<IntakeWords> words) : IIntake
{
    private const int LongestKey = 100;

    public async Task<IntakePage?> FormAsync(IntakeChoice choice, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(choice, user, cancellationToken) is not { } desk)
        {
            return null;
        }

        return new IntakePage
        {
            Processes = [.. desk.Configuration.Published.Values.Where(p => p.Pack.Identity.Id != privacy.Value.RequestProcess).Select(p => new Choice(p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language)))],
            Process = desk.Process,
            Kinds = [.. desk.Rules.Pack.Identity.Kinds.Select(k => new Choice(k.Kind, desk.Words.Option("kind", k.Kind)))],
            Kind = desk.Kind,
            Complainant = forms.Complainant(desk.Words, desk.Rules.Calendar(desk.Rules.Pack.Identity.Calendar), desk.Now),
            Matter = await MatterAsync(desk, cancellationToken),
            FileFacts = desk.FileFacts,
            Key = Guid.NewGuid().ToString(),
            SkipsReadBack = !desk.Form.ReadBack,
        };
    }

    public async Task<IntakeAside> SuggestAsync(IntakeChoice choice, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(choice, user, cancellationToken) is { } desk
            ? await suggestion.GetAsync(desk.Read(answers, texts), desk.Rules, desk.Words, desk.Scope, desk.Now, cancellationToken)
            : new IntakeAside();

    public async Task<IntakeReview> ReviewAsync(IntakeChoice choice, FormAnswers answers, StagedForm files, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(choice, user, cancellationToken) is not { } desk)
        {
            return new IntakeReview(new Dictionary<string, string>(), null, new IntakeAside());
        }

        var entry = desk.Read(files.Into(answers, desk.FileFacts), texts);
        var aside = await suggestion.GetAsync(entry, desk.Rules, desk.Words, desk.Scope, desk.Now, cancellationToken);
        return new IntakeReview(entry.Errors, entry.Errors.Count > 0 ? null : await ReadBackAsync(desk, answers, files, entry, cancellationToken), aside);
    }

    public async Task<IntakeAnswer> RegisterAsync(
        IntakeChoice choice, FormAnswers answers, StagedForm files, string key, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(choice, user, cancellationToken) is not { } desk)
        {
            return new IntakeAnswer(null, new Dictionary<string, string>(), texts.Say("process-unknown"));
        }

        var entry = desk.Read(files.Into(answers, desk.FileFacts), texts);
        if (entry.Errors.Count > 0)
        {
            return new IntakeAnswer(null, entry.Errors);
        }

        var performer = desk.Person.AsPerformer();
        try
        {
            var (_, answer) = await cases.OnceAsync(
                string.IsNullOrEmpty(key) || key.Length > LongestKey ? null : new RequestKey(desk.Person.Id, "intake/" + key, HashOf(desk, answers, files)),
                async transaction =>
                {
                    var registered = await cases.RegisterAsync(transaction, entry.Registration with { Attachments = files.Attachments }, performer, cancellationToken);
                    return (StatusCodes.Status201Created, JsonSerializer.Serialize(registered!.Complaint.Id.Value));
                },
                desk.Now, cancellationToken);
            var id = JsonSerializer.Deserialize<Guid>(answer);
            await ShowCodeOnceAsync(id, cancellationToken);
            return new IntakeAnswer(id, entry.Errors);
        }
        catch (RuleViolationException violation)
        {
            return new IntakeAnswer(null, entry.Errors, texts.Say(violation.Rule, desk.Rules.Pack));
        }
        catch (StoreBusyException)
        {
            return new IntakeAnswer(null, entry.Errors, texts.Say("busy"));
        }
    }

    /// <summary>The next page tells the tracking code, also when the form came twice; it is kept nowhere in between but in a protected cookie.</summary>
    private async Task ShowCodeOnceAsync(Guid id, CancellationToken cancellationToken)
    {
        if (http.HttpContext is { } context && await cases.ReadAsync(id, cancellationToken) is { Complaint: { TrackingSealed: { } kept } complaint }
            && codes.Open(kept) is { } code)
        {
            temp.GetTempData(context)[CasePageQuery.TrackingCode] = $"{complaint.Number}|{code}";
        }
    }

    private async Task<ReadBack> ReadBackAsync(Desk desk, FormAnswers answers, StagedForm files, IntakeEntry entry, CancellationToken cancellationToken)
    {
        var none = new Dictionary<string, string>();
        var complainant = answers.Fill(forms.Complainant(desk.Words, desk.Rules.Calendar(desk.Rules.Pack.Identity.Calendar), desk.Now).Fields, none)
            .Where(f => !entry.Registration.Complainant.Anonymous || f.Key is not ("name" or "phone" or "email"));
        var matter = files.Fill(answers.Fill((await MatterAsync(desk, cancellationToken)).Fields, none), IntakeForms.ComesAlong)
            .Where(f => !f.ReadOnly && (f.Type == FieldType.Files || f.Key is "subject" or "description" or "respondentDepartment" or "respondentPerson" || entry.Facts.ContainsKey(f.Key)));
        var lines = complainant.Concat(matter)
            .Select(f => new ReadBackLine(f.Label, Said(f)))
            .Where(line => line.Value.Length > 0);
        return new ReadBack(words["ReadBack", entry.Registration.Subject], [.. lines]);
    }

    private string Said(Shared.FormField field) => field.Type == FieldType.Rows
        ? field.Rows.Count == 0 ? "" : words["RowCount", field.Rows.Count]
        : string.Join(words["ListSeparator"], field.Read(words["Yes"], words["No"])).Replace('T', field.Type == FieldType.Instant ? ' ' : 'T');

    private async Task<FormPage> MatterAsync(Desk desk, CancellationToken cancellationToken)
    {
        var known = (await people.AllAsync(cancellationToken)).Select(p => new Choice(p.Id, p.Name));
        var packForms = new PackForms(
            desk.Words, new IntakeEntry.Nothing(desk.Rules.Pack.Categories, desk.Rules), desk.Rules.Calendar(desk.Rules.Pack.Identity.Calendar), [.. known], null);
        var matter = forms.Matter(desk.Form, packForms, desk.Words);
        return matter with { Fields = [.. matter.Fields, forms.Along()] };
    }

    private static string HashOf(Desk desk, FormAnswers answers, StagedForm files) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{desk.Process}\n{desk.Kind}\n{TaskPanels.Draft(answers)}\n{string.Join(' ', files.Taken.Select(f => f.File.Sha256))}")));

    private async Task<Desk?> OpenAsync(IntakeChoice choice, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var key = string.IsNullOrEmpty(choice.Process) ? configuration.DefaultProcess : choice.Process;
        if (!scope.HasCases || key is null || key == privacy.Value.RequestProcess || !configuration.Published.TryGetValue(key, out var process))
        {
            return null;
        }

        // another process may not know the kind chosen before
        var kinds = process.Pack.Identity.Kinds;
        var kind = kinds.FirstOrDefault(k => k.Kind == choice.Kind) ?? (kinds.Count > 0 ? kinds[0] : null);
        var rules = configuration.RulesFor(process, configuration.LimitsVersion(key));
        return kind is null ? null : new Desk(
            person, scope, configuration, key, kind.Kind, rules.Form(kind.Form), rules, await reader.WordsAsync(rules, cancellationToken), clock.GetUtcNow());
    }

    private sealed record Desk(
        Person Person, CaseScope Scope, CaseConfiguration Configuration, string Process, string Kind, FormDefinition Form, CaseRules Rules, PackWords Words,
        DateTimeOffset Now)
    {
        public IReadOnlyList<string> FileFacts { get; } = IntakeForms.FileFacts(Form, Rules.Pack);

        public IntakeEntry Read(FormAnswers answers, RuleTexts texts) => IntakeEntry.Read(Process, Kind, Form, Rules, answers, Now, texts);
    }
}

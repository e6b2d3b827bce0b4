using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Bindings;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>What came of installing: a draft, or the page that says why not.</summary>
public sealed record InstallAnswer(string Key, int Version, GalleryPack? Refused = null);

/// <summary>What came of bringing a pack: the ticket it is looked at with, or why it was refused.</summary>
public sealed record BroughtPack(string? Ticket, IReadOnlyList<string> Errors);

/// <summary>Which pack: one that ships, by its id, or one that was brought, by its ticket.</summary>
/// <param name="Key">The id; null for one that was brought.</param>
/// <param name="Ticket">The ticket; null for one that ships.</param>
public sealed record PackSource(string? Key, string? Ticket)
{
    /// <summary>Where it is looked at, and what is chosen goes to.</summary>
    public string Href => Ticket is null ? $"/gallery/{Uri.EscapeDataString(Key!)}" : $"/gallery/looked-at?pack={Uri.EscapeDataString(Ticket)}";
}

/// <summary>What was chosen before a pack is installed.</summary>
/// <param name="Readings">Readings of the policy as they were typed.</param>
/// <param name="Names">What its names are here.</param>
/// <param name="Note">What is said about it as a version; null: nothing.</param>
public sealed record InstallChoices(IReadOnlyDictionary<string, string> Readings, NameChoices Names, string? Note = null);

/// <summary>Lists the packs that ship, shows one before it is installed, installs it as a draft; publishing is the page of its findings' matter.</summary>
public sealed class GalleryPages(
    ShippedPacks shipped, LookedAtPacks brought, UploadedPacks uploads, IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ProcessInstaller installer,
    OrganisationNames organisation, NameRows rows, StoredNames names, People people, IStringLocalizer<GalleryText> text, IStringLocalizer<ProcessesText> processText)
{
    private const int MostFindings = 50;
    private const int LongestNote = 1_000;

    /// <summary>Takes a pack that is brought to look at it. Nothing of it is stored as a process.</summary>
    /// <returns>Null for who may not.</returns>
    public async Task<BroughtPack?> BringAsync(IFormFile? zip, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner)
        {
            return null;
        }

        var uploaded = await uploads.ReadAsync(zip, cancellationToken);
        if (uploaded.Error is { } error)
        {
            return new BroughtPack(null, [error]);
        }

        var read = PackReader.Read(uploaded.Files);
        if (read.Pack is not null)
        {
            return new BroughtPack(await brought.KeepAsync(uploaded.Zip, owner.Id, cancellationToken), []);
        }

        var errors = read.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
            .Select(finding => text["FoundAt", finding.Message.In(PackWords.Language), finding.File, finding.JsonPath].Value).Distinct(StringComparer.Ordinal).ToList();
        return new BroughtPack(null, errors.Count <= MostFindings ? errors : [.. errors.Take(MostFindings), text["AndMore", errors.Count - MostFindings].Value]);
    }

    /// <summary>The packs, narrowed by a word or a kind of organisation.</summary>
    public async Task<GalleryList> ListAsync(string? q, string? sector, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var published = (await configurations.CurrentAsync(cancellationToken)).Published;
        var all = shipped.All.Values.Select(one => (Shipped: one, Pack: one.Pack!)).ToList();
        var found = all.Where(one => (string.IsNullOrEmpty(sector) || KindOf(one.Pack) == sector)
            && (string.IsNullOrWhiteSpace(q) || new[] { one.Pack.Identity.Id, one.Pack.Identity.Name.Zh, one.Pack.Identity.Name.En, one.Pack.Identity.PolicyTitle.Zh, one.Pack.Identity.PolicyTitle.En }
                .Any(name => name.Contains(q.Trim(), StringComparison.OrdinalIgnoreCase))));
        return new GalleryList
        {
            Q = q,
            Sector = sector,
            Sectors = [new Choice("", text["AllSectors"], all.Count), .. all.GroupBy(one => KindOf(one.Pack) ?? "").Where(group => group.Key.Length > 0)
                .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Choice(group.Key, group.Key, group.Count()))],
            Cards = [.. found.Select(one => new GalleryCard(
                one.Pack.Identity.Id, one.Pack.Identity.Name.In(PackWords.Language), KindOf(one.Pack), one.Pack.Identity.Clauses.Count, one.Pack.Levels.Levels.Count,
                one.Pack.Limits.Count, one.Pack.Identity.Kinds.Count, one.Shipped.Findings.Count(finding => finding.Severity == FindingSeverity.Error),
                published.GetValueOrDefault(one.Pack.Identity.Id)?.Version)).OrderBy(card => card.Name, StringComparer.CurrentCulture)],
            Total = all.Count,
            MayInstall = await OwnerAsync(user, cancellationToken) is not null,
        };
    }

    /// <summary>A pack in full; null where there is none, or the reader may not look at it.</summary>
    /// <param name="source">Which.</param>
    /// <param name="typed">What was chosen already; null: the defaults, and the names that are called the same here.</param>
    /// <param name="wrong">Names that cannot be bound as they were chosen.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GalleryPack?> GetAsync(
        PackSource source, InstallChoices? typed, IReadOnlyDictionary<string, NameMistake>? wrong, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var owner = await OwnerAsync(user, cancellationToken);
        if (await FindAsync(source, owner, cancellationToken) is not { Pack: { } pack } found)
        {
            return null;
        }

        var (language, key, words) = (PackWords.Language, pack.Identity.Id, new ProcessWords(processText));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await db.ProcessVersions.AsNoTracking().FirstOrDefaultAsync(p => p.ProcessKey == key && p.State == ProcessVersionState.Draft, cancellationToken);
        var published = (await configurations.CurrentAsync(cancellationToken)).Published.GetValueOrDefault(key);
        var here = await organisation.ReadAsync(cancellationToken);
        var taken = await ProcessInstaller.TakenAsync(db, pack, cancellationToken);
        return new GalleryPack
        {
            Href = source.Href,
            Name = pack.Identity.Name.In(language),
            Sector = KindOf(pack),
            Policy = pack.Identity.PolicyTitle.In(language),
            Version = pack.Identity.Version,
            Installed = published?.Version,
            Draft = draft?.Version,
            MayInstall = owner is not null && taken.Count == 0,
            IsOwner = owner is not null,
            Holds =
            [
                (text["Kinds"], pack.Identity.Kinds.Count), (text["Channels"], pack.Identity.Channels.Count), (text["Facts"], pack.OwnFacts.Count), (text["Forms"], pack.Forms.Count),
                (text["Tables"], pack.Tables.Count), (text["Limits"], pack.Limits.Count), (text["Chains"], pack.Chains.Count), (text["Gates"], pack.Gates.Count),
                (text["Calculators"], pack.Calculators.Count), (text["Templates"], pack.Templates.Count), (text["Reports"], pack.Reports.Count), (text["Scenarios"], pack.Scenarios.Count),
            ],
            Levels = [.. pack.Levels.Levels.Select(level => level.Name.In(language))],
            Limits = [.. pack.Limits.Select(limit => SentenceOf(limit, pack, language))],
            Names = rows.Of(pack, here, typed?.Names, wrong) with { IsReadOnly = owner is null },
            Settings = [.. pack.Identity.Settings.Select(one => SettingOf(one, typed?.Readings, language))],
            Findings = [.. taken.Concat(found.Findings).Where(finding => finding.Severity != FindingSeverity.Note).Select(finding => finding.Message.In(language)).Distinct(StringComparer.Ordinal)
                .Take(MostFindings)],
            Error = taken.Count > 0 ? text["Taken", taken[0].Message.In(language)].Value : null,
            Comparison = Compared(pack, published?.Version ?? draft?.Version, published?.Pack ?? PackOf(draft), NameBinding.Of(pack, here, typed?.Names ?? NameChoices.Nothing, out _)),
            Note = typed?.Note,
            NoteError = typed?.Note?.Length > LongestNote ? text["NoteTooLong", LongestNote].Value : null,
            Diagrams = [.. pack.Identity.Kinds.DistinctBy(kind => kind.Workflow).Where(kind => pack.Workflows.ContainsKey(kind.Workflow))
                .Select(kind => WorkflowDiagram.Of(pack, kind.Workflow, processText["WorkflowOf", words.Kind(kind.Kind)], language))],
            Clauses = [.. pack.Identity.Clauses.Select(clause => (clause.Id, clause.Text.In(language)))],
        };
    }

    /// <summary>
    /// Stores a pack as the next draft of its process: with the organisation's names in it, the readings chosen being its defaults. It is one commit, so that
    /// nothing is half installed. Null for who may not, or where there is none.
    /// </summary>
    public async Task<InstallAnswer?> InstallAsync(PackSource source, InstallChoices chosen, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner || await FindAsync(source, owner, cancellationToken) is not { Pack: { } pack })
        {
            return null;
        }

        var key = pack.Identity.Id;
        var binding = NameBinding.Of(pack, await organisation.ReadAsync(cancellationToken), chosen.Names, out var wrong);

        // what was not asked keeps its default
        if (wrong.Count > 0 || chosen.Note?.Length > LongestNote || pack.Identity.Settings.Any(setting => chosen.Readings.TryGetValue(setting.Key, out var typed) && Read(setting, typed) is null))
        {
            return new InstallAnswer(key, 0, (await GetAsync(source, chosen, wrong, user, cancellationToken))! with { Error = text["ChooseAgain"] });
        }

        var (files, bound, errors) = ProcessNames.Written(pack, binding);
        if (bound is null || errors.Count > 0)
        {
            return new InstallAnswer(key, 0, (await GetAsync(source, chosen, null, user, cancellationToken))! with { Error = names.Broken(errors) });
        }

        var imported = await installer.ImportAsync(WithReadings(files, pack, chosen.Readings), string.IsNullOrWhiteSpace(chosen.Note) ? text["InstalledNote"] : chosen.Note.Trim(), binding, owner.AsPerformer().Actor, cancellationToken);
        return imported.Version is { } version
            ? new InstallAnswer(imported.Key, version)
            : new InstallAnswer(key, 0, (await GetAsync(source, chosen, null, user, cancellationToken))! with
            {
                Error = imported.Findings.Count > 0 ? imported.Findings[0].Message.In(PackWords.Language) : text["NotInstalled"],
            });
    }

    /// <summary>Which process uses what: those that ship and those published here.</summary>
    public async Task<CoveragePage> CoverageAsync(CancellationToken cancellationToken) => CoverageCsv.Of(
        (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(one => one.Pack).Concat(shipped.All.Values.Select(one => one.Pack!))
            .DistinctBy(pack => pack.Identity.Id, StringComparer.Ordinal).OrderBy(pack => pack.Identity.Id, StringComparer.Ordinal),
        PackWords.Language);

    private ComparisonPart? Compared(ProcessPack pack, int? version, ProcessPack? before, NameBinding binding) => version is { } of && before is not null
        ? new VersionComparisons(processText).With(pack.Identity.Id, of, before, ProcessNames.Written(pack, binding).Pack ?? pack, text["ThisPack"])
        : null;

    private static ProcessPack? PackOf(ProcessVersion? stored) => stored is null ? null : PackReader.Read(StoredConfigurations.FilesOf(stored.PackJson)).Pack;

    private GallerySetting SettingOf(SettingDefinition setting, IReadOnlyDictionary<string, string>? typed, string language)
    {
        var value = typed?.GetValueOrDefault(setting.Key) ?? (setting.Default.Boolean is { } yes ? (yes ? "true" : "false") : FactText.Plain(setting.Default));
        return new GallerySetting(
            setting.Key, setting.Question.In(language),
            setting.Type == FactType.Boolean ? [new Choice("true", text["Yes"]), new Choice("false", text["No"])] : [.. (setting.Options ?? []).Select(option => new Choice(option.Key, option.Name?.In(language) ?? option.Key))],
            value, typed?.GetValueOrDefault(setting.Key) is { } wrong && Read(setting, wrong) is null ? text["WrongReading"].Value : null);
    }

    private static string? KindOf(ProcessPack pack) => pack.Identity.OrganisationKind?.In(PackWords.Language);

    // as JSON of the setting's type; null where it is none of its values
    private static JsonNode? Read(SettingDefinition setting, string? typed)
    {
        JsonNode? json = typed is null ? null : setting.Type switch
        {
            FactType.Number => decimal.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
            FactType.Boolean => typed is "true" or "false" ? JsonValue.Create(typed == "true") : null,
            _ => JsonValue.Create(typed),
        };
        return json is not null && setting.Accept(JsonSerializer.SerializeToElement(json)).IsGood ? json : null;
    }

    private static Dictionary<string, string> WithReadings(IReadOnlyDictionary<string, string> files, ProcessPack pack, IReadOnlyDictionary<string, string> readings)
    {
        var own = new Dictionary<string, string>(files, StringComparer.Ordinal);
        var json = (JsonObject)JsonNode.Parse(own["pack.json"])!;
        var isChanged = false;
        foreach (var setting in (json["settings"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            var definition = pack.Identity.Settings.FirstOrDefault(one => one.Key == (string?)setting["key"]);
            if (definition is not null && Read(definition, readings.GetValueOrDefault(definition.Key)) is { } chosen && definition.Accept(JsonSerializer.SerializeToElement(chosen)).Value != definition.Default)
            {
                setting["default"] = chosen;
                isChanged = true;
            }
        }

        // exactly as it ships where nothing was chosen otherwise
        if (isChanged)
        {
            own["pack.json"] = DefinitionMeaning.Write(json);
        }

        return own;
    }

    private async Task<ShippedPack?> FindAsync(PackSource source, Person? owner, CancellationToken cancellationToken)
    {
        if (source.Ticket is null)
        {
            return shipped.All.GetValueOrDefault(source.Key!);
        }

        return owner is not null && await brought.FindAsync(source.Ticket, owner.Id, cancellationToken) is { } zip && uploads.Open(zip) is { Error: null } opened ? ShippedPacks.Read(opened.Files) : null;
    }

    // a pack that is brought may have a limit that cannot be counted, which its findings say
    private static string SentenceOf(LimitDefinition limit, ProcessPack pack, string language)
    {
        try
        {
            return limit.Rule(pack.Settings(), pack.Facts).ToSentence(language);
        }
        catch (InvalidTimeRuleException)
        {
            return limit.Name.In(language);
        }
    }

    /// <summary>The reader installs packs.</summary>
    public async ValueTask<bool> IsOwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => await OwnerAsync(user, cancellationToken) is not null;

    /// <summary>What is said where a pack that was brought is not there any more.</summary>
    public string Gone => text["Gone"];

    private async ValueTask<Person?> OwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.ProcessOwner) ? person : null;
}

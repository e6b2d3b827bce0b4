using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Departments;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>What came of installing: a draft, or the page that says why not.</summary>
public sealed record InstallAnswer(string Key, int Version, GalleryPack? Refused = null);

/// <summary>Lists the packs that ship, shows one before it is installed, installs it as a draft; publishing is the page of its findings' matter.</summary>
public sealed class GalleryPages(
    ShippedPacks shipped, IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ProcessInstaller installer, People people,
    IDepartmentPages chart, IStringLocalizer<GalleryText> text)
{
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

    /// <summary>A pack in full; null where there is none.</summary>
    /// <param name="key">Its id.</param>
    /// <param name="isDraft">The draft that lies here, not the pack that ships.</param>
    /// <param name="typed">Readings as they were typed; null: the defaults.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GalleryPack?> GetAsync(string key, bool isDraft, IReadOnlyDictionary<string, string>? typed, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var owner = await OwnerAsync(user, cancellationToken);
        if ((isDraft && owner is null) || await FindAsync(key, isDraft, cancellationToken) is not { Pack: { } pack } found)
        {
            return null;
        }

        var language = PackWords.Language;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var departments = (await db.Departments.AsNoTracking().Select(d => d.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var held = await db.Memberships.AsNoTracking().GroupBy(m => m.Role).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancellationToken);
        return new GalleryPack
        {
            Key = key,
            Name = pack.Identity.Name.In(language),
            Sector = KindOf(pack),
            Policy = pack.Identity.PolicyTitle.In(language),
            Version = pack.Identity.Version,
            IsDraft = isDraft,
            Installed = (await configurations.CurrentAsync(cancellationToken)).Published.GetValueOrDefault(key)?.Version,
            MayInstall = owner is not null,
            MayAddDepartments = await IsAdministratorAsync(user, cancellationToken) && pack.Organisation.Departments.Any(one => !departments.Contains(one.Key)),
            Holds =
            [
                (text["Kinds"], pack.Identity.Kinds.Count), (text["Channels"], pack.Identity.Channels.Count), (text["Facts"], pack.OwnFacts.Count), (text["Forms"], pack.Forms.Count),
                (text["Tables"], pack.Tables.Count), (text["Limits"], pack.Limits.Count), (text["Chains"], pack.Chains.Count), (text["Gates"], pack.Gates.Count),
                (text["Calculators"], pack.Calculators.Count), (text["Templates"], pack.Templates.Count), (text["Reports"], pack.Reports.Count), (text["Scenarios"], pack.Scenarios.Count),
            ],
            Levels = [.. pack.Levels.Levels.Select(level => level.Name.In(language))],
            Limits = [.. pack.Limits.Select(limit => limit.Rule(pack.Settings(), pack.Facts).ToSentence(language))],
            Departments = [.. pack.Organisation.Departments.Select(one => new GalleryUnit(one.Key, one.Name.In(language), departments.Contains(one.Key), 0))],
            Roles = [.. pack.Organisation.Roles.Select(one => new GalleryUnit(one.Key, one.Name.In(language), held.ContainsKey(one.Key), held.GetValueOrDefault(one.Key)))],
            Settings = [.. pack.Identity.Settings.Select(one => SettingOf(one, typed, language))],
            Findings = [.. found.Findings.Where(finding => finding.Severity != FindingSeverity.Note).Select(finding => finding.Message.In(language)).Distinct(StringComparer.Ordinal).Take(50)],
            Diagrams = [.. pack.Identity.Kinds.DistinctBy(kind => kind.Workflow).Select(kind => WorkflowDiagram.Of(pack, kind.Workflow, kind.Workflow, language))],
            Clauses = [.. pack.Identity.Clauses.Select(clause => (clause.Id, clause.Text.In(language)))],
        };
    }

    /// <summary>Stores a pack as the next draft of its process, the readings chosen being its defaults; null for who may not, or where there is none.</summary>
    public async Task<InstallAnswer?> InstallAsync(string key, bool isDraft, IReadOnlyDictionary<string, string> readings, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner || await FindAsync(key, isDraft, cancellationToken) is not { Pack: { } pack } found)
        {
            return null;
        }

        // what was not asked keeps its default
        if (pack.Identity.Settings.Any(setting => readings.TryGetValue(setting.Key, out var typed) && Read(setting, typed) is null))
        {
            return new InstallAnswer(key, 0, await GetAsync(key, isDraft, readings, user, cancellationToken));
        }

        var imported = await installer.ImportAsync(WithReadings(found.Files, pack, readings), text["InstalledNote"], owner.AsPerformer().Actor, cancellationToken);
        return imported.Version is { } version
            ? new InstallAnswer(imported.Key, version)
            : new InstallAnswer(key, 0, (await GetAsync(key, isDraft, readings, user, cancellationToken))! with { Error = imported.Findings.Count > 0 ? imported.Findings[0].Message.In(PackWords.Language) : text["NotInstalled"] });
    }

    /// <summary>Puts the departments the pack speaks of into the chart, at its top and without a head; those that are in it stay as they are. False for who may not, or where there is none.</summary>
    public async Task<bool> AddDepartmentsAsync(string key, bool isDraft, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!await IsAdministratorAsync(user, cancellationToken) || await FindAsync(key, isDraft, cancellationToken) is not { Pack: { } pack })
        {
            return false;
        }

        // one that is there already is refused as taken, which is what is wanted
        foreach (var one in pack.Organisation.Departments)
        {
            await chart.SaveAsync(null, new DepartmentEdit { Key = one.Key, NameZh = one.Name.Zh, NameEn = one.Name.En }, user, cancellationToken);
        }

        return true;
    }

    /// <summary>Which process uses what: those that ship and those published here.</summary>
    public async Task<CoveragePage> CoverageAsync(CancellationToken cancellationToken) => CoverageCsv.Of(
        (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(one => one.Pack).Concat(shipped.All.Values.Select(one => one.Pack!))
            .DistinctBy(pack => pack.Identity.Id, StringComparer.Ordinal).OrderBy(pack => pack.Identity.Id, StringComparer.Ordinal),
        PackWords.Language);

    private GallerySetting SettingOf(SettingDefinition setting, IReadOnlyDictionary<string, string>? typed, string language)
    {
        var value = typed?.GetValueOrDefault(setting.Key) ?? (setting.Default.Boolean is { } yes ? (yes ? "true" : "false") : FactText.Plain(setting.Default));
        return new GallerySetting(
            setting.Key, setting.Question.In(language),
            setting.Type == FactType.Boolean ? [new Choice("true", text["Yes"]), new Choice("false", text["No"])] : [.. (setting.Options ?? []).Select(option => new Choice(option.Key, option.Name?.In(language) ?? option.Key))],
            value, typed?.GetValueOrDefault(setting.Key) is { } wrong && Read(setting, wrong) is null ? text["WrongReading"].Value : null);
    }

    // as JSON of the setting's type; null where it is none of its values
    private static string? KindOf(ProcessPack pack) => pack.Identity.OrganisationKind?.In(PackWords.Language);

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

    private async Task<ShippedPack?> FindAsync(string key, bool isDraft, CancellationToken cancellationToken)
    {
        if (!isDraft)
        {
            return shipped.All.GetValueOrDefault(key);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.State == ProcessVersionState.Draft).OrderByDescending(p => p.Version).Select(p => p.PackJson).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
        {
            return null;
        }

        var files = StoredConfigurations.FilesOf(json);
        var read = PackReader.Read(files);
        return new ShippedPack(files, read.Pack, read.Pack is { } pack ? [.. read.Findings.Concat(ProcessInstaller.Check(pack)).Distinct()] : read.Findings);
    }

    private async ValueTask<bool> IsAdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator);

    private async ValueTask<Person?> OwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.ProcessOwner) ? person : null;
}

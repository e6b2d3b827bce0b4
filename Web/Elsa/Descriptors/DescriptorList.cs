using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Elsa.Definitions;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using PackOrganisation = CaseManagement.Domain.Packs.Organisation;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>Every activity somebody can use or meet in a definition, kept until the configuration changes; Studio asks after each save.</summary>
public sealed class DescriptorList(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ActivityDescriptors descriptors, ActivityTexts texts)
{
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<(string Language, string? Process), Kept> _kept = new();
    private readonly ConcurrentDictionary<string, Used> _used = new(StringComparer.Ordinal);

    /// <summary>The answer as UTF-8 JSON and its entity tag.</summary>
    public async Task<(byte[] Body, string Tag)> GetAsync(string language, string? process, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stamp = await db.ConfigurationStamps.Select(s => s.Version).SingleAsync(cancellationToken);
        if (_kept.TryGetValue((language, process), out var kept) && kept.Stamp == stamp)
        {
            return (kept.Body, kept.Tag);
        }

        var reader = await ReaderAsync(db, language, process, cancellationToken);
        var items = descriptors.All(reader).Concat(await WorkflowsAsync(db, language, cancellationToken)).ToList();
        var known = items.Select(i => i.Text("typeName")!).ToHashSet(StringComparer.Ordinal);
        items.AddRange((await UsedTypesAsync(db, cancellationToken)).Where(t => !known.Contains(t)).Select(t => descriptors.Unknown(t, language)));
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count }, ElsaController.Written);
        kept = new Kept(stamp, body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        _kept[(language, process)] = kept;
        return (kept.Body, kept.Tag);
    }

    /// <summary>The choices of one input; null where there is no such input.</summary>
    public async Task<JsonObject?> OptionsAsync(string typeName, string input, string language, string? process, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = descriptors.Find(typeName, await ReaderAsync(db, language, process, cancellationToken));
        return ((found?["inputs"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(i => i.Text("name") == input)?["uiSpecifications"] as JsonObject)?.DeepClone() as JsonObject;
    }

    // the newest version of the process, which is the one under edit; without a process only what the organisation has
    private async Task<DescriptorReader> ReaderAsync(CaseManagementDbContext db, string language, string? process, CancellationToken cancellationToken)
    {
        var json = process is null
            ? null
            : await db.ProcessVersions.Where(p => p.ProcessKey == process).OrderByDescending(p => p.Version).Select(p => p.PackJson).FirstOrDefaultAsync(cancellationToken);
        if (json is not null && PackReader.Read(StoredConfigurations.FilesOf(json)).Pack is { } pack)
        {
            return new DescriptorReader(language, pack.Organisation, pack);
        }

        var departments = await db.Departments.AsNoTracking().OrderBy(d => d.Key).Select(d => new Named(d.Key, new BilingualText(d.NameZh, d.NameEn))).ToListAsync(cancellationToken);
        var held = await db.Memberships.Select(m => m.Role).Distinct().ToListAsync(cancellationToken);
        var named = (await configurations.CurrentAsync(cancellationToken)).Published.Values.SelectMany(p => p.Pack.Organisation.Roles).DistinctBy(r => r.Key);
        return new DescriptorReader(language, new PackOrganisation(departments, [.. named.Where(r => held.Contains(r.Key))], []), null);
    }

    private async Task<IEnumerable<JsonObject>> WorkflowsAsync(CaseManagementDbContext db, string language, CancellationToken cancellationToken)
    {
        var rows = db.WorkflowDefinitions.AsNoTracking().Where(d => d.IsPublished && EF.Functions.Like(d.Json, "%\"usableAsActivity\"%true%")).OrderBy(d => d.Name).ThenBy(d => d.Id);
        var published = await StoredDefinition.In(db, rows).ToListAsync(cancellationToken);
        var described = published.Where(d => JsonNode.Parse(d.Row.Json)?["options"] is JsonObject options && options.Flag("usableAsActivity"))
            .Select(d => WorkflowActivities.Describe(d, texts.Category("Composition")!.In(language))).ToList();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var descriptor in described)
        {
            // Studio tells activities apart by type; workflows may share a name
            while (!types.Add(descriptor.Text("typeName")!))
            {
                descriptor["typeName"] = descriptor.Text("typeName") + "_";
            }
        }

        return described;
    }

    // types in versions that can be opened from the list; a draft is read again only when it was saved since
    private async Task<IReadOnlySet<string>> UsedTypesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var versions = await db.WorkflowDefinitions.AsNoTracking().Where(d => d.IsLatest || d.IsPublished)
            .Select(d => new { d.Id, d.SavedAt, d.Json.Length }).ToListAsync(cancellationToken);
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in versions)
        {
            if (!_used.TryGetValue(version.Id, out var used) || used.SavedAt != version.SavedAt || used.Length != version.Length)
            {
                var json = await db.WorkflowDefinitions.Where(d => d.Id == version.Id).Select(d => d.Json).FirstOrDefaultAsync(cancellationToken);
                _used[version.Id] = used = new Used(version.SavedAt, version.Length, TypesIn(json));
            }

            types.UnionWith(used.Types);
        }

        return types;
    }

    private IReadOnlyList<string> TypesIn(string? json) =>
        json is not null && JsonNode.Parse(json)?["root"] is JsonObject root
            ? [.. NodeIds.In(root).Select(a => a.Activity.Text("type")!).Distinct(StringComparer.Ordinal).Where(t => !descriptors.IsKnown(t))]
            : [];

    private sealed record Kept(long Stamp, byte[] Body, string Tag);

    private sealed record Used(DateTimeOffset? SavedAt, int Length, IReadOnlyList<string> Types);
}

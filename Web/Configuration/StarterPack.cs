using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// Makes the pack of a new process: the shipped starter (registration and handling forms, first reply within 24 hours, resolution within
/// 7 days, messages) with the organisation's own departments and roles, around a workflow somebody draws.
/// </summary>
public sealed class StarterPack(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations)
{
    private static readonly Lazy<Dictionary<string, string>> Shipped = new(() => PackFiles.ReadFolder(Path.Combine(FirstRun.ShippedFolder, "_starter")));

    /// <summary>The starter's files with what the organisation has; <see cref="For"/> makes them those of a process.</summary>
    public async Task<Dictionary<string, string>> FilesAsync(CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(Shipped.Value, StringComparer.Ordinal);
        files["organisation.json"] = DefinitionMeaning.Write(await OrganisationAsync((JsonObject)JsonNode.Parse(files["organisation.json"])!, cancellationToken));
        return files;
    }

    /// <summary>The files of a new process.</summary>
    /// <param name="files">Of <see cref="FilesAsync"/>.</param>
    /// <param name="key">Its key.</param>
    /// <param name="name">What it is called, in both languages until somebody translates it.</param>
    /// <param name="definitionId">The workflow that runs complaints.</param>
    /// <param name="workflow">Its definition.</param>
    public static Dictionary<string, string> For(IReadOnlyDictionary<string, string> files, string key, string name, string definitionId, string workflow)
    {
        var own = new Dictionary<string, string>(files, StringComparer.Ordinal);
        var pack = (JsonObject)JsonNode.Parse(own["pack.json"])!;
        pack["id"] = key;
        pack["name"] = Both(name);
        pack["policy"]!["title"] = Both(name);
        pack["kinds"]![0]!["workflow"] = definitionId;
        own["pack.json"] = DefinitionMeaning.Write(pack);
        own[ProcessDrafts.PathOf(definitionId)] = workflow;
        return own;
    }

    // what the starter's limits and forms name stays; what the organisation has comes on top and wins
    private async Task<JsonObject> OrganisationAsync(JsonObject starter, CancellationToken cancellationToken)
    {
        var published = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(p => p.Pack.Organisation).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var departments = await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken);
        var held = await db.Memberships.Select(m => m.Role).Distinct().ToListAsync(cancellationToken);
        Merge(
            (JsonArray)starter["departments"]!,
            departments.Select(d => Entry(d.Key, new BilingualText(d.NameZh, d.NameEn))),
            replace: departments.Count > 0);
        Merge(
            (JsonArray)starter["roles"]!,
            published.SelectMany(o => o.Roles).DistinctBy(r => r.Key).Where(r => held.Contains(r.Key)).Select(RoleEntry),
            replace: false);
        return starter;
    }

    private static void Merge(JsonArray entries, IEnumerable<JsonObject> own, bool replace)
    {
        if (replace)
        {
            entries.Clear();
        }

        foreach (var entry in own)
        {
            var at = entries.Select((e, i) => (Key: (string?)e!["key"], At: i)).FirstOrDefault(e => e.Key == (string?)entry["key"], (Key: null, At: -1)).At;
            if (at < 0)
            {
                entries.Add(entry);
            }
            else
            {
                entries[at] = entry;
            }
        }
    }

    private static JsonObject RoleEntry(PackRole role)
    {
        var entry = Entry(role.Key, role.Name);
        if (role.PerDepartment)
        {
            entry["perDepartment"] = true;
        }

        return entry;
    }

    private static JsonObject Entry(string key, BilingualText name) => new() { ["key"] = key, ["name"] = new JsonObject { ["zh"] = name.Zh, ["en"] = name.En } };

    private static JsonObject Both(string name) => new() { ["zh"] = name, ["en"] = name };
}

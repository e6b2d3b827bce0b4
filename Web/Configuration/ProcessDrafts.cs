using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>What was saved is no workflow of a process that could be opened again; nothing was stored.</summary>
public sealed class UnreadableDraftException(IReadOnlyList<Finding> findings) : Exception("The process could not be read with this workflow.")
{
    /// <summary>What is wrong, at least one.</summary>
    public IReadOnlyList<Finding> Findings { get; } = findings;
}

/// <summary>
/// Workflows of processes under edit. What is saved goes into the pack of the newest version while that is a draft, else into a new draft
/// made from it. Works inside the caller's transaction.
/// </summary>
public sealed class ProcessDrafts(ProcessInstaller installer, TimeProvider clock)
{
    public static readonly Rule WasPublished = new("process-was-published", "A process that was published cannot be deleted; retract it.");
    public static readonly Rule KindRunsOnIt = new("workflow-starts-a-kind", "The process starts a kind of case with this workflow.");

    /// <summary>Puts a workflow into the draft.</summary>
    /// <exception cref="UnreadableDraftException">The pack could not be read with it.</exception>
    public async Task<WorkflowDefinitionVersion> SaveAsync(
        CaseManagementDbContext db, WorkflowDefinitionVersion latest, JsonObject definition, string? editor, Actor by, CancellationToken cancellationToken)
    {
        var (key, definitionId) = (latest.ProcessKey!, latest.DefinitionId);
        var newest = await NewestAsync(db, key, cancellationToken);
        var files = StoredConfigurations.FilesOf(newest.PackJson);
        var version = newest.State == ProcessVersionState.Draft ? newest.Version : newest.Version + 1;
        Identify(definition, key, version, definitionId);
        if (newest.State != ProcessVersionState.Draft)
        {
            definition["createdAt"] = clock.GetUtcNow();
        }

        Rename(files, latest.Name, NameOf(definition, definitionId));
        files[PathOf(definitionId)] = DefinitionMeaning.Write(definition);
        var pack = Read(files);
        if (newest.State != ProcessVersionState.Draft)
        {
            await installer.AddDraftAsync(db, pack, null, by, cancellationToken);
        }
        else
        {
            newest.PackJson = JsonSerializer.Serialize(files);
        }

        var row = db.WorkflowDefinitions.Local.SingleOrDefault(d => d.DefinitionId == definitionId && d.ProcessVersion == version)
            ?? await db.WorkflowDefinitions.SingleOrDefaultAsync(d => d.DefinitionId == definitionId && d.ProcessVersion == version, cancellationToken);
        if (row is null)
        {
            // the newest version had lost this workflow; it comes back
            row = await installer.DefinitionAsync(db, key, version, definitionId, files[PathOf(definitionId)], by, cancellationToken);
            db.WorkflowDefinitions.Add(row);
        }

        row.Json = files[PathOf(definitionId)];
        row.Name = NameOf(definition, definitionId);
        (row.SavedBy, row.SavedAt, row.SavedIn) = (by.Id, clock.GetUtcNow(), editor);
        return row;
    }

    /// <summary>Deletes one version of a process; only a draft can be.</summary>
    /// <exception cref="RuleViolationException"><see cref="WasPublished"/></exception>
    public async Task DeleteVersionAsync(CaseManagementDbContext db, string key, int version, CancellationToken cancellationToken)
    {
        var stored = await db.ProcessVersions.SingleAsync(p => p.ProcessKey == key && p.Version == version, cancellationToken);
        RuleViolationException.ThrowUnless(stored.State == ProcessVersionState.Draft, WasPublished);
        var workflows = await db.WorkflowDefinitions.Where(d => d.ProcessKey == key && d.ProcessVersion == version).ToListAsync(cancellationToken);
        db.ProcessVersions.Remove(stored);
        await RemoveAsync(db, workflows, cancellationToken);
    }

    /// <summary>Deletes a workflow and, where it was the only one, its process; only what was never published can be.</summary>
    /// <returns>Whether the process is gone.</returns>
    /// <exception cref="RuleViolationException"><see cref="WasPublished"/>, <see cref="KindRunsOnIt"/></exception>
    public async Task<bool> DeleteAsync(CaseManagementDbContext db, string key, string definitionId, CancellationToken cancellationToken)
    {
        var versions = await db.ProcessVersions.Where(p => p.ProcessKey == key).ToListAsync(cancellationToken);
        RuleViolationException.ThrowUnless(versions.TrueForAll(p => p.PublishedAt is null), WasPublished);
        var workflows = await db.WorkflowDefinitions.Where(d => d.ProcessKey == key).ToListAsync(cancellationToken);
        if (workflows.TrueForAll(d => d.DefinitionId == definitionId))
        {
            db.ProcessVersions.RemoveRange(versions);
            db.WorkflowDefinitions.RemoveRange(workflows);
            return true;
        }

        foreach (var version in versions)
        {
            var files = StoredConfigurations.FilesOf(version.PackJson);
            if (files.Remove(PathOf(definitionId)))
            {
                RuleViolationException.ThrowUnless(Read(files).Identity.Kinds.All(k => k.Workflow != definitionId), KindRunsOnIt);
                version.PackJson = JsonSerializer.Serialize(files);
            }
        }

        db.WorkflowDefinitions.RemoveRange(workflows.Where(d => d.DefinitionId == definitionId));
        return false;
    }

    /// <summary>The process was never published and holds no other workflow.</summary>
    public async Task<bool> IsNewAsync(CaseManagementDbContext db, string key, string definitionId, CancellationToken cancellationToken) =>
        await db.ProcessVersions.Where(p => p.ProcessKey == key).AllAsync(p => p.PublishedAt == null, cancellationToken)
        && await db.WorkflowDefinitions.Where(d => d.ProcessKey == key).AllAsync(d => d.DefinitionId == definitionId, cancellationToken);

    internal static Task<ProcessVersion> NewestAsync(CaseManagementDbContext db, string key, CancellationToken cancellationToken) =>
        db.ProcessVersions.Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version).FirstAsync(cancellationToken);

    /// <summary>Takes rows away; the highest version left of each definition is the latest.</summary>
    internal static async Task RemoveAsync(CaseManagementDbContext db, IReadOnlyList<WorkflowDefinitionVersion> rows, CancellationToken cancellationToken)
    {
        db.WorkflowDefinitions.RemoveRange(rows);
        foreach (var row in rows.Where(d => d.IsLatest))
        {
            var next = await db.WorkflowDefinitions.Where(d => d.DefinitionId == row.DefinitionId && d.Version != row.Version)
                .OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken);
            if (next is not null)
            {
                next.IsLatest = true;
            }
        }
    }

    /// <summary>The pack of these files.</summary>
    /// <exception cref="UnreadableDraftException">There is none.</exception>
    internal static ProcessPack Read(IReadOnlyDictionary<string, string> files)
    {
        var read = PackReader.Read(files);
        return read.Pack ?? throw new UnreadableDraftException(read.Findings);
    }

    internal static string PathOf(string definitionId) => $"workflows/{definitionId}.json";

    internal static string NameOf(JsonObject definition, string otherwise) =>
        definition["name"] is JsonValue value && value.TryGetValue<string>(out var name) && !string.IsNullOrWhiteSpace(name) ? name : otherwise;

    internal static void Identify(JsonObject definition, string key, int version, string definitionId)
    {
        definition["id"] = Workflows.Cases.ProcessVersionInUse.IdOf(key, version, definitionId);
        definition["definitionId"] = definitionId;
        definition["version"] = version;
        definition["isLatest"] = true;
        definition["isPublished"] = false;
    }

    // a process made in the designer is called as its workflow is
    private static void Rename(Dictionary<string, string> files, string before, string after)
    {
        if (before == after || JsonNode.Parse(files["pack.json"]) is not JsonObject pack || pack["name"] is not JsonObject name
            || (string?)name["zh"] != before || (string?)name["en"] != before)
        {
            return;
        }

        (name["zh"], name["en"]) = (after, after);
        if (pack["policy"]?["title"] is JsonObject title && (string?)title["zh"] == before && (string?)title["en"] == before)
        {
            (title["zh"], title["en"]) = (after, after);
        }

        files["pack.json"] = DefinitionMeaning.Write(pack);
    }
}

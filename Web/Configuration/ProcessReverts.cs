using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Makes a draft with what an earlier version of a process says. Cases and published versions stay as they are.</summary>
public sealed class ProcessReverts(IConfigurationWriter writer, ConfigurationAudit audit, ProcessInstaller installer)
{
    public static readonly Rule DraftInTheWay = new("process-draft-exists", "The process has a draft already, which would be lost.");

    /// <summary>Stores the content of a version as the draft.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version whose content is wanted.</param>
    /// <param name="replaces">The draft whose content may be lost; null: there must be none.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version of the draft.</returns>
    /// <exception cref="RuleViolationException"><see cref="ProcessInstaller.VersionUnknown"/>, <see cref="DraftInTheWay"/></exception>
    public async Task<int> ToDraftAsync(string key, int version, int? replaces, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var all = await db.ProcessVersions.Where(p => p.ProcessKey == key).ToListAsync(cancellationToken);
                var wanted = all.Find(p => p.Version == version) ?? throw new RuleViolationException(ProcessInstaller.VersionUnknown);
                var pack = PackReader.Read(StoredConfigurations.FilesOf(wanted.PackJson)).Pack ?? throw new RuleViolationException(ProcessInstaller.HasFindings);
                var newest = all.MaxBy(p => p.Version)!;
                RuleViolationException.ThrowUnless((newest.State == ProcessVersionState.Draft ? newest.Version : null) == replaces && version != replaces, DraftInTheWay);
                var draft = replaces is null
                    ? await installer.AddDraftAsync(db, pack, null, by, cancellationToken)
                    : await ReplaceAsync(db, newest, pack, by, cancellationToken);
                await audit.RecordAsync(db, $"process:{key}", "process.reverted", by, new JsonObject { ["version"] = draft, ["from"] = version }, cancellationToken);
                return draft;
            },
            cancellationToken);

    /// <summary>Puts a pack into a draft in place of what it holds.</summary>
    internal async Task<int> ReplaceAsync(CaseManagementDbContext db, ProcessVersion draft, ProcessPack pack, Actor by, CancellationToken cancellationToken)
    {
        draft.PackJson = JsonSerializer.Serialize(pack.Files);
        var rows = await db.WorkflowDefinitions.Where(d => d.ProcessKey == draft.ProcessKey && d.ProcessVersion == draft.Version).ToListAsync(cancellationToken);
        db.WorkflowDefinitions.RemoveRange(rows.Where(row => !pack.Workflows.ContainsKey(row.DefinitionId)));
        foreach (var (definitionId, json) in pack.Workflows)
        {
            if (rows.Find(row => row.DefinitionId == definitionId) is { } row)
            {
                row.Json = json;
                row.Name = WorkflowDefinition.Parse(json).Name ?? definitionId;
            }
            else
            {
                db.WorkflowDefinitions.Add(await installer.DefinitionAsync(db, draft.ProcessKey, draft.Version, definitionId, json, by, cancellationToken));
            }
        }

        return draft.Version;
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A save from an editor, or a file that came in.</summary>
/// <param name="Content">Makes the definition of what is stored now (null: nothing yet); may change what it is given.</param>
/// <param name="Token">What the editor was given when it opened the definition; null for a file.</param>
/// <param name="By">Who saves.</param>
public sealed record DefinitionSave(Func<JsonObject?, JsonObject> Content, DraftToken? Token, Actor By);

/// <summary>
/// Changes workflow definitions: of processes, and those of their own. Every change is one commit with its audit entry. Cases and instances
/// stay on the versions they run.
/// </summary>
public sealed class DefinitionEditing(
    IConfigurationWriter writer, ConfigurationAudit audit, ProcessInstaller installer, ProcessDrafts processes, OwnDefinitions own,
    StarterPack starter, TimeProvider clock)
{
    public static readonly Rule Unknown = new("definition-unknown", "There is no such workflow definition.");
    public static readonly Rule NameMissing = new("definition-name-missing", "A workflow needs a name.");
    public static readonly Rule NameTooLong = new("definition-name-too-long", $"A name has at most {LongestName} characters and no control characters.");

    public const int LongestName = 200;

    // a version's id names process and workflow, and fits the columns of keys
    private const int LongestKey = 50;

    // a busy author is told of once an hour
    private static readonly TimeSpan BetweenEntries = TimeSpan.FromHours(1);

    /// <summary>Saves a definition. What means the same as what is stored is not stored again.</summary>
    /// <exception cref="RuleViolationException"><see cref="Unknown"/>, <see cref="NameMissing"/>, <see cref="NameTooLong"/></exception>
    /// <exception cref="StaleDraftException">Somebody else saved meanwhile.</exception>
    /// <exception cref="DefinitionFormatException">It is no definition.</exception>
    /// <exception cref="UnreadableDraftException">The process could not be read with it.</exception>
    public ValueTask<StoredDefinition> SaveAsync(string definitionId, DefinitionSave save, CancellationToken cancellationToken) =>
        ChangeAsync(definitionId, async (db, _, latest) =>
        {
            if (save.Token is { } token && !token.IsCurrent(latest))
            {
                throw new StaleDraftException(latest.SavedBy, latest.SavedAt, latest.Version);
            }

            var stored = (JsonObject)JsonNode.Parse(latest.Json)!;
            var definition = Checked(save.Content((JsonObject)stored.DeepClone()));
            return DefinitionMeaning.Same(stored, definition)
                ? latest
                : await StoreAsync(db, latest, definition, save, "draft.saved", cancellationToken);
        }, cancellationToken);

    /// <summary>Makes a definition that is not there yet: a process around it, or one of its own.</summary>
    /// <param name="wantedId">The definition's id; null or one of other than letters, digits, hyphens and underscores: one is made.</param>
    /// <param name="asProcess">False for a definition that belongs to no process.</param>
    /// <param name="save">What it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="SaveAsync" path="/exception"/>
    public async ValueTask<StoredDefinition> CreateAsync(string? wantedId, bool asProcess, DefinitionSave save, CancellationToken cancellationToken)
    {
        var definition = Checked(save.Content(null));
        var name = ProcessDrafts.NameOf(definition, "");
        var wanted = wantedId is { Length: > 0 and <= LongestKey } && wantedId.All(IsPlain) ? wantedId : KeyFrom(name);
        var files = asProcess ? await starter.FilesAsync(cancellationToken) : null;
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var id = await FreeIdAsync(db, wanted, cancellationToken);
                var row = files is null
                    ? own.Add(db, id, (JsonObject)definition.DeepClone(), save.Token?.Editor, save.By)
                    : await AddProcessAsync(db, files, id, name, (JsonObject)definition.DeepClone(), save, cancellationToken);
                await RecordAsync(db, row, files is null ? "definition.created" : "process.created", save.By, null, cancellationToken);
                return new StoredDefinition(row, IsDraft: true);
            },
            cancellationToken);
    }

    /// <summary>Publishes the latest version: of a process with everything in it, of a definition of its own alone.</summary>
    /// <returns>The definition, and whether it was published already.</returns>
    /// <exception cref="RuleViolationException"><see cref="Unknown"/>, <see cref="ProcessInstaller.HasFindings"/></exception>
    /// <exception cref="UnrunnableDefinitionException">A definition of its own has findings.</exception>
    /// <exception cref="PowersNotConfirmedException">Its process gives something away, which is confirmed on the process's page.</exception>
    public async ValueTask<(StoredDefinition Definition, bool Already)> PublishAsync(
        string definitionId, string? note, Actor by, CancellationToken cancellationToken)
    {
        var already = false;
        var latest = await ChangeAsync(definitionId, async (db, transaction, row) =>
        {
            already = row.IsPublished;
            if (row.ProcessKey is null && !already)
            {
                await own.PublishAsync(db, transaction, row, cancellationToken);
                await RecordAsync(db, row, "definition.published", by, note, cancellationToken);
            }

            return row;
        }, cancellationToken);
        if (latest.ProcessKey is { } key && !already)
        {
            await installer.PublishAsync(key, latest.Row.ProcessVersion!.Value, note, by, confirms: null, cancellationToken);
            latest = await ChangeAsync(definitionId, (_, _, row) => Task.FromResult(row), cancellationToken);
        }

        return (latest, already);
    }

    /// <summary>Nothing new starts on the definition, or on its process; what runs goes on.</summary>
    /// <exception cref="RuleViolationException"><see cref="Unknown"/>, <see cref="OwnDefinitions.NotPublished"/>, <see cref="ProcessInstaller.NotPublished"/></exception>
    public async ValueTask<StoredDefinition> RetractAsync(string definitionId, Actor by, CancellationToken cancellationToken)
    {
        var latest = await ChangeAsync(definitionId, async (db, transaction, row) =>
        {
            if (row.ProcessKey is null)
            {
                var retracted = await own.RetractAsync(db, transaction, definitionId, cancellationToken);
                await RecordAsync(db, retracted, "definition.retracted", by, null, cancellationToken);
            }

            return row;
        }, cancellationToken);
        if (latest.ProcessKey is { } key)
        {
            await installer.RetractAsync(key, by, cancellationToken);
            latest = await ChangeAsync(definitionId, (_, _, row) => Task.FromResult(row), cancellationToken);
        }

        return latest;
    }

    /// <summary>Puts an earlier version's content into the draft; one is made where the latest version is none.</summary>
    /// <exception cref="RuleViolationException"><see cref="Unknown"/></exception>
    public ValueTask<StoredDefinition> RevertAsync(string definitionId, int version, Actor by, CancellationToken cancellationToken) =>
        ChangeAsync(definitionId, async (db, _, latest) =>
        {
            var json = await db.WorkflowDefinitions.Where(d => d.DefinitionId == definitionId && d.Version == version).Select(d => d.Json)
                .SingleOrDefaultAsync(cancellationToken) ?? throw new RuleViolationException(Unknown);
            return await StoreAsync(
                db, latest, (JsonObject)JsonNode.Parse(json)!, new DefinitionSave(stored => stored!, null, by), "definition.reverted", cancellationToken);
        }, cancellationToken);

    /// <summary>Deletes what was never published; a process goes with its only workflow. All or nothing.</summary>
    /// <exception cref="RuleViolationException">
    /// <see cref="Unknown"/>, <see cref="ProcessDrafts.WasPublished"/>, <see cref="ProcessDrafts.KindRunsOnIt"/>, <see cref="OwnDefinitions.WasPublished"/>
    /// </exception>
    public async ValueTask DeleteAsync(IReadOnlyList<string> definitionIds, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                foreach (var id in definitionIds)
                {
                    var row = await db.WorkflowDefinitions.SingleOrDefaultAsync(d => d.DefinitionId == id && d.IsLatest, cancellationToken)
                        ?? throw new RuleViolationException(Unknown);
                    var isProcess = row.ProcessKey is { } key && await processes.DeleteAsync(db, key, id, cancellationToken);
                    if (row.ProcessKey is null)
                    {
                        await OwnDefinitions.DeleteAsync(db, id, cancellationToken);
                    }

                    await RecordAsync(db, row, isProcess ? "process.deleted" : "definition.deleted", by, null, cancellationToken);
                    await db.SaveChangesAsync(cancellationToken);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Deletes one draft version; of a process with everything in it.</summary>
    /// <exception cref="RuleViolationException">
    /// <see cref="Unknown"/>, <see cref="ProcessDrafts.WasPublished"/>, <see cref="OwnDefinitions.WasPublished"/>
    /// </exception>
    public async ValueTask DeleteVersionAsync(string id, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var row = await db.WorkflowDefinitions.SingleOrDefaultAsync(d => d.Id == id, cancellationToken) ?? throw new RuleViolationException(Unknown);
                if (row.ProcessKey is { } key)
                {
                    await processes.DeleteVersionAsync(db, key, row.ProcessVersion!.Value, cancellationToken);
                }
                else
                {
                    await OwnDefinitions.DeleteVersionAsync(db, row, cancellationToken);
                }

                await RecordAsync(db, row, "draft.deleted", by, null, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Runs the failed steps of an instance of a definition of its own again. What fails again is an incident again.</summary>
    /// <exception cref="RuleViolationException"><see cref="Workflows.Cases.CaseRuntime.NothingToRetry"/></exception>
    public async ValueTask RetryAsync(string definitionId, Guid instance, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                RuleViolationException.ThrowUnless(await own.RetryAsync(transaction, instance, cancellationToken), Workflows.Cases.CaseRuntime.NothingToRetry);
                await audit.RecordAsync(db, $"definition:{definitionId}", "instance.retried", by, new JsonObject { ["instance"] = instance }, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>A key from a name: its Latin letters and digits.</summary>
    public static string KeyFrom(string name)
    {
        var words = string.Join('-', name.ToLowerInvariant().Split([.. name.ToLowerInvariant().Where(c => !char.IsAsciiLetterOrDigit(c))], StringSplitOptions.RemoveEmptyEntries));
        return words.Length is > 0 and <= LongestKey ? words : $"workflow-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }

    private async Task<WorkflowDefinitionVersion> AddProcessAsync(
        CaseManagementDbContext db, Dictionary<string, string> files, string definitionId, string name, JsonObject definition, DefinitionSave save,
        CancellationToken cancellationToken)
    {
        var key = KeyFrom(definitionId);
        if (key != definitionId)
        {
            key = await FreeIdAsync(db, key, cancellationToken);
        }

        ProcessDrafts.Identify(definition, key, 1, definitionId);
        definition["createdAt"] = clock.GetUtcNow();
        var pack = ProcessDrafts.Read(StarterPack.For(files, key, name, definitionId, DefinitionMeaning.Write(definition)));
        await installer.AddDraftAsync(db, pack, null, save.By, cancellationToken);
        var row = db.WorkflowDefinitions.Local.Single(d => d.DefinitionId == definitionId);
        row.SavedIn = save.Token?.Editor;
        return row;
    }

    private async ValueTask<StoredDefinition> ChangeAsync(
        string definitionId, Func<CaseManagementDbContext, ICaseTransaction, WorkflowDefinitionVersion, Task<WorkflowDefinitionVersion>> change,
        CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var latest = await db.WorkflowDefinitions.SingleOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsLatest, cancellationToken)
                    ?? throw new RuleViolationException(Unknown);
                var row = await change(db, transaction, latest);
                var version = row.ProcessKey is null
                    ? null
                    : db.ProcessVersions.Local.SingleOrDefault(p => p.ProcessKey == row.ProcessKey && p.Version == row.ProcessVersion)
                        ?? await db.ProcessVersions.AsNoTracking().SingleOrDefaultAsync(p => p.ProcessKey == row.ProcessKey && p.Version == row.ProcessVersion, cancellationToken);
                return new StoredDefinition(row, row.ProcessKey is null ? row.PublishedAt is null : version?.State == ProcessVersionState.Draft);
            },
            cancellationToken);

    private async Task<WorkflowDefinitionVersion> StoreAsync(
        CaseManagementDbContext db, WorkflowDefinitionVersion latest, JsonObject definition, DefinitionSave save, string entry, CancellationToken cancellationToken)
    {
        if (latest.ProcessKey is { } key && IsForOthers(definition) && await processes.IsNewAsync(db, key, latest.DefinitionId, cancellationToken))
        {
            return await LeaveProcessAsync(db, latest, definition, save, cancellationToken);
        }

        var row = latest.ProcessKey is null
            ? own.Save(db, latest, definition, save.Token?.Editor, save.By)
            : await processes.SaveAsync(db, latest, definition, save.Token?.Editor, save.By, cancellationToken);
        await RecordAsync(db, row, entry, save.By, null, cancellationToken);
        return row;
    }

    // every definition starts as a process; one that says it is to be used in others, and takes no cases, turns out to be none
    private async Task<WorkflowDefinitionVersion> LeaveProcessAsync(
        CaseManagementDbContext db, WorkflowDefinitionVersion latest, JsonObject definition, DefinitionSave save, CancellationToken cancellationToken)
    {
        await processes.DeleteAsync(db, latest.ProcessKey!, latest.DefinitionId, cancellationToken);
        await RecordAsync(db, latest, "process.deleted", save.By, null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var row = own.Add(db, latest.DefinitionId, definition, save.Token?.Editor, save.By);
        await RecordAsync(db, row, "definition.created", save.By, null, cancellationToken);
        return row;
    }

    private static bool IsForOthers(JsonObject definition) =>
        WorkflowDefinition.From(definition).Options.UsableAsActivity && !definition.ToJsonString().Contains("\"CaseManagement.", StringComparison.Ordinal);

    private async Task RecordAsync(
        CaseManagementDbContext db, WorkflowDefinitionVersion row, string type, Actor by, string? note, CancellationToken cancellationToken)
    {
        var stream = row.ProcessKey is { } key ? $"process:{key}" : $"definition:{row.DefinitionId}";
        var since = clock.GetUtcNow() - BetweenEntries;
        var ofVersion = $"\"version\":{row.Version},";
        if (type == "draft.saved" && await db.ConfigurationEvents.AnyAsync(
            e => e.Stream == stream && e.Type == type && e.ActorId == by.Id && e.At > since && e.Data.Contains(ofVersion), cancellationToken))
        {
            return;
        }

        var data = new JsonObject { ["version"] = row.Version, ["workflow"] = row.DefinitionId };
        if (note is not null)
        {
            data["note"] = note;
        }

        await audit.RecordAsync(db, stream, type, by, data, cancellationToken);
    }

    private static async Task<string> FreeIdAsync(CaseManagementDbContext db, string wanted, CancellationToken cancellationToken)
    {
        var id = wanted;
        while (await db.WorkflowDefinitions.AnyAsync(d => d.DefinitionId == id, cancellationToken)
            || await db.ProcessVersions.AnyAsync(p => p.ProcessKey == id, cancellationToken))
        {
            id = $"{wanted}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        }

        return id;
    }

    private static JsonObject Checked(JsonObject definition)
    {
        var parsed = WorkflowDefinition.From(definition);
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(parsed.Name), NameMissing);
        RuleViolationException.ThrowUnless(parsed.Name!.Length <= LongestName && !parsed.Name.Any(IsUnsafe), NameTooLong);
        if (parsed.ToUtf8().Length > DefinitionLimits.MaxBytes)
        {
            throw new DefinitionFormatException("too-large", $"A definition may take {DefinitionLimits.MaxBytes} bytes.");
        }

        return definition;
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    // control characters, and the marks that make text read in another order than it is written
    private static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF';
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A process as its editors show it: the draft where there is one, so that nothing in it is lost; else the version in use; else the newest.</summary>
/// <param name="Version">The version.</param>
/// <param name="State">Its state; what is saved goes into the draft, which is made where this is none.</param>
/// <param name="Pack">What it holds.</param>
/// <param name="Last">The newest change of it by an editor that can be taken back; null: there is none.</param>
public sealed record OpenedDraft(int Version, ProcessVersionState State, ProcessPack Pack, UndoableStep? Last)
{
    public string Key => Pack.Identity.Id;

    /// <summary>The elements of a list; of an empty path the file itself.</summary>
    public IReadOnlyList<JsonNode?> Elements(string file, string list) =>
        Pack.Files.GetValueOrDefault(file) is not { } text || JsonNode.Parse(text) is not JsonObject root ? []
        : list.Length == 0 ? [root]
        : PackStep.ListIn(root, list) is { } found ? [.. found] : [];
}

/// <summary>A change that can be taken back.</summary>
/// <param name="Sequence">Its number in the process's audit.</param>
/// <param name="Step">The change.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
public sealed record UndoableStep(long Sequence, PackStep Step, string By, DateTimeOffset At);

/// <summary>What came of a save.</summary>
/// <param name="Version">The draft; null where nothing was saved.</param>
/// <param name="Problems">Why the pack could not be read with it; nothing was saved then.</param>
/// <param name="IsStale">Somebody else saved the file meanwhile, or it is gone; nothing was saved.</param>
public sealed record SavedStep(int? Version, IReadOnlyList<Finding> Problems, bool IsStale = false);

/// <summary>
/// Changes the parts of a process's draft one by one. Every change is one commit with its audit entry, which holds it before and after, so
/// the newest can be taken back. A draft may have findings; what could not be read again is not saved.
/// </summary>
public sealed class DraftEditing(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, ProcessInstaller installer, StarterPack starter)
{
    public const string Saved = "draft.saved";

    public static readonly Rule KeyTaken = new("process-key-taken", "There is a process or a workflow of that key.");

    private const int StepsLookedAt = 20;

    /// <summary>The process for its editors; null where there is none that can be read.</summary>
    public async Task<OpenedDraft?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await OpenAsync(db, key, cancellationToken);
    }

    /// <summary>Saves a change.</summary>
    /// <param name="key">The process.</param>
    /// <param name="step">The change; it is not made where the element is another by now.</param>
    /// <param name="by">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SavedStep> SaveAsync(string key, PackStep step, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) => await OpenAsync(db, key, cancellationToken) is { } opened
                ? await StoreAsync(db, opened, step, undoes: null, by, cancellationToken)
                : new SavedStep(null, [], IsStale: true),
            cancellationToken);

    /// <summary>What an editor is given with an element and gives back: another one as soon as somebody changes the element.</summary>
    public static string TokenOf(JsonNode? element) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(element?.ToJsonString() ?? "")).AsSpan(0, 12));

    /// <summary>What reading and checking find in a process after a change that were no findings before.</summary>
    public static IReadOnlyList<Finding> NewErrors(OpenedDraft opened, PackStep step)
    {
        if (step.Apply(opened.Pack.Files) is not { } files)
        {
            return [];
        }

        var read = PackReader.Read(files);
        var before = ProcessInstaller.Check(opened.Pack).Where(found => found.Severity == FindingSeverity.Error).Select(found => found.Message.En).ToHashSet(StringComparer.Ordinal);
        return [.. read.Findings.Concat(read.Pack is { } pack ? ProcessInstaller.Check(pack) : []).Where(found => found.Severity == FindingSeverity.Error
            && !before.Contains(found.Message.En)).Distinct()];
    }

    /// <summary>Takes the newest change back.</summary>
    /// <param name="key">The process.</param>
    /// <param name="sequence">The change the reader saw as the newest.</param>
    /// <param name="by">Who does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SavedStep> UndoAsync(string key, long sequence, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) => await OpenAsync(db, key, cancellationToken) is { Last: { } last } opened && last.Sequence == sequence
                ? await StoreAsync(db, opened, last.Step.Inverse, last.Sequence, by, cancellationToken)
                : new SavedStep(null, [], IsStale: true),
            cancellationToken);

    /// <summary>Makes a process: from the starter, with a workflow that takes a case and closes it for each kind, or as a copy of another's newest version.</summary>
    /// <param name="wanted">What it shall be.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException"><see cref="KeyTaken"/>, <see cref="ProcessInstaller.VersionUnknown"/></exception>
    /// <exception cref="UnreadableDraftException">The files make no pack.</exception>
    public async Task<int> CreateAsync(NewProcessFiles wanted, Actor by, CancellationToken cancellationToken)
    {
        var empty = wanted.CopyOf is null ? await starter.FilesAsync(cancellationToken) : null;
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                RuleViolationException.ThrowUnless(!await db.ProcessVersions.AnyAsync(p => p.ProcessKey == wanted.Key, cancellationToken), KeyTaken);
                var files = empty is not null ? wanted.FromStarter(empty)
                    : await OpenAsync(db, wanted.CopyOf!, cancellationToken) is { } source ? wanted.FromCopy(source.Pack.Files)
                    : throw new RuleViolationException(ProcessInstaller.VersionUnknown);
                var pack = ProcessDrafts.Read(files);
                RuleViolationException.ThrowUnless((await ProcessInstaller.TakenAsync(db, pack, cancellationToken)).Count == 0, KeyTaken);
                var version = await installer.AddDraftAsync(db, pack, null, by, cancellationToken);
                var data = new JsonObject { ["version"] = version, ["workflow"] = pack.Identity.Kinds[0].Workflow };
                if (wanted.CopyOf is { } copied)
                {
                    data["from"] = copied;
                }

                await audit.RecordAsync(db, $"process:{wanted.Key}", "process.created", by, data, cancellationToken);
                return version;
            },
            cancellationToken);
    }

    private async Task<SavedStep> StoreAsync(CaseManagementDbContext db, OpenedDraft opened, PackStep step, long? undoes, Actor by, CancellationToken cancellationToken)
    {
        if (step.Apply(opened.Pack.Files) is not { } files)
        {
            return new SavedStep(null, [], IsStale: true);
        }

        var read = PackReader.Read(files);
        if (read.Pack is not { } pack || pack.Identity.Id != opened.Key)
        {
            return new SavedStep(null, [.. read.Findings.Where(found => found.Severity == FindingSeverity.Error)]);
        }

        var version = opened.Version;
        if (opened.State == ProcessVersionState.Draft)
        {
            var stored = await db.ProcessVersions.SingleAsync(p => p.ProcessKey == opened.Key && p.Version == version, cancellationToken);
            stored.PackJson = JsonSerializer.Serialize(files);
        }
        else
        {
            version = await installer.AddDraftAsync(db, pack, null, by, cancellationToken);
        }

        var data = step.ToJson();
        data["version"] = version;
        if (undoes is { } undone)
        {
            data["undoes"] = undone;
        }

        await audit.RecordAsync(db, $"process:{opened.Key}", Saved, by, data, cancellationToken);
        return new SavedStep(version, []);
    }

    /// <summary>The process for its editors, within a transaction.</summary>
    internal static async Task<OpenedDraft?> OpenAsync(CaseManagementDbContext db, string key, CancellationToken cancellationToken)
    {
        var versions = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version)
            .Select(p => new { p.Version, p.State }).ToListAsync(cancellationToken);
        var shown = versions.Find(v => v.State == ProcessVersionState.Draft) ?? versions.Find(v => v.State == ProcessVersionState.Published) ?? (versions.Count > 0
            ? versions[0] : null);
        if (shown is null)
        {
            return null;
        }

        var json = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key && p.Version == shown.Version).Select(p => p.PackJson).SingleAsync(cancellationToken);
        return PackReader.Read(StoredConfigurations.FilesOf(json)).Pack is { } pack
            ? new OpenedDraft(shown.Version, shown.State, pack, shown.State == ProcessVersionState.Draft ? await LastAsync(db, key, shown.Version, pack, cancellationToken) : null)
            : null;
    }

    // what was taken back is passed over, and so is what took it back
    private static async Task<UndoableStep?> LastAsync(CaseManagementDbContext db, string key, int version, ProcessPack pack, CancellationToken cancellationToken)
    {
        var stream = $"process:{key}";
        var entries = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream && e.Type == Saved).OrderByDescending(e => e.Sequence).Take(StepsLookedAt)
            .Select(e => new { e.Sequence, e.Data, e.ActorId, e.ActorName, e.ActorKind, e.At }).ToListAsync(cancellationToken);
        var undone = new HashSet<long>();
        foreach (var entry in entries)
        {
            if (JsonNode.Parse(entry.Data) is not JsonObject data || (int?)data["version"] != version)
            {
                return null;
            }

            if ((long?)data["undoes"] is { } other)
            {
                undone.Add(other);
            }
            else if (!undone.Contains(entry.Sequence) && PackStep.Read(data) is { } step)
            {
                return step.Inverse.Apply(pack.Files) is null ? null
                    : new UndoableStep(entry.Sequence, step, entry.ActorName ?? entry.ActorId ?? entry.ActorKind, entry.At);
            }
        }

        return null;
    }
}

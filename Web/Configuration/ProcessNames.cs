using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Binding;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Binds the departments, roles and channels a process names to those of the organisation, in its draft; running cases keep the names of their version.</summary>
public sealed class ProcessNames(IConfigurationWriter writer, ConfigurationAudit audit, ProcessInstaller installer, ProcessReverts reverts)
{
    /// <summary>The event of a process's audit.</summary>
    public const string Bound = "process.names-bound";

    /// <summary>What an editor is given with a process and gives back: another one as soon as anything in it changes.</summary>
    public static string TokenOf(ProcessPack pack) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', pack.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}\t{file.Value.Length}\t{file.Value}")))).AsSpan(0, 12));

    /// <summary>The files with the organisation's names, and what reading and checking find wrong in them that was right before.</summary>
    public static (Dictionary<string, string> Files, ProcessPack? Pack, IReadOnlyList<Finding> Errors) Written(ProcessPack pack, NameBinding binding)
    {
        var files = PackRenaming.Apply(pack, binding.Names);
        var read = PackReader.Read(files);
        var before = ProcessInstaller.Check(pack).Where(found => found.Severity == FindingSeverity.Error).Select(found => (found.Code, found.File, found.JsonPath)).ToHashSet();
        return (files, read.Pack, [.. read.Findings.Concat(read.Pack is { } whole ? ProcessInstaller.Check(whole) : [])
            .Where(found => found.Severity == FindingSeverity.Error && !before.Contains((found.Code, found.File, found.JsonPath))).Distinct()]);
    }

    /// <summary>Writes the names into the draft, which is made where there is none.</summary>
    /// <param name="key">The process.</param>
    /// <param name="token">Of <see cref="TokenOf"/>, as the reader was shown the process.</param>
    /// <param name="binding">The names.</param>
    /// <param name="by">Who binds them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SavedStep> BindAsync(string key, string token, NameBinding binding, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await DraftEditing.OpenAsync(db, key, cancellationToken) is not { } opened || TokenOf(opened.Pack) != token)
                {
                    return new SavedStep(null, [], IsStale: true);
                }

                var (files, pack, errors) = Written(opened.Pack, binding);
                if (pack is null || errors.Count > 0)
                {
                    return new SavedStep(null, errors);
                }

                var version = opened.Version;
                if (!binding.Names.IsEmpty)
                {
                    version = opened.State == ProcessVersionState.Draft
                        ? await reverts.ReplaceAsync(db, await db.ProcessVersions.SingleAsync(p => p.ProcessKey == key && p.Version == version, cancellationToken), pack, by, cancellationToken)
                        : await installer.AddDraftAsync(db, pack, null, by, cancellationToken);
                }

                await binding.AddDepartmentsAsync(db, audit, by, cancellationToken);
                var data = new JsonObject { ["version"] = version, ["names"] = binding.ToJson() };
                await audit.RecordAsync(db, $"process:{key}", Bound, by, data, cancellationToken);
                return new SavedStep(version, []);
            },
            cancellationToken);
}

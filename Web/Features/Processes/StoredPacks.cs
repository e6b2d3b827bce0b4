using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Packs out of the database, and what becomes of their versions.</summary>
internal sealed class StoredPacks(
    IDbContextFactory<CaseManagementDbContext> contexts, ProcessInstaller installer, ProcessReverts reverts, People people, ReadLog reads, IStringLocalizer<ProcessesText> text) : IProcessPacks
{
    public async Task<byte[]?> ExportAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == version).Select(p => p.PackJson).SingleOrDefaultAsync(cancellationToken);
        if (json is not null)
        {
            await reads.ChainedAsync(ReadLog.ProcessExported, owner.AsPerformer().Actor, new JsonObject { ["process"] = key, ["version"] = version }, cancellationToken);
        }

        return json is null ? null : PackFiles.WriteZip(StoredConfigurations.FilesOf(json));
    }

    public async Task<ActionAnswer> RetractAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner)
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == version)
            .Select(p => (ProcessVersionState?)p.State).SingleOrDefaultAsync(cancellationToken);
        if (state is null)
        {
            return ActionAnswer.NotFound;
        }

        try
        {
            RuleViolationException.ThrowUnless(state == ProcessVersionState.Published, ProcessInstaller.NotPublished);
            await installer.RetractAsync(key, owner.AsPerformer().Actor, cancellationToken);
            return ActionAnswer.Done;
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.NotPublished)
        {
            return ActionAnswer.Refused(text["NotPublished"]);
        }
    }

    public async Task<(ActionAnswer Answer, int Draft)> RevertAsync(string key, int version, int? replaces, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner)
        {
            return (ActionAnswer.NotFound, 0);
        }

        try
        {
            return (ActionAnswer.Done, await reverts.ToDraftAsync(key, version, replaces, owner.AsPerformer().Actor, cancellationToken));
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.VersionUnknown)
        {
            return (ActionAnswer.NotFound, 0);
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessReverts.DraftInTheWay)
        {
            return (ActionAnswer.Refused(text["DraftInTheWay"]), 0);
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.HasFindings)
        {
            return (ActionAnswer.Refused(text["VersionUnreadable"]), 0);
        }
    }

    private async ValueTask<Person?> OwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.ProcessOwner) ? person : null;
}

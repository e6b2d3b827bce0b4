using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using StoredChange = CaseManagement.Web.Persistence.Settings.LimitChange;

namespace CaseManagement.Web.Configuration;

/// <summary>What a change of a limit did.</summary>
/// <param name="Entry">The audit entry, as events of cases name it.</param>
/// <param name="Moved">The clocks counted again; none where it holds for new cases only.</param>
/// <param name="Proposal">The change as it was made.</param>
public sealed record AppliedLimit(string Entry, IReadOnlyList<MovedClock> Moved, LimitProposal Proposal);

/// <summary>
/// Changes time limits: the change, its audit entry and every open clock it counts otherwise, in one commit. The preview counts in the same way and
/// throws the result away.
/// </summary>
public sealed class LimitChanges(
    StoredConfigurations configurations, IConfigurationWriter writer, IDbContextFactory<CaseManagementDbContext> contexts, ConfigurationAudit audit,
    OpenClocks clocks, TimeProvider clock)
{
    /// <summary>The type of the audit event, in the stream of the process.</summary>
    public const string Applied = "limit.applied";

    public static string StreamOf(string process) => $"process:{process}";

    /// <summary>The clocks that a change would count otherwise; none where it holds for new cases only. Stores nothing.</summary>
    /// <exception cref="RuleViolationException">A case cannot be counted under it.</exception>
    /// <exception cref="InvalidTimeRuleException">A case cannot be counted under it.</exception>
    public async Task<IReadOnlyList<MovedClock>> PreviewAsync(LimitProposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Change is not { HoldsForOpenCases: true } || proposal.ConfigurationAfter is not { } after)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await clocks.CountedOtherwiseAsync(db, proposal.Process, new ConfigurationChange(proposal.Now, after, CalendarChanges.Preview), cancellationToken);
    }

    /// <summary>Makes a change.</summary>
    /// <param name="propose">Tries the change under the configuration in force when its turn has come.</param>
    /// <param name="seen">The version that was looked at; null takes whatever is there.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the turn.</param>
    /// <returns>None when somebody changed the limit since it was seen, or there is nothing to undo.</returns>
    /// <exception cref="InvalidInputException">The limit cannot be so; nothing was changed.</exception>
    /// <exception cref="RuleViolationException">A case cannot be counted again; nothing was changed.</exception>
    /// <exception cref="InvalidTimeRuleException">A case cannot be counted again; nothing was changed.</exception>
    public ValueTask<AppliedLimit?> ApplyAsync(
        Func<CaseConfiguration, LimitProposal?> propose, string? seen, string reason, Performer by, CancellationToken cancellationToken) =>
        writer.RunWithContextAsync((db, transaction) => ApplyAsync(db, transaction, propose, seen, reason, by, cancellationToken), cancellationToken);

    /// <summary>Makes a change inside a transaction that does more.</summary>
    /// <inheritdoc cref="ApplyAsync(Func{CaseConfiguration, LimitProposal}, string, string, Performer, CancellationToken)"/>
    public async ValueTask<AppliedLimit?> ApplyAsync(
        CaseManagementDbContext db, ICaseTransaction transaction, Func<CaseConfiguration, LimitProposal?> propose, string? seen, string reason, Performer by,
        CancellationToken cancellationToken)
    {
        var now = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
        if (propose(now) is not { } proposal || (seen is not null && seen != proposal.Version))
        {
            return null;
        }

        if (proposal.Change is not { } change)
        {
            throw new InvalidInputException([.. proposal.Problems.Select(p => new InputProblem(p.Path, p.Code, p.Message.En))]);
        }

        var stream = StreamOf(proposal.Process);
        var data = new JsonObject
        {
            ["limit"] = proposal.Limit,
            ["before"] = proposal.Written?.DeepClone(),
            ["after"] = proposal.WrittenAfter?.DeepClone(),
            ["scope"] = change.HoldsForOpenCases ? "openCases" : "newCases",
            ["reason"] = reason,
        };
        if (proposal.IsOfRows)
        {
            data["rows"] = JsonNode.Parse(change.Patch);
        }

        if (change.Undoes is { } undone)
        {
            data["undoes"] = undone;
        }

        var entry = $"{stream}/{await audit.RecordAsync(db, stream, Applied, by.Actor, data, cancellationToken)}";

        // Cases first: once the change is saved in this transaction, nobody else can read the configuration it makes.
        var moved = change.HoldsForOpenCases
            ? await clocks.CountAgainAsync(db, transaction, proposal.Process, new ConfigurationChange(now, proposal.ConfigurationAfter!, entry), by, cancellationToken)
            : [];
        db.LimitChanges.Add(new StoredChange
        {
            ProcessKey = proposal.Process,
            LimitKey = proposal.Limit,
            Patch = change.Patch,
            Undoes = change.Undoes,
            Scope = change.HoldsForOpenCases ? LimitChangeScope.OpenCases : LimitChangeScope.NewCases,
            Reason = reason,
            By = by.Actor.Id ?? by.Actor.Kind.ToString(),
            ByName = by.Actor.Name ?? "",
            At = clock.GetUtcNow(),
            Entry = entry,
        });
        return new AppliedLimit(entry, moved, proposal);
    }
}

using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;

namespace CaseManagement.Workflows.Cases;

/// <summary>Taking running cases to another version of their process.</summary>
public sealed partial class CaseRuntime
{
    /// <summary>
    /// Takes one running case to another version of its process, in one commit. Finished steps stay finished, what waits goes on waiting, clocks keep
    /// their start and what they have counted. A case that cannot go is as it was.
    /// </summary>
    /// <param name="id">The case.</param>
    /// <param name="order">Where to.</param>
    /// <param name="by">Who moves it.</param>
    /// <param name="dryRun">Everything is worked out and nothing written.</param>
    /// <exception cref="RuleViolationException">There is no such case of that process, or no such version.</exception>
    public async ValueTask<CaseMigration> MigrateAsync(Guid id, MigrationOrder order, Performer by, bool dryRun, CancellationToken cancellationToken)
    {
        var number = "";
        try
        {
            return await _store.RunAsync(
                async transaction =>
                {
                    var burst = _refusing.Open(transaction, cancellationToken);
                    var session = await OpenAsync(transaction, burst, id, by, cancellationToken);
                    RuleViolationException.ThrowUnless(session?.Complaint.Process == order.Process, NoSuchCase);
                    number = session!.Complaint.Number;
                    var version = session.Complaint.ProcessVersion;
                    if (version == order.To)
                    {
                        return new CaseMigration(id, number, MigrationEnd.AlreadyThere);
                    }

                    RuleViolationException.ThrowUnless(version == order.From, MigrationRules.OtherVersion);
                    var configuration = await ConfigurationAsync(transaction, cancellationToken);
                    var target = await VersionAsync(configuration, order.Process, order.To, cancellationToken);
                    var result = await MigrateAsync(burst, session, target, configuration.RulesFor(target, session.Complaint.LimitsVersion), order, cancellationToken);
                    if (!dryRun)
                    {
                        await SaveAsync(transaction, burst, result.Session, cancellationToken);
                    }

                    return result.Migration;
                },
                cancellationToken);
        }
        catch (MigrationRefusedException refused)
        {
            return new CaseMigration(id, number, MigrationEnd.Refused) { Refusals = refused.Refusals };
        }
        catch (RuleViolationException violation) when (number.Length > 0 && violation.Rule.Code != NoProcess.Code)
        {
            return new CaseMigration(id, number, MigrationEnd.Refused) { Refusals = [new MigrationRefusal(violation.Rule.Code, null, violation.Rule.Message)] };
        }
        catch (InvalidTimeRuleException invalid)
        {
            return new CaseMigration(id, number, MigrationEnd.Refused) { Refusals = [new MigrationRefusal(invalid.Code, null, invalid.Message)] };
        }
    }

    private async ValueTask<(CaseMigration Migration, CaseSession Session)> MigrateAsync(
        Burst burst, CaseSession opened, ProcessVersionInUse target, CaseRules rules, MigrationOrder order, CancellationToken cancellationToken)
    {
        var complaint = opened.Complaint;
        var act = new CaseAct(complaint, rules, opened.Act.By, burst.Now, opened.Act.Log);
        var session = new CaseSession(burst, act, opened.Stored, opened.Before, opened.Counting);
        var due = complaint.Clocks.All.Values.Where(c => c.IsOpen).ToDictionary(c => c.Key, c => c.DueAt, StringComparer.Ordinal);
        var kind = rules.Pack.Kind(complaint.Kind) ?? throw new RuleViolationException(MigrationRules.KindGone);
        var plan = await _plans.FindAsync(target.DefinitionVersionId(kind.Workflow), cancellationToken);
        RuleViolationException.ThrowUnless(plan is { CanRun: true }, new Rule("process-cannot-run", $"The workflow {kind.Workflow} of version {order.To} cannot run."));
        var running = complaint.Instances is [.., var newest] && await burst.LoadAsync(newest) is { Executions.Count: > 0 } instance ? instance : null;
        var map = running is null ? null : ActivityMap.Between(running.Plan, plan!, order.Map);
        complaint.MoveTo(act, new VersionMove(order.To, map?.Renamed ?? new Dictionary<string, string>(), order.Reason));
        var report = map is null
            ? new MigrationReport([], [])
            : await burst.MigrateAsync(running!.Id, map, new Dictionary<string, object?> { ["by"] = act.By.Actor.Id, ["reason"] = order.Reason });
        await session.SettleAsync();
        if (burst.Changes.NewFaults.FirstOrDefault() is { } incident)
        {
            throw new MigrationRefusedException([new MigrationRefusal(MigrationRefusals.Fails, incident.ActivityId, incident.Message)]);
        }

        var migration = new CaseMigration(complaint.Id.Value, complaint.Number, MigrationEnd.Moved)
        {
            Clocks = [.. due.Select(d => new MovedClock(d.Key, d.Value, complaint.Clocks.All[d.Key] is { IsOpen: true } clock ? clock.DueAt : null))],
            PassedOver = report.PassedOver,
            DroppedVariables = report.DroppedVariables,
        };
        return (migration, session);
    }
}

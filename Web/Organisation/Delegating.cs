using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>A delegation as somebody wants it; days are those of the organisation's zone, the last one included.</summary>
public sealed record DelegationOrder(string From, string To, DateOnly First, DateOnly Last, string? Reason)
{
    /// <inheritdoc cref="Delegation.IsCover"/>
    public bool IsCover { get; init; }

    /// <inheritdoc cref="Delegation.Processes"/>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <inheritdoc cref="Delegation.Kinds"/>
    public IReadOnlyList<TaskKind> Kinds { get; init; } = [];
}

/// <summary>
/// Sets delegations, ends them and lets them begin and end by their time: each in one commit with its audit event, its notices, and the cases that follow it
/// because whoever acts for somebody kept out of them is kept out too.
/// </summary>
public sealed class Delegating(
    IConfigurationWriter writer, StoredConfigurations configurations, ConfigurationAudit audit, Recusals recusals, People people, TimeProvider clock) : ITimedWork
{
    /// <summary>The kind of timers at which a delegation begins or ends; the payload is its id.</summary>
    public const string TimerKind = "Delegation";

    private const string Turn = "delegations";

    /// <inheritdoc/>
    public string Kind => TimerKind;

    /// <summary>The zone in which days are counted.</summary>
    public static string ZoneOf(CaseConfiguration configuration) =>
        configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";

    /// <summary>Sets one.</summary>
    /// <exception cref="RuleViolationException">A rule of <see cref="DelegationRules"/>; nothing has changed.</exception>
    public Task<StoredDelegation> SetAsync(DelegationOrder order, Person by, CancellationToken cancellationToken) =>
        SetAsync(order, by, (_, set) => set(), cancellationToken);

    /// <summary>Sets one within something that is kept in the same commit.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="around">Calls what sets it, or does not where that was done before.</param>
    /// <param name="cancellationToken">Stops before it is committed.</param>
    /// <exception cref="RuleViolationException">A rule of <see cref="DelegationRules"/>; nothing has changed.</exception>
    public async Task<T> SetAsync<T>(
        DelegationOrder order, Person by, Func<ICaseTransaction, Func<ValueTask<StoredDelegation>>, ValueTask<T>> around, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var zone = ZoneOf(configuration);
        RuleViolationException.ThrowUnless(order.First <= order.Last && order.Last.Year < DateOnly.MaxValue.Year, DelegationRules.DaysWrong);
        var (starts, ends) = Delegation.Between(order.First, order.Last, zone);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                // one after the other, so that two do not overlap that are set at once
                await transaction.NextAsync(Turn, cancellationToken);
                return await around(transaction, () => SetNowAsync(db, transaction));
            },
            cancellationToken);

        async ValueTask<StoredDelegation> SetNowAsync(CaseManagementDbContext db, ICaseTransaction transaction)
        {
            var now = clock.GetUtcNow();
            var wanted = new Delegation
            {
                Id = Guid.CreateVersion7(now),
                From = order.From,
                To = order.To,
                Starts = starts,
                Ends = ends,
                IsCover = order.IsCover,
                Processes = order.Processes,
                Kinds = order.Kinds,
            };
            var chart = await recusals.ChartAsync(db, cancellationToken);
            DelegationRules.ThrowUnlessMaySet(wanted, order.Reason, by.Id, chart, DateWords.StartOf(DateWords.DayOf(now, zone), zone));
            var row = new StoredDelegation
            {
                Id = wanted.Id,
                FromId = wanted.From,
                ToId = wanted.To,
                Starts = starts,
                Ends = ends,
                IsCover = wanted.IsCover,
                Processes = string.Join(' ', wanted.Processes),
                Kinds = string.Join(' ', wanted.Kinds),
                Reason = order.Reason!.Trim(),
                SetBy = by.Id,
                SetAt = now,
            };
            db.Delegations.Add(row);
            if (starts > now)
            {
                db.Timers.Add(TimerAt(starts, row.Id, now));
            }

            db.Timers.Add(TimerAt(ends, row.Id, now));
            await RecordAsync(db, "delegation.set", by.AsPerformer().Actor, row, cancellationToken);
            await TellAsync(transaction, starts > now ? Said.Set : Said.Begun, row, zone, by.Id, cancellationToken);
            await recusals.FollowAsync(db, transaction, [row.FromId, row.ToId], cancellationToken);
            return row;
        }
    }

    /// <summary>Ends one before its time.</summary>
    /// <returns>It as it is then; null: there is none that this person may end.</returns>
    /// <exception cref="RuleViolationException"><see cref="DelegationRules.Over"/></exception>
    public Task<StoredDelegation?> EndAsync(Guid id, Person by, CancellationToken cancellationToken) => EndAsync(id, by, (_, end) => end(), cancellationToken);

    /// <summary>Ends one before its time within something that is kept in the same commit.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who ends it.</param>
    /// <param name="around">Calls what ends it, or does not where that was done before; what it calls answers null where there is none that this person may end.</param>
    /// <param name="cancellationToken">Stops before it is committed.</param>
    /// <exception cref="RuleViolationException"><see cref="DelegationRules.Over"/></exception>
    public async Task<T> EndAsync<T>(
        Guid id, Person by, Func<ICaseTransaction, Func<ValueTask<StoredDelegation?>>, ValueTask<T>> around, CancellationToken cancellationToken)
    {
        var zone = ZoneOf(await configurations.CurrentAsync(cancellationToken));
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                return await around(transaction, () => EndNowAsync(db, transaction));
            },
            cancellationToken);

        async ValueTask<StoredDelegation?> EndNowAsync(CaseManagementDbContext db, ICaseTransaction transaction)
        {
            var chart = await recusals.ChartAsync(db, cancellationToken);
            if (await db.Delegations.SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } row || !DelegationRules.MayEnd(row.AsDelegation(), by.Id, chart))
            {
                return null;
            }

            var now = clock.GetUtcNow();
            RuleViolationException.ThrowUnless(row.EndedAt is null && row.Ends > now, DelegationRules.Over);
            (row.EndedAt, row.EndedBy) = (now, by.Id);
            await RecordAsync(db, "delegation.ended", by.AsPerformer().Actor, row, cancellationToken);
            await TellAsync(transaction, Said.Ended, row, zone, by.Id, cancellationToken);
            await recusals.FollowAsync(db, transaction, [row.FromId, row.ToId], cancellationToken);
            return row;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> FireAsync(Guid timer, CancellationToken cancellationToken)
    {
        var zone = ZoneOf(await configurations.CurrentAsync(cancellationToken));
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                if (await transaction.TakeTimerAsync(timer, cancellationToken) is not { Payload: { } payload })
                {
                    return false;
                }

                var id = Guid.Parse(payload, CultureInfo.InvariantCulture);
                if (await db.Delegations.SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { EndedAt: null } row)
                {
                    return true;
                }

                var isOver = clock.GetUtcNow() >= row.Ends;
                row.EndedAt = isOver ? row.Ends : null;
                await RecordAsync(db, isOver ? "delegation.ended" : "delegation.begun", Actor.Timer, row, cancellationToken);
                await TellAsync(transaction, isOver ? Said.Ended : Said.Begun, row, zone, null, cancellationToken);
                await recusals.FollowAsync(db, transaction, [row.FromId, row.ToId], cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private static StoredTimer TimerAt(DateTimeOffset at, Guid delegation, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DueAt = at,
        NextAttemptAt = at,
        Severity = 0,
        Kind = TimerKind,
        Payload = delegation.ToString(),
    };

    private async Task RecordAsync(CaseManagementDbContext db, string type, Actor by, StoredDelegation row, CancellationToken cancellationToken) => await audit.RecordAsync(
        db, AccessAudit.StreamOf(row.FromId), type, by,
        new JsonObject
        {
            ["delegation"] = row.Id.ToString(),
            ["from"] = row.FromId,
            ["to"] = row.ToId,
            ["starts"] = row.Starts,
            ["ends"] = row.Ends,
            ["cover"] = row.IsCover,
            ["processes"] = row.Processes,
            ["kinds"] = row.Kinds,
            ["reason"] = row.Reason,
        },
        cancellationToken);

    // both are told when it begins and ends; who sets one that is ahead knows it
    private async Task TellAsync(ICaseTransaction transaction, Said said, StoredDelegation row, string zone, string? by, CancellationToken cancellationToken)
    {
        var (from, to) = (await NameAsync(row.FromId, cancellationToken), await NameAsync(row.ToId, cancellationToken));
        var (first, last) = (DateWords.DayOf(row.Starts, zone), DateWords.DayOf(row.Ends.AddTicks(-1), zone));
        var (subjectZh, subjectEn) = said switch
        {
            Said.Set => ($"{to}将为{from}代办：{Day(first)} 至 {Day(last)}", $"{to} will act for {from} from {Day(first)} to {Day(last)}"),
            Said.Begun => ($"{to}开始为{from}代办，至 {Day(last)}", $"{to} now acts for {from}, until {Day(last)}"),
            _ => ($"{to}不再为{from}代办", $"{to} no longer acts for {from}"),
        };
        var (bodyZh, bodyEn) = said == Said.Ended
            ? ("代办已结束，任务仍在本人名下。", "It has ended; the tasks are where they were.")
            : ($"原因：{row.Reason}。代办的任务在收件箱“代办”中；只能办理双方都有权查看的案件。", $"Reason: {row.Reason}. The tasks are in the inbox under Acting for others; only cases that both may see can be worked on.");
        var now = clock.GetUtcNow();
        await transaction.SaveMessagesAsync(
            [
                .. ((string[])[row.ToId, row.FromId]).Where(p => p != by || said != Said.Set).Select(person => new MessageRow
                {
                    Id = Guid.CreateVersion7(now),
                    ComplaintId = Guid.Empty,
                    Template = "@delegation",
                    Recipient = Candidates.UserPrefix + person,
                    Channel = "inbox",
                    SubjectZh = subjectZh,
                    SubjectEn = subjectEn,
                    BodyZh = bodyZh,
                    BodyEn = bodyEn,
                    State = MessageStates.Noticed,
                    CreatedAt = now,
                }),
            ],
            cancellationToken);

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private async ValueTask<string> NameAsync(string id, CancellationToken cancellationToken) => (await people.FindAsync(id, cancellationToken))?.Name ?? id;

    private enum Said
    {
        Set,
        Begun,
        Ended,
    }
}

using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using StoredChange = CaseManagement.Web.Persistence.Settings.LimitChange;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Shows what a change of a limit would do, and does it: the change, its audit entry and every running clock in one commit.</summary>
public sealed class LimitAdjustment(
    StoredConfigurations configurations, IConfigurationWriter writer, ConfigurationAudit audit, CaseRuntime runtime, RequestOnce once,
    CaseManagementDbContext db, CaseReader reader, TimeProvider clock)
{
    /// <summary>What the change would move. Nothing is stored.</summary>
    public async Task<LimitChangeAnswer> PreviewAsync(string process, string limit, LimitRequest request, string language, CancellationToken cancellationToken)
    {
        var proposed = ProposedLimit.Read(await configurations.CurrentAsync(cancellationToken), process, limit, request);
        var affected = new List<AffectedCase>();
        if (proposed.Change.HoldsForOpenCases)
        {
            foreach (var ids in (await OpenCasesAsync(db, process, limit, cancellationToken)).Chunk(PageRequest.LargestPage))
            {
                affected.AddRange((await reader.GetAsync(ids, cancellationToken)).Values.SelectMany(c => proposed.Affects(c.Complaint, c.Pack)));
            }
        }

        return new LimitChangeAnswer(affected, null, proposed.Rule.ToSentence(language));
    }

    /// <summary>Changes the limit.</summary>
    public async Task<FirstAnswer> ApplyAsync(HttpContext context, string process, string limit, LimitRequest request)
    {
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(request.Reason), ComplaintRules.ReasonRequired);
        var (key, by, language) = (await RequestOnce.KeyOfAsync(context), ApiCaller.Of(context).Performer, ApiLanguage.Of(context));
        return await writer.RunWithContextAsync(
            (changing, transaction) => once.RunAsync(
                key,
                transaction,
                async () => FirstAnswer.Of(
                    StatusCodes.Status200OK, await ApplyAsync(changing, transaction, (process, limit), request, by, language, context.RequestAborted)),
                context.RequestAborted),
            context.RequestAborted);
    }

    private async ValueTask<LimitChangeAnswer> ApplyAsync(
        CaseManagementDbContext changing, ICaseTransaction transaction, (string Process, string Limit) what, LimitRequest request, Performer by,
        string language, CancellationToken cancellationToken)
    {
        var now = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
        var proposed = ProposedLimit.Read(now, what.Process, what.Limit, request);
        var stream = $"process:{what.Process}";
        var data = new JsonObject
        {
            ["limit"] = what.Limit,
            ["before"] = Written(proposed.Before),
            ["after"] = Written(proposed.Rule),
            ["scope"] = CaseWords.Lower(request.Scope),
            ["reason"] = request.Reason,
        };
        var entry = $"{stream}/{await audit.RecordAsync(changing, stream, "limit.applied", by.Actor, data, cancellationToken)}";

        // Cases first: once the change is saved in this transaction, nobody else can read the configuration it makes.
        var moved = proposed.Change.HoldsForOpenCases
            ? await RecomputeAsync(changing, transaction, what, proposed, by, entry, cancellationToken)
            : [];
        changing.LimitChanges.Add(new StoredChange
        {
            ProcessKey = what.Process,
            LimitKey = what.Limit,
            Amount = proposed.Change.Amount,
            Unit = proposed.Change.Unit is { } unit ? CaseWords.Lower(unit) : null,
            Calendar = proposed.Change.Calendar,
            Scope = request.Scope,
            Reason = request.Reason!,
            By = by.Actor.Id ?? by.Actor.Kind.ToString(),
            ByName = by.Actor.Name ?? "",
            At = clock.GetUtcNow(),
            AuditText = $"{proposed.Before.ToSentence(language)} → {proposed.Rule.ToSentence(language)}",
        });
        return new LimitChangeAnswer(moved, entry, proposed.Rule.ToSentence(language));
    }

    private async Task<List<AffectedCase>> RecomputeAsync(
        CaseManagementDbContext changing, ICaseTransaction transaction, (string Process, string Limit) what, ProposedLimit proposed, Performer by,
        string entry, CancellationToken cancellationToken)
    {
        var moved = new List<AffectedCase>();
        foreach (var id in await OpenCasesAsync(changing, what.Process, what.Limit, cancellationToken))
        {
            await runtime.ActAsync(
                transaction,
                id,
                by,
                act =>
                {
                    var changed = new CaseAct(act.Complaint, proposed.RulesFor(act.Complaint, act.Rules.Pack), act.By, act.At, act.Log);
                    moved.AddRange(act.Complaint.Clocks.Recompute(changed, what.Limit, entry)
                        .Select(m => new AffectedCase(id, act.Complaint.Number, m.Clock.Key, m.OldDueAt, m.Clock.DueAt)));
                },
                cancellationToken);
        }

        return moved;
    }

    private static async Task<List<Guid>> OpenCasesAsync(CaseManagementDbContext db, string process, string limit, CancellationToken cancellationToken)
    {
        var over = new[] { CaseState(ClockState.Met), CaseState(ClockState.Cancelled) };
        return await db.Clocks.AsNoTracking().Where(c => c.Limit == limit && c.MetAt == null && !over.Contains(c.State))
            .Join(db.Cases.Where(c => c.Process == process && c.Status == CaseStatus.Open), c => c.ComplaintId, c => c.Id, (_, c) => c.Id)
            .Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
    }

    private static string CaseState(ClockState state) => CaseWords.Lower(state);

    private static JsonObject Written(TimeLimit limit) => new()
    {
        ["amount"] = limit.Amount,
        ["unit"] = CaseWords.Lower(limit.Unit),
        ["calendar"] = limit.Calendar,
        ["version"] = limit.Version,
    };
}

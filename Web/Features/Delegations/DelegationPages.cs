using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Delegations;

/// <summary>What somebody sees and sets of who acts for whom.</summary>
public sealed class DelegationPages(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, StoredConfigurations configurations, Delegating delegating, DateWords dates, TimeProvider clock, RuleTexts rules,
    IStringLocalizer<DelegationsText> text)
{
    private const int MostOver = 50;

    private static readonly TaskKind[] Kinds = [TaskKind.Work, TaskKind.Approval, TaskKind.Question];

    /// <summary>The page with a form as typed.</summary>
    public async Task<DelegationsPage?> GetAsync(DelegationForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var (chart, zone) = (configuration.Chart, Delegating.ZoneOf(configuration));
        var everybody = await people.AllAsync(cancellationToken);
        var mine = everybody.Where(p => DelegationRules.MaySetFor(person.Id, p.Id, chart)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return new DelegationsPage
        {
            Rows = await RowsAsync(person, everybody.ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal), configuration, zone, cancellationToken),
            Form = form,
            Zone = zone,
            Today = DateWords.DayOf(clock.GetUtcNow(), zone),
            Froms =
            [
                .. everybody.Where(p => mine.Contains(p.Id) && CaseAccess.HandlesCases(p)).OrderBy(p => p.Id != person.Id)
                    .Select(p => new Choice(p.Id, p.Id == person.Id ? text["Myself", p.Name] : p.Name)),
            ],
            Tos = [.. everybody.Where(CaseAccess.HandlesCases).Select(p => new Choice(p.Id, p.Name))],
            Processes = [.. configuration.Published.Values.Select(p => new Choice(p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language)))],
            Kinds = [.. Kinds.Select(k => new Choice(k.ToString(), text[$"Kind_{k}"]))],
        };
    }

    /// <summary>Sets a delegation as typed.</summary>
    public async Task<ActionAnswer> SetAsync(DelegationForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        if (Day(form.First) is not { } first || Day(form.Last) is not { } last)
        {
            return ActionAnswer.Invalid(rules.Say(DelegationRules.DaysWrong.Code));
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        IReadOnlyList<string> processes = [.. form.Processes.Where(configuration.Published.ContainsKey).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<TaskKind> kinds = [.. Kinds.Where(k => form.Kinds.Contains(k.ToString()))];
        var order = new DelegationOrder(string.IsNullOrEmpty(form.From) ? person.Id : form.From, form.To ?? "", first, last, form.Reason)
        {
            IsCover = form.Cover,
            Processes = processes,
            Kinds = kinds.Count == Kinds.Length ? [] : kinds,
        };
        return await TryAsync(async () => await delegating.SetAsync(order, person, cancellationToken));
    }

    /// <summary>Ends one before its time.</summary>
    public async Task<ActionAnswer> EndAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person ? await TryAsync(() => delegating.EndAsync(id, person, cancellationToken)) : ActionAnswer.NotFound;

    private async Task<ActionAnswer> TryAsync(Func<Task<StoredDelegation?>> deed)
    {
        try
        {
            return await deed() is not null ? ActionAnswer.Done : ActionAnswer.NotFound;
        }
        catch (RuleViolationException violation)
        {
            var said = rules.Say(violation.Rule.Code);
            return violation.Rule == DelegationRules.Overlap || violation.Rule == DelegationRules.Over || violation.Rule == DelegationRules.ToIsAway ? ActionAnswer.Refused(said)
                : violation.Rule == DelegationRules.NotYours ? ActionAnswer.Forbidden(said)
                : ActionAnswer.Invalid(said);
        }
        catch (StoreBusyException)
        {
            return ActionAnswer.Refused(rules.Say("busy"));
        }
    }

    private async Task<IReadOnlyList<DelegationRow>> RowsAsync(
        Person person, IReadOnlyDictionary<string, string> names, CaseConfiguration configuration, string zone, CancellationToken cancellationToken)
    {
        var (me, now) = (person.Id, clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var concerning = DelegationSight.Of(db, me, names.Keys, configuration.Chart);
        var open = await concerning.Where(d => d.EndedAt == null && d.Ends > now).OrderBy(d => d.Starts).ToListAsync(cancellationToken);
        var over = await concerning.Where(d => d.EndedAt != null || d.Ends <= now).OrderByDescending(d => d.Ends).Take(MostOver).ToListAsync(cancellationToken);
        return [.. open.Concat(over).Select(RowOf)];

        DelegationRow RowOf(StoredDelegation row)
        {
            var stand = row.StandOf(now);
            return new DelegationRow(
                row.Id, Name(row.FromId), Name(row.ToId), text["Period", Say(row.Starts), Say(row.Ends.AddTicks(-1))], WhatOf(row.AsDelegation(), configuration), row.Reason,
                row.SetBy == row.FromId ? null : Name(row.SetBy), stand, stand != DelegationStand.Over && DelegationRules.MayEnd(row.AsDelegation(), me, configuration.Chart));
        }

        string Name(string id) => names.GetValueOrDefault(id, id);

        string Say(DateTimeOffset at) => dates.Say(at, zone, DateStyle.Day);
    }

    private string WhatOf(Delegation delegation, CaseConfiguration configuration)
    {
        if (delegation.IsCover)
        {
            return text["WhatCover"];
        }

        var parts = delegation.Processes.Select(p => configuration.Published.TryGetValue(p, out var used) ? used.Pack.Identity.Name.In(PackWords.Language) : p)
            .Concat(delegation.Kinds.Select(k => text[$"Kind_{k}"].Value)).ToList();
        return parts.Count == 0 ? text["WhatAll"] : string.Join(text["Separator"], parts);
    }

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;
}

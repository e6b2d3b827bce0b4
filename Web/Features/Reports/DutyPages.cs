using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Reporting;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Reports;

/// <summary>Reports that are somebody's duty, and awards they put forward.</summary>
public sealed class DutyPages(
    StoredConfigurations configurations, ReportIssues issues, AwardDesk awards, People people, TimeProvider clock, RuleTexts rules, IStringLocalizer<ReportsText> text, IStringLocalizer<PageWords> words)
{
    /// <summary>The duties of somebody, soonest first.</summary>
    public async Task<IReadOnlyList<DutyRow>> DutiesAsync(Person person, CancellationToken cancellationToken)
    {
        var (published, now) = ((await configurations.CurrentAsync(cancellationToken)).Published, clock.GetUtcNow());
        return
        [
            .. (await issues.OfAsync(person, cancellationToken)).Where(d => published.ContainsKey(d.Process)).Select(d => new DutyRow(
                d.Process, d.Report, published[d.Process].Pack.Reports.GetValueOrDefault(d.Report)?.Name.In(PackWords.Language) ?? d.Report,
                ReportPages.Day(d.From), d.Period.ToString(), d.DueAt, d.DueAt < now, published[d.Process].Pack.Identity.Zone)),
        ];
    }

    /// <summary>The awards somebody decides on, then those of late.</summary>
    public async Task<IReadOnlyList<AwardRow>> AwardsAsync(Person person, CancellationToken cancellationToken)
    {
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return
        [
            .. (await awards.OfAsync(person, cancellationToken)).Select(one =>
            {
                var (pack, award) = (one.Process.Pack, one.Award);
                var calculator = pack.Calculators.GetValueOrDefault(award.Calculator);
                return new AwardRow(
                    award.Id, one.Report.Name.In(PackWords.Language), ReportIssues.HrefOf(award.Process, award.Report, award.Period), award.Period.ToString(),
                    string.Join(text["Separator"], ReportEntries.ReadGroups(award.Groups).Select(group => group ?? text["NotKnown"].Value)),
                    calculator?.Name.In(PackWords.Language) ?? award.Calculator, $"{ReportPages.Number(award.Amount)} {calculator?.Unit}",
                    StateOf(award, names), one.Report.Awards?.Top, award.MustBeChosen && award.State == ReportAwardState.Proposed, one.Steps.Count > 0);
            }),
        ];
    }

    /// <summary>A duty to be done; null where it is none of theirs.</summary>
    public async Task<DutyPage?> GetAsync(string process, string report, DateOnly from, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await FindAsync(process, report, from, user, cancellationToken) is { } found ? PageOf(found) : null;

    /// <summary>Notes that a duty was done; with what was typed again where it cannot be.</summary>
    public async Task<(ActionAnswer Answer, DutyPage? Page)> DoneAsync(
        string process, string report, DateOnly from, string? remark, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(process, report, from, user, cancellationToken) is not { } found)
        {
            return (ActionAnswer.NotFound, null);
        }

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var filled = found.Form is null ? null : Check(found, answers, errors);
        if (remark?.Length > ReportIssues.LongestRemark)
        {
            errors[nameof(remark)] = text["RemarkTooLong", ReportIssues.LongestRemark];
        }

        if (errors.Count > 0)
        {
            var page = PageOf(found);
            return (ActionAnswer.Invalid(null, errors), page with
            {
                Remark = remark,
                RemarkError = errors.GetValueOrDefault(nameof(remark)),
                Form = page.Form is null ? null : page.Form with { Fields = answers.Fill(page.Form.Fields, errors) },
            });
        }

        return (await issues.DoneAsync(found.Duty, remark, filled, found.Person, cancellationToken) ? ActionAnswer.Done : ActionAnswer.NotFound, null);
    }

    /// <summary>Approves or refuses an award.</summary>
    public async Task<ActionAnswer> DecideAsync(Guid id, bool approves, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || reason?.Length > AwardDesk.LongestReason)
        {
            return ActionAnswer.NotFound;
        }

        try
        {
            await awards.DecideAsync(id, approves, reason, person, cancellationToken);
            return ActionAnswer.Done;
        }
        catch (RuleViolationException refused) when (refused.Rule == AwardDesk.NotOpen)
        {
            return ActionAnswer.NotFound;
        }
        catch (RuleViolationException refused)
        {
            return ActionAnswer.Refused(rules.Say(refused.Rule, null));
        }
    }

    private DutyPage PageOf(Found found)
    {
        var (pack, duty) = (found.Rules.Pack, found.Duty);
        return new DutyPage
        {
            Process = duty.Process,
            ProcessName = pack.Identity.Name.In(PackWords.Language),
            Report = duty.Report,
            Name = pack.Reports[duty.Report].Name.In(PackWords.Language),
            From = ReportPages.Day(duty.From),
            Days = duty.Period.ToString(),
            DueAt = duty.DueAt,
            IsLate = duty.DueAt < clock.GetUtcNow(),
            Zone = pack.Identity.Zone,
            NumbersHref = ReportIssues.HrefOf(duty.Process, duty.Report, duty.Period),
            Form = found.Form is null ? null : new FormPage
            {
                Id = "duty",
                Fields = new PackForms(
                    new PackWords(found.Rules, words, found.Names), new IntakeEntry.Nothing(pack.Categories, found.Rules), found.Rules.Calendar(pack.Identity.Calendar),
                    [.. found.Names.Select(p => new Choice(p.Key, p.Value))], []).Fields(found.Form, FactOrigin.Form, longTexts: true),
            },
        };
    }

    private JsonObject Check(Found found, FormAnswers answers, Dictionary<string, string> errors)
    {
        var (pack, nothing) = (found.Rules.Pack, new IntakeEntry.Nothing(found.Rules.Pack.Categories, found.Rules));
        var data = TypedAnswers.Of(found.Form, answers, pack.Facts, nothing, found.Rules.Zone);
        var result = FormCheck.Validate(found.Form, data, nothing, pack.Facts, zone: found.Rules.Zone);
        foreach (var refused in result.Invalid)
        {
            errors.TryAdd(refused.Fact, rules.Say(refused.Refusal!));
        }

        foreach (var missing in result.Missing.Concat(result.TooShort))
        {
            errors.TryAdd(missing, rules.Say("required"));
        }

        return new JsonObject(result.Values.Select(one => KeyValuePair.Create(one.Key, JsonSerializer.SerializeToNode(one.Value))));
    }

    private string StateOf(ReportAward award, IReadOnlyDictionary<string, string> names) => award.State switch
    {
        ReportAwardState.Approved when award.DecidedBy is { } by => text["AwardApprovedBy", names.GetValueOrDefault(by, by)],
        ReportAwardState.Approved => text["AwardApproved"],
        ReportAwardState.Refused => text["AwardRefusedBy", names.GetValueOrDefault(award.DecidedBy ?? "", award.DecidedBy ?? ""), award.Reason ?? ""],
        _ => text["AwardProposed"],
    };

    private async Task<Found?> FindAsync(string process, string report, DateOnly from, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person || configuration.Published.GetValueOrDefault(process) is not { } version
            || version.Pack.Reports.GetValueOrDefault(report) is not { Task: { } task } || await issues.FindAsync(process, report, from, person, cancellationToken) is not { } duty)
        {
            return null;
        }

        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return new Found(
            person, duty, configuration.RulesFor(version, configuration.LimitsVersion(process)), task.Form is { } form ? version.Pack.Forms.GetValueOrDefault(form) : null, names);
    }

    private sealed record Found(Person Person, ReportIssue Duty, Domain.Complaints.CaseRules Rules, FormDefinition? Form, Dictionary<string, string> Names);
}

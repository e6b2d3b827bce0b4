using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Registers;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Registers;

/// <summary>A register there is.</summary>
/// <param name="Process">The process.</param>
/// <param name="Form">The form its steps are done on.</param>
/// <param name="Name">The form's name.</param>
/// <param name="Number">The form's own number on paper; absent: it has none.</param>
public sealed record RegisterAnswer(string Process, string Form, BilingualText Name, string? Number);

/// <summary>One step of one case.</summary>
public sealed record RegisterStepAnswer
{
    public required Guid Complaint { get; init; }
    public required string Number { get; init; }
    public required Guid Task { get; init; }
    public required BilingualText Title { get; init; }

    /// <summary>Who did it or holds it; absent while nobody does.</summary>
    public string? Assignee { get; init; }

    /// <summary><c>open</c>, <c>late</c> or <c>done</c>.</summary>
    public required string State { get; init; }

    /// <summary>Absent once it is done, and where nothing says when.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What stands on the form, by fact; <c>each.column</c> is a column of the row the step is about. What the caller is not shown is absent.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }
}

/// <summary>Registers: what was filled in on a form, case by case.</summary>
[Route("api/v1/registers"), Tags("Registers")]
public sealed class RegistersController(CaseManagementDbContext db, ApiCases allowed, CaseReader reader, ReadLog reads, StoredConfigurations configurations, TimeProvider clock) : ApiController
{
    private static readonly Rule Unknown = new("register-unknown", "There is no such register.");

    /// <summary>The registers of the published processes.</summary>
    [HttpGet, ApiAccess(ApiScopes.CasesRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<RegisterAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var all = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(p => p.Pack).Where(pack => Caller.IsFor(pack.Identity.Id)).OrderBy(pack => pack.Identity.Id, StringComparer.Ordinal)
            .SelectMany(pack => FormUse.Of(pack).Select(use => new RegisterAnswer(pack.Identity.Id, use.Form, pack.Forms[use.Form].Name, pack.Forms[use.Form].Number))).ToList();
        return JsonAnswers.Json(new Listed<RegisterAnswer>(all, all.Count));
    }

    /// <summary>The steps of a register in the cases the caller may see, those of the newest cases first.</summary>
    /// <param name="process">The process.</param>
    /// <param name="form">The form.</param>
    /// <param name="state"><c>open</c>, <c>late</c>, <c>done</c>, or absent for all.</param>
    /// <param name="paging">Which part of the list.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    [HttpGet("{process}/{form}"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<RegisterStepAnswer>>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(string process, string form, [FromQuery] string? state, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        if (state is not (null or "" or RegisterQuery.Open or RegisterQuery.Late or RegisterQuery.Done))
        {
            throw new InvalidInputException([new InputProblem("state", FactRefusals.OptionUnknown, "One of open, late, done.")]);
        }

        if (!Caller.IsFor(process) || (await configurations.CurrentAsync(cancellationToken)).Published.GetValueOrDefault(process)?.Pack is not { } pack
            || FormUse.Of(pack).FirstOrDefault(one => one.Form == form) is not { } use)
        {
            throw new RuleViolationException(Unknown);
        }

        var now = clock.GetUtcNow();
        var visible = (await allowed.VisibleAsync(Caller, cancellationToken)).Where(c => c.Process == process);
        visible = RegisterSteps.AreOpen(state) ? visible.Where(c => c.Status == CaseStatus.Open) : visible;
        var steps = RegisterSteps.Of(db, use, state, now).Where(t => visible.Any(c => c.Id == t.ComplaintId));
        var total = await steps.CountAsync(cancellationToken);
        var found = await steps.OrderByDescending(t => t.ComplaintId).ThenByDescending(t => t.CreatedAt).ThenBy(t => t.Id).Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken);
        var cases = await reader.GetAsync(found.Select(t => t.ComplaintId).ToHashSet(), Caller, cancellationToken);
        await reads.ListAsync(cases.Values.Select(c => (c.Complaint, false)), Caller.Performer.Actor, "register", cancellationToken);
        var columns = use.Columns(pack).ToList();
        return JsonAnswers.Json(new Listed<RegisterStepAnswer>(
            [.. found.Where(step => cases.ContainsKey(step.ComplaintId)).Select(step =>
            {
                var read = cases[step.ComplaintId];
                var facts = new CaseFacts(read.Complaint, read.Rules).For(read.Complaint.Tasks.All.FirstOrDefault(t => t.Id == step.Id)?.Element);
                return new RegisterStepAnswer
                {
                    Complaint = step.ComplaintId,
                    Number = read.Complaint.Number,
                    Task = step.Id,
                    Title = new BilingualText(read.Mask.Say(step.TitleZh), read.Mask.Say(step.TitleEn)),
                    Assignee = step.AssigneeName,
                    State = CaseWords.Lower(RegisterSteps.StateOf(step, now)),
                    DueAt = step.DoneAt is null ? step.DueAt : null,
                    DoneAt = step.DoneAt,
                    Values = columns.Select(fact => (Fact: fact, Value: read.Mask.Fact(fact, facts.Read(fact)))).Where(one => one.Value is { IsUnknown: false })
                        .ToDictionary(one => one.Fact, one => CaseWords.Plain(one.Value!), StringComparer.Ordinal),
                };
            })],
            total));
    }
}

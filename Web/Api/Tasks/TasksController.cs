using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Api.Tasks;

/// <summary>Tasks: found, taken, handed on, finished. What changes one answers with the task as it is then.</summary>
[Route("api/v1/tasks"), Tags("Tasks")]
public sealed class TasksController(CaseRuntime runtime, RequestOnce once, TaskQuery query, ApiCases allowed, CaseManagementDbContext db, CaseAccess access, People people, IOptions<SecurityOptions> security, IHostEnvironment environment,
    Denials denials)
    : ApiController
{
    public static readonly Rule EachDiffers = new("each-differs", "The task stands for another element.");

    /// <summary>Tasks, those due first before the others.</summary>
    [HttpGet, ApiAccess(ApiScopes.TasksRead, ApiRoles.Staff)]
    [ProducesResponseType<Listed<TaskAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] TaskFilter filter, [FromQuery] PageRequest paging, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await query.FindAsync(filter, paging, Caller, CaseWords.For(HttpContext), cancellationToken));

    /// <summary>Takes a task; for another where <c>onBehalfOf</c> names one for whom the caller acts.</summary>
    [HttpPost("{id:guid}/claim"), ApiAccess(ApiScopes.TasksWrite, ApiRoles.Staff)]
    [ProducesResponseType<TaskAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public Task<IActionResult> Claim(Guid id, [FromQuery] string? onBehalfOf) => DoAsync(id, act => act.Complaint.Tasks.Claim(act, id), onBehalfOf: onBehalfOf);

    /// <summary>Gives a task back to its candidates; for another as above.</summary>
    [HttpPost("{id:guid}/release"), ApiAccess(ApiScopes.TasksWrite, ApiRoles.Staff)]
    [ProducesResponseType<TaskAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public Task<IActionResult> Release(Guid id, [FromQuery] string? onBehalfOf) => DoAsync(id, act => act.Complaint.Tasks.Release(act, id), onBehalfOf: onBehalfOf);

    /// <summary>Lets a colleague do one's own task; it stays one's own, and what they do is recorded under both names. Without <c>to</c> nobody may any more.</summary>
    [HttpPost("{id:guid}/delegate"), ApiAccess(ApiScopes.TasksWrite, ApiRoles.Staff)]
    [ProducesResponseType<TaskAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Delegate(Guid id, [FromBody] DelegateRequest request, CancellationToken cancellationToken)
    {
        var to = request.To is { } person ? await people.FindAsync(person, cancellationToken) : null;
        return request.To is not null && to is null
            ? throw new InvalidInputException([new InputProblem("to", "person-unknown", "Nobody of this id works here.")])
            : await DoAsync(
                id,
                act => act.Complaint.Tasks.Delegate(act, id, to is null ? null : act.Rules.Chart.Find(to.Id) ?? throw new RuleViolationException(DelegationRules.PersonUnknown), request.Note),
                async (complaint, _, token) =>
                {
                    // whoever is to act must see the case by themselves
                    if (to is not null && (!CaseAccess.HandlesCases(to) || !await (await access.ScopeAsync(db, to, token)).Visible(db).AnyAsync(c => c.Id == complaint, token)))
                    {
                        throw new RuleViolationException(TaskRules.NotACandidate);
                    }
                });
    }

    /// <summary>Gives a task to one of its candidates.</summary>
    [HttpPost("{id:guid}/assign"), ApiAccess(ApiScopes.TasksAssign, ApiRoles.Staff)]
    [ProducesResponseType<TaskAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Assign(Guid id, [FromBody] AssignRequest request, CancellationToken cancellationToken)
    {
        var to = request.To is { } person ? await people.FindAsync(person, cancellationToken) : null;
        return to is null
            ? throw new InvalidInputException([new InputProblem("to", "person-unknown", "Nobody of this id works here.")])
            : await DoAsync(id, act => act.Complaint.Tasks.Assign(act, id, to.AsPerformer()), MayAssignAsync);
    }

    /// <summary>Gives a task away: whoever holds it, whoever supervises the case, programs.</summary>
    private async Task MayAssignAsync(Guid complaint, Guid task, CancellationToken cancellationToken)
    {
        var me = Caller.Person?.Id;
        if (me is null || !await db.Tasks.AnyAsync(t => t.Id == task && t.Assignee == me, cancellationToken))
        {
            await allowed.RequireSupervisedAsync(complaint, Caller, cancellationToken);
        }
    }

    /// <summary>Finishes a task. Finished once: the second time is refused with who did it and when.</summary>
    [HttpPost("{id:guid}/complete"), ApiAccess(ApiScopes.TasksWrite, ApiRoles.Staff)]
    [ProducesResponseType<TaskAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public Task<IActionResult> Complete(Guid id, [FromBody] CompleteRequest request) => DoAsync(
        id,
        act =>
        {
            ThrowUnlessMayDecide(act.Complaint.Tasks.Find(id));
            RuleViolationException.ThrowUnless(request.Each is null || act.Complaint.Tasks.Find(id).Each == request.Each, EachDiffers);
            act.Complaint.Tasks.Complete(act, id, new TaskCompletion
            {
                Outcome = request.Outcome ?? "",
                Data = request.Data ?? [],
                Signatures = request.Signatures ?? [],
                With = request.With ?? [],
                Reason = request.Reason,
                Text = request.Text,
            });
        },
        MustBeProvenAsync,
        request.OnBehalfOf);

    private async Task MustBeProvenAsync(Guid complaint, Guid task, CancellationToken cancellationToken)
    {
        if (Caller.HasSession && await Features.Cases.ApprovalStepUpAttribute.NeedsProofAsync(HttpContext.RequestServices, complaint, task, cancellationToken))
        {
            await ApiProof.RequireAsync(HttpContext, Caller);
        }
    }

    private async Task<IActionResult> DoAsync(Guid id, Action<CaseAct> deed, Func<Guid, Guid, CancellationToken, Task>? check = null, string? onBehalfOf = null)
    {
        var (caller, words) = (Caller, CaseWords.For(HttpContext));
        var performer = await PerformerAsync(caller, onBehalfOf);
        var known = await db.Tasks.Where(t => t.Id == id).Select(t => (Guid?)t.ComplaintId).SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (known is { } of)
        {
            RuleViolationException.ThrowUnless(
                await (await allowed.VisibleAsync(caller, HttpContext.RequestAborted)).AnyAsync(c => c.Id == of, HttpContext.RequestAborted), TaskRules.NoSuchTask);
            await (check is null ? Task.CompletedTask : check(of, id, HttpContext.RequestAborted));
        }

        try
        {
            return JsonAnswers.Json(await once.RunAsync(HttpContext, async transaction =>
            {
                var complaint = await transaction.FindCaseOfTaskAsync(id, HttpContext.RequestAborted) ?? throw new RuleViolationException(TaskRules.NoSuchTask);
                var outcome = await runtime.ActAsync(
                    transaction,
                    complaint,
                    performer,
                    act =>
                    {
                        ThrowIfOver(act.Complaint.Tasks.Find(id));
                        deed(act);
                    },
                    HttpContext.RequestAborted);
                return FirstAnswer.Of(StatusCodes.Status200OK, words.Of(outcome.Complaint.Tasks.Find(id), outcome.Complaint));
            }));
        }
        catch (RuleViolationException refused) when (refused.Task is not null)
        {
            await denials.NoteTaskAsync(performer.Actor, known!.Value, refused, HttpContext.RequestAborted);
            throw;
        }
    }

    // a program acts for nobody: it has no tasks of its own
    private async ValueTask<Performer> PerformerAsync(ApiCaller caller, string? onBehalfOf)
    {
        if (onBehalfOf is null || onBehalfOf == caller.Performer.PersonId)
        {
            return caller.Performer;
        }

        return caller.Person is not null && await people.FindAsync(onBehalfOf, HttpContext.RequestAborted) is { } other
            ? caller.Performer.For(other.AsPerformer())
            : throw new RuleViolationException(DelegationRules.NoneHere);
    }

    // a person's own session decides and signs; a key is no person
    private void ThrowUnlessMayDecide(HumanTask task)
    {
        if (task.Kind == TaskKind.Approval && !Caller.HasSession && !security.Value.MayKeysApprove(environment))
        {
            throw new ApiProblemException(StatusCodes.Status403Forbidden, "approval-needs-person", "Approvals are decided by a person who is signed in, not by a key.");
        }
    }

    private static void ThrowIfOver(HumanTask task)
    {
        if (task.IsOpen)
        {
            return;
        }

        var (code, message) = TaskRules.AlreadyDone;
        throw new ApiProblemException(new ApiProblem(StatusCodes.Status409Conflict, code, message)
        {
            Extensions = new JsonObject
            {
                ["state"] = CaseWords.Lower(task.State),
                ["by"] = task.Assignee,
                ["byName"] = task.AssigneeName,
                ["at"] = task.DoneAt,
                ["outcome"] = task.Outcome,
            },
        });
    }
}

using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Lessons;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Lessons;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Lessons;

/// <summary>Proposes lessons and decides on them, each with its audit entry in one commit.</summary>
public sealed class LessonDesk(IConfigurationWriter writer, ConfigurationAudit audit, StoredConfigurations configurations, TimeProvider clock)
{
    public const int LongestRemark = 500;

    /// <summary>The audit stream of the library.</summary>
    public const string Stream = "lessons";

    /// <summary>Puts a lesson before those who release it; where the process names none it is in the library with that.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidInputException">What is wrong with its words.</exception>
    /// <exception cref="RuleViolationException">A rule of <see cref="LessonRules"/>, or a gate of the process.</exception>
    public async Task<Guid> ProposeAsync(CaseView view, LessonText text, CancellationToken cancellationToken)
    {
        LessonRules.EnsureMayBecome(view.Complaint, view.Rules);
        if (text.Problems(LessonRules.MaskOf(view.Complaint, view.Rules.Chart)) is { Count: > 0 } problems)
        {
            throw new InvalidInputException(problems);
        }

        var (id, now, asksNobody) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow(), LessonRules.ReleasedBy(view.Rules).Count == 0);
        var complaint = view.Complaint;
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                RuleViolationException.ThrowUnless(
                    !await db.Lessons.AnyAsync(l => l.ComplaintId == complaint.Id.Value && (l.State == LessonState.Proposed || l.State == LessonState.Released), cancellationToken), LessonRules.Exists);
                db.Lessons.Add(new StoredLesson
                {
                    Id = id,
                    ProcessKey = complaint.Process,
                    ComplaintId = complaint.Id.Value,
                    Number = complaint.Number,
                    Category = complaint.Facts.Text("category"),
                    Level = complaint.Level,
                    Title = text.Title,
                    Situation = text.Situation,
                    Cause = text.Cause,
                    Measures = text.Measures,
                    Advice = text.Advice,
                    Words = CaseTexts.Plain(string.Join('\n', text.Title, text.Situation, text.Cause, text.Measures, text.Advice)),
                    State = asksNobody ? LessonState.Released : LessonState.Proposed,
                    ProposedBy = view.Person.Id,
                    ProposedByName = view.Person.Name,
                    ProposedAt = now,
                    DecidedBy = asksNobody ? view.Person.Id : null,
                    DecidedByName = asksNobody ? view.Person.Name : null,
                    DecidedAt = asksNobody ? now : null,
                });
                return await audit.RecordAsync(
                    db, Stream, asksNobody ? "lesson.released" : "lesson.proposed", view.Person.AsPerformer().Actor,
                    new JsonObject { ["lesson"] = id.ToString(), ["case"] = complaint.Id.ToString(), ["number"] = complaint.Number, ["title"] = text.Title }, cancellationToken);
            },
            cancellationToken);
        return id;
    }

    /// <summary>Releases a lesson, does not, or takes it out again.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="RuleViolationException">A rule of <see cref="LessonRules"/>.</exception>
    public async Task<bool> DecideAsync(Guid id, LessonState to, string? remark, Person person, CancellationToken cancellationToken)
    {
        remark = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        RuleViolationException.ThrowUnless(to == LessonState.Released || remark is not null, LessonRules.ReasonRequired);
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await db.Lessons.SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } lesson)
                {
                    return false;
                }

                var rules = await RulesAsync(lesson.ProcessKey, cancellationToken);
                RuleViolationException.ThrowUnless(rules is not null && CaseAccess.HandlesCases(person) && LessonRules.MayRelease(rules, person.AsPerformer()), LessonRules.NotAllowed);
                RuleViolationException.ThrowUnless(lesson.State == (to == LessonState.Withdrawn ? LessonState.Released : LessonState.Proposed), to == LessonState.Withdrawn ? LessonRules.NotReleased : LessonRules.NotProposed);
                RuleViolationException.ThrowUnless(to == LessonState.Withdrawn || lesson.ProposedBy != person.Id, LessonRules.Own);
                (lesson.State, lesson.DecidedBy, lesson.DecidedByName, lesson.DecidedAt, lesson.Remark) = (to, person.Id, person.Name, clock.GetUtcNow(), remark);
                await audit.RecordAsync(
                    db, Stream, to switch { LessonState.Released => "lesson.released", LessonState.Returned => "lesson.returned", _ => "lesson.withdrawn" }, person.AsPerformer().Actor,
                    new JsonObject { ["lesson"] = id.ToString(), ["case"] = lesson.ComplaintId.ToString(), ["number"] = lesson.Number, ["title"] = lesson.Title, ["reason"] = remark }, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Records that somebody takes lessons out as a file.</summary>
    public async Task TakenOutAsync(string? q, string? process, int rows, Person person, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) => await audit.RecordAsync(
            db, InboxExport.Stream, "exported", person.AsPerformer().Actor, new JsonObject { ["view"] = "lessons", ["query"] = q, ["process"] = process, ["rows"] = rows }, cancellationToken),
        cancellationToken);

    /// <summary>The rules of a process as they are now; null where it is published no more.</summary>
    public async Task<Domain.Complaints.CaseRules?> RulesAsync(string process, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        return now.Published.TryGetValue(process, out var published) ? now.RulesFor(published, now.LimitsVersion(process)) : null;
    }
}

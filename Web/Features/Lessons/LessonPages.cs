using System.Globalization;
using System.Security.Claims;
using System.Text;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Lessons;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Lessons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Lessons;

/// <summary>The case library as one reader sees it: released lessons are everybody's, others those of who proposed them and who decides.</summary>
public sealed class LessonPages(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, LessonDesk desk, CaseReader reader, People people, CaseAccess access,
    RuleTexts rules, IStringLocalizer<LessonsText> text)
{
    private const int PageSize = 25;
    private const int MostPages = 400;
    private const int MostWaiting = 50;
    private const int MostInFile = 5_000;

    /// <summary>The list; null for nobody who works here.</summary>
    public async Task<LessonList?> ListAsync(LessonQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var page = Math.Clamp(query.Page, 1, MostPages);
        var found = await LessonSearch.Released(db, query.Q, query.Process).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellationToken);
        var known = await db.Lessons.AsNoTracking().Where(l => l.State == LessonState.Released).Select(l => l.ProcessKey).Distinct().ToListAsync(cancellationToken);
        var waiting = new List<StoredLesson>();
        foreach (var lesson in await db.Lessons.AsNoTracking().Where(l => l.State == LessonState.Proposed).OrderBy(l => l.ProposedAt).Take(MostWaiting).ToListAsync(cancellationToken))
        {
            if (lesson.ProposedBy == person.Id || await MayDecideAsync(lesson, person, cancellationToken))
            {
                waiting.Add(lesson);
            }
        }

        var names = (await configurations.CurrentAsync(cancellationToken)).Published;
        return new LessonList
        {
            Query = query with { Page = page },
            Waiting = await RowsAsync(waiting, cancellationToken),
            Rows = await RowsAsync(found.Take(PageSize), cancellationToken),
            HasMore = found.Count > PageSize && page < MostPages,
            Processes = [.. known.Order(StringComparer.Ordinal).Select(key => new Choice(key, names.GetValueOrDefault(key)?.Pack.Identity.Name.In(PackWords.Language) ?? key))],
        };
    }

    /// <summary>The released lessons that are found, as CSV; recorded before it is given out. Null for nobody who works here.</summary>
    public async Task<string?> FileAsync(LessonQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await LessonSearch.Released(db, query.Q, query.Process).Take(MostInFile).ToListAsync(cancellationToken);
        var rows = (await RowsAsync(found, cancellationToken)).ToDictionary(row => row.Id);
        await desk.TakenOutAsync(query.Q, query.Process, found.Count, person, cancellationToken);
        var file = new StringBuilder(CsvText.Line(text["Lesson"], text["Process"], text["Category"], text["Level"], text["Situation"], text["Cause"], text["Measures"], text["Advice"], text["File_released"]));
        foreach (var lesson in found)
        {
            var row = rows[lesson.Id];
            file.Append(CsvText.Line(
                lesson.Title, row.Process, row.Category, row.Level?.Name, lesson.Situation, lesson.Cause, lesson.Measures, lesson.Advice,
                row.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)));
        }

        return file.ToString();
    }

    /// <summary>One lesson; null where there is none for this reader.</summary>
    public async Task<LessonView?> GetAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Lessons.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } lesson)
        {
            return null;
        }

        var decides = await MayDecideAsync(lesson, person, cancellationToken);
        if (lesson.State != LessonState.Released && lesson.ProposedBy != person.Id && !decides)
        {
            return null;
        }

        var sees = await (await access.ScopeAsync(db, person, cancellationToken)).Visible(db).AnyAsync(c => c.Id == lesson.ComplaintId, cancellationToken);
        return new LessonView
        {
            Row = (await RowsAsync([lesson], cancellationToken))[0],
            Text = new LessonText(lesson.Title, lesson.Situation, lesson.Cause, lesson.Measures, lesson.Advice),
            CaseHref = sees ? $"/cases/{lesson.ComplaintId}" : null,
            Number = sees ? lesson.Number : null,
            DecidedBy = lesson.DecidedByName,
            DecidedAt = lesson.DecidedAt,
            Remark = lesson.Remark,
            MayDecide = decides && lesson.State == LessonState.Proposed && lesson.ProposedBy != person.Id,
            MayWithdraw = decides && lesson.State == LessonState.Released,
        };
    }

    /// <summary>The form for a case; null where the reader may not propose it.</summary>
    public async Task<LessonDraft?> DraftAsync(Guid caseId, LessonForm? form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(caseId, user, cancellationToken) is not { MayAct: true } view)
        {
            return null;
        }

        var mask = LessonRules.MaskOf(view.Complaint, view.Rules.Chart);
        return new LessonDraft
        {
            CaseId = caseId,
            Number = view.Complaint.Number,
            Form = form ?? new LessonForm { Title = Cut(mask.Of(view.Complaint.Subject), LessonText.LongestTitle), Situation = Cut(mask.Of(view.Complaint.Facts.Text("description") ?? ""), LessonText.LongestText) },
            Said = [.. Said(view).Select(one => KeyValuePair.Create(one.Key, mask.Of(one.Value)))],
            ReleasedBy = [.. LessonRules.ReleasedBy(view.Rules).Select(view.Words.Candidate)],
        };
    }

    /// <summary>Proposes a lesson.</summary>
    /// <returns>Its id, or the form with what is wrong; null where there is no such case for this reader.</returns>
    public async Task<(Guid? Id, LessonDraft? Again, ActionAnswer Answer)> ProposeAsync(Guid caseId, LessonForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(caseId, user, cancellationToken) is not { MayAct: true } view)
        {
            return (null, null, ActionAnswer.NotFound);
        }

        var draft = (await DraftAsync(caseId, form, user, cancellationToken))!;
        try
        {
            return (await desk.ProposeAsync(view, form.Text, cancellationToken), null, ActionAnswer.Done);
        }
        catch (InvalidInputException invalid)
        {
            var errors = invalid.Problems.ToDictionary(p => p.Field, p => text[$"Wrong_{p.Code}", p.Field == nameof(LessonForm.Title) ? LessonText.LongestTitle : LessonText.LongestText].Value, StringComparer.Ordinal);
            return (null, draft with { Errors = errors, Error = text["NotComplete"] }, ActionAnswer.Invalid(text["NotComplete"], errors));
        }
        catch (RuleViolationException refused)
        {
            var said = rules.Say(refused.Rule, view.Rules.Pack);
            return (null, draft with { Error = said }, ActionAnswer.Refused(said));
        }
    }

    /// <summary>Decides on a lesson.</summary>
    public async Task<ActionAnswer> DecideAsync(Guid id, LessonState to, string? remark, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, user, cancellationToken) is null || await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        if (remark?.Length > LessonDesk.LongestRemark)
        {
            return ActionAnswer.Invalid(text["Wrong_too-long", LessonDesk.LongestRemark]);
        }

        try
        {
            return await desk.DecideAsync(id, to, remark, person, cancellationToken) ? ActionAnswer.Done : ActionAnswer.NotFound;
        }
        catch (RuleViolationException refused)
        {
            var said = rules.Say(refused.Rule, null);
            return refused.Rule == LessonRules.NotAllowed ? ActionAnswer.Forbidden(said) : refused.Rule == LessonRules.ReasonRequired ? ActionAnswer.Invalid(said) : ActionAnswer.Refused(said);
        }
    }

    private async Task<bool> MayDecideAsync(StoredLesson lesson, Person person, CancellationToken cancellationToken) =>
        CaseAccess.HandlesCases(person) && await desk.RulesAsync(lesson.ProcessKey, cancellationToken) is { } now && LessonRules.MayRelease(now, person.AsPerformer());

    // what people wrote on the forms of the case
    private static IEnumerable<KeyValuePair<string, string>> Said(CaseView view) => view.Complaint.Facts.All
        .Where(f => !view.Hides(f.Key) && f.Key is not ("subject" or "description"))
        .Select(f => (f.Key, Definition: view.Rules.Pack.Facts.Find(f.Key), f.Value))
        .Where(f => f.Definition is { Sensitive: false, IsBuiltIn: false } && (f.Definition.Type == FactType.Rows || f.Definition is { Type: FactType.Text, Options: null }))
        .Select(f => KeyValuePair.Create(f.Definition!.Name.In(PackWords.Language), f.Value.Rows is { } rows
            ? string.Join('\n', rows.Select(row => string.Join(" · ", f.Definition.Columns.Where(c => c.Type == FactType.Text && !c.Sensitive).Select(c => row.GetValueOrDefault(c.Key)?.Text).Where(t => !string.IsNullOrWhiteSpace(t)))))
            : f.Value.Text ?? ""))
        .Where(f => f.Value.Length > 0);

    private static string Cut(string said, int longest) => said.Length > longest ? said[..longest] : said;

    private async Task<IReadOnlyList<LessonRow>> RowsAsync(IEnumerable<StoredLesson> lessons, CancellationToken cancellationToken)
    {
        var rows = new List<LessonRow>();
        var words = new Dictionary<string, (PackWords Words, string Zone)?>(StringComparer.Ordinal);
        foreach (var lesson in lessons)
        {
            if (!words.TryGetValue(lesson.ProcessKey, out var said))
            {
                words[lesson.ProcessKey] = said = await desk.RulesAsync(lesson.ProcessKey, cancellationToken) is { } now ? (await reader.WordsAsync(now, cancellationToken), now.Zone) : null;
            }

            rows.Add(new LessonRow(
                lesson.Id, lesson.Title, said?.Words.Process ?? lesson.ProcessKey, lesson.Category is { } category ? said?.Words.Option("category", category) ?? category : null,
                said?.Words.Level(lesson.Level), lesson.State, lesson.ProposedByName, lesson.DecidedAt ?? lesson.ProposedAt, said?.Zone ?? "UTC"));
        }

        return rows;
    }
}

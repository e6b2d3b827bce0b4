using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Words;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Reporting;

/// <summary>Who is told of reports, and how: a notice each in the product, which mails tell of like any other.</summary>
public sealed class ReportPeople(People people, StoredConfigurations configurations, TimeProvider clock)
{
    /// <summary>The template column of these notices.</summary>
    public const string Template = "@report";

    /// <summary>Whether somebody is meant: <c>role@department</c> is the role there; who holds a role everywhere holds it there too.</summary>
    public static bool Holds(Person person, string who)
    {
        var at = who.IndexOf('@', StringComparison.Ordinal);
        return at < 0
            ? person.Is(who) || person.AsPerformer().Is(who)
            : person.Memberships.Any(held => held.Role == who[..at] && (held.Department is null || held.Department == who[(at + 1)..]));
    }

    /// <summary>Everybody who is meant by one of these, each once. Where there is nobody, whoever answers where nobody is left.</summary>
    public async ValueTask<IReadOnlyList<Person>> OfAsync(IEnumerable<string> who, CancellationToken cancellationToken)
    {
        var (all, roles) = (await people.AllAsync(cancellationToken), who.ToList());
        var found = all.Where(person => roles.Exists(one => Holds(person, one))).ToList();
        if (found.Count > 0)
        {
            return found;
        }

        var fallback = (await configurations.CurrentAsync(cancellationToken)).Chart.FallbackRole;
        return [.. all.Where(person => Holds(person, fallback))];
    }

    /// <summary>Whoever leads the departments of those whose duty something is.</summary>
    /// <param name="who">Their roles.</param>
    /// <param name="departmentOf">The department of a role; null where it has none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<IReadOnlyList<string>> AboveAsync(IEnumerable<string> who, Func<string, string?> departmentOf, CancellationToken cancellationToken)
    {
        var chart = (await configurations.CurrentAsync(cancellationToken)).Chart;
        return [.. who.Select(one => one.Split('@')).Select(parts => chart.HeadAt(parts.Length > 1 ? parts[1] : departmentOf(parts[0]), respondent: null).Candidate).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The notices, one a person.</summary>
    /// <param name="told">Whom.</param>
    /// <param name="notice">What.</param>
    /// <param name="href">Where it leads in the product.</param>
    /// <param name="isLate">Something is late: told of by mail whatever people chose.</param>
    public IEnumerable<MessageRow> Notices(IEnumerable<Person> told, ReportNotice notice, string href, bool isLate = false)
    {
        var now = clock.GetUtcNow();
        return told.DistinctBy(person => person.Id).Select(person => new MessageRow
        {
            Id = Guid.CreateVersion7(now),
            ComplaintId = Guid.Empty,
            Template = Template,
            Recipient = Candidates.UserPrefix + person.Id,
            Channel = "inbox",
            Address = href,
            SubjectZh = notice.Subject.Zh,
            SubjectEn = notice.Subject.En,
            BodyZh = notice.Body.Zh,
            BodyEn = notice.Body.En,
            Escalation = isLate,
            State = MessageStates.Noticed,
            CreatedAt = now,
        });
    }
}

using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Organisation;

/// <summary>
/// Shows what is covered. The record and the count of the day are committed before anything is shown. Of more than is usual in a day the head is told, in a notice that
/// hangs on no case: not every head sees the last one.
/// </summary>
public sealed class IdentityReveals(
    CaseRuntime cases, People people, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The template column of the notice.</summary>
    public const string ManyReveals = "@many-reveals";

    /// <inheritdoc cref="Reveals.Show"/>
    /// <param name="transaction">The transaction to record it in.</param>
    /// <param name="id">The case.</param>
    /// <param name="by">Who asks.</param>
    public async ValueTask<CaseOutcome> ShowAsync(
        ICaseTransaction transaction, Guid id, Performer by, IReadOnlyList<string> fields, string? purpose, string? reason, CancellationToken cancellationToken)
    {
        var outcome = await cases.ActAsync(transaction, id, by, act => Reveals.Show(act, fields, purpose, reason), cancellationToken);
        await CountAsync(transaction, by.PersonId!, outcome, cancellationToken);
        return outcome;
    }

    /// <inheritdoc cref="Reveals.Decide"/>
    /// <param name="transaction">The transaction to record it in.</param>
    /// <param name="id">The case.</param>
    /// <param name="by">Who decides.</param>
    public async ValueTask<CaseOutcome> DecideAsync(ICaseTransaction transaction, Guid id, Performer by, string? person, bool agrees, CancellationToken cancellationToken)
    {
        var outcome = await cases.ActAsync(transaction, id, by, act => Reveals.Decide(act, person, agrees), cancellationToken);
        if (agrees)
        {
            await CountAsync(transaction, person!, outcome, cancellationToken);
        }

        return outcome;
    }

    private async ValueTask CountAsync(ICaseTransaction transaction, string person, CaseOutcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = await transaction.NextAsync($"reveals/{person}/{now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", cancellationToken);
        if (today == Reveals.UsualPerDay + 1)
        {
            await transaction.SaveMessagesAsync(await NoticesAsync(person, outcome, now, cancellationToken), cancellationToken);
        }
    }

    // the head of the person's own department; of nobody's, whoever heads the case's; where there is none, auditors
    private async Task<IReadOnlyList<MessageRow>> NoticesAsync(string person, CaseOutcome outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var who = await people.FindAsync(person, cancellationToken);
        var department = who?.Memberships.Select(m => m.Department).FirstOrDefault(d => d is not null) ?? outcome.Complaint.Lead;
        var head = outcome.Rules.Chart.HeadAt(department, person).Candidate;
        var told = (await people.WhoIsAsync(head, cancellationToken)).Where(p => p.Id != person).ToList();
        if (told.Count == 0)
        {
            told = [.. (await people.AllAsync(cancellationToken)).Where(p => p.Is(SystemRoles.Auditor) && p.Id != person)];
        }

        var (name, count) = (who?.Name ?? person, Reveals.UsualPerDay);
        return
        [
            .. told.Select(p => new MessageRow
            {
                Id = Guid.CreateVersion7(wallClock.GetUtcNow()),
                ComplaintId = Guid.Empty,
                Template = ManyReveals,
                Recipient = Candidates.UserPrefix + p.Id,
                Channel = "inbox",
                SubjectZh = "多次查看被遮盖的个人信息",
                SubjectEn = "Covered personal data looked at often",
                BodyZh = $"{name}今天已查看 {count} 次以上被遮盖的身份、联系方式或敏感信息。每次的事由见审计。",
                BodyEn = $"{name} has looked at covered identities, contact or sensitive data more than {count} times today. The audit says why each time.",
                State = MessageStates.Delivered,
                CreatedAt = now,
            }),
        ];
    }
}

using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases;

/// <summary>What becomes due, and answers to what activities have sent.</summary>
public sealed partial class CaseRuntime
{
    /// <summary>A timer is due: the case or instance it is for looks what its time has come to. A timer that is gone has fired already.</summary>
    /// <returns>False: it had fired already.</returns>
    public ValueTask<bool> FireAsync(Guid timer, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                if (await transaction.TakeTimerAsync(timer, cancellationToken) is not { } due)
                {
                    return false;
                }

                if (due.Kind == CaseTimers.Request)
                {
                    await TellOfRequestAsync(transaction, CaseOfClock(due), cancellationToken);
                    return true;
                }

                var burst = _enduring.Open(transaction, cancellationToken);
                var session = await CaseOfAsync(transaction, due, cancellationToken) is { } id
                    ? await OpenAsync(transaction, burst, id, new Performer { Actor = Actor.Timer }, cancellationToken)
                    : null;
                session?.Before.Forget(timer);
                if (due.Kind == CaseTimers.Count)
                {
                    session?.CountAgain = true;
                }
                else if (due.Kind != CaseTimers.Clock)
                {
                    await burst.FireAsync(due);
                }

                await FinishAsync(transaction, burst, session, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Timers of clocks that are due together: each case looks what its time has come to, all in one commit. A case that fails fails them all,
    /// and nothing has changed; then each is fired by itself.
    /// </summary>
    /// <param name="due">Timers of kind <see cref="CaseTimers.Clock"/>, of a few dozen cases at most, in the order to fire them in.</param>
    /// <param name="cancellationToken">Gives up before it has begun.</param>
    /// <returns>The timers that fired; the others had fired already.</returns>
    public ValueTask<IReadOnlySet<Guid>> FireClocksAsync(IReadOnlyList<TimerRow> due, CancellationToken cancellationToken) =>
        _store.RunAsync<IReadOnlySet<Guid>>(
            async transaction =>
            {
                var fired = new HashSet<Guid>();
                await transaction.TogetherAsync(
                    [.. due.Select(CaseOfClock).Distinct()],
                    async () =>
                    {
                        // the cases are locked before their timers go, in the order in which anyone else who acts on a case does it
                        var taken = (await transaction.TakeTimersAsync([.. due.Select(t => t.Id)], cancellationToken)).Select(t => t.Id).ToHashSet();
                        foreach (var timers in due.Where(t => taken.Contains(t.Id)).GroupBy(CaseOfClock))
                        {
                            var burst = _enduring.Open(transaction, cancellationToken);
                            var session = await OpenAsync(transaction, burst, timers.Key, new Performer { Actor = Actor.Timer }, cancellationToken);
                            foreach (var timer in timers)
                            {
                                session?.Before.Forget(timer.Id);
                                fired.Add(timer.Id);
                            }

                            await FinishAsync(transaction, burst, session, cancellationToken);
                        }
                    },
                    cancellationToken);
                return fired;
            },
            cancellationToken);

    /// <summary>The answer to what an activity sent has come, or the news that there will be none.</summary>
    /// <returns>False: nobody waits for it any more; nothing has changed.</returns>
    public ValueTask<bool> AnswerAsync(Guid instance, Guid bookmark, object? answer, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = _enduring.Open(transaction, cancellationToken);
                var session = await CaseOfAsync(transaction, instance, cancellationToken) is { } id
                    ? await OpenAsync(transaction, burst, id, new Performer { Actor = Actor.Workflow }, cancellationToken)
                    : null;
                if ((await burst.ResumeBookmarkAsync(instance, bookmark, answer)).Outcome != DeliverOutcome.Delivered)
                {
                    return false;
                }

                await FinishAsync(transaction, burst, session, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>The cases a request was about learn how it ended, and do what follows.</summary>
    private async ValueTask TellOfRequestAsync(ICaseTransaction transaction, Guid request, CancellationToken cancellationToken)
    {
        if (await transaction.LoadCaseAsync(request, cancellationToken) is not { } stored || CaseDocument.Read(stored.Document.Span) is not { Request: { } asked } decided)
        {
            return;
        }

        var said = decided.Facts.Text(DataRequestFacts.Decision);
        var outcome = decided.Status == CaseStatus.Closed && DataRequestOutcomes.All.Contains(said) ? said! : DataRequestOutcomes.Dropped;
        var about = asked.About.Select(c => c.Id).ToList();
        await transaction.TogetherAsync(
            about,
            async () =>
            {
                foreach (var id in about)
                {
                    var burst = _enduring.Open(transaction, cancellationToken);
                    if (await OpenAsync(transaction, burst, id, new Performer { Actor = Actor.Workflow }, cancellationToken) is { } session)
                    {
                        session.Complaint.Rights.Decide(session.Act, decided.Number, outcome, decided.Facts.Text(DataRequestFacts.Reason), asked.Text);
                        await FinishAsync(transaction, burst, session, cancellationToken);
                    }
                }
            },
            cancellationToken);
    }

    private static Guid CaseOfClock(TimerRow timer) => Guid.Parse(timer.Payload!, CultureInfo.InvariantCulture);

    private static async ValueTask<Guid?> CaseOfAsync(ICaseTransaction transaction, TimerRow timer, CancellationToken cancellationToken)
    {
        if (timer.Kind is CaseTimers.Clock or CaseTimers.Count)
        {
            return CaseOfClock(timer);
        }

        return timer.InstanceId is { } instance ? await CaseOfAsync(transaction, instance, cancellationToken) : null;
    }

    private static async ValueTask<Guid?> CaseOfAsync(ICaseTransaction transaction, Guid instance, CancellationToken cancellationToken) =>
        await transaction.LoadInstanceAsync(instance, cancellationToken) is { Row.CorrelationId: { } correlation }
        && Guid.TryParse(correlation, out var id)
            ? id
            : null;
}

using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>
/// Tries a version of a process out: registers one case on the virtual clock and lets people behave as told, until the case is over, nothing
/// more is due, or a bound is reached. Nothing outside is touched.
/// </summary>
/// <param name="process">The version, draft or published.</param>
/// <param name="configuration">Readings, changes of limits and calendars as they are in force.</param>
public sealed class Trial(ProcessPlans process, CaseConfiguration configuration)
{
    // the same task done this often means that the outcomes chosen lead round and round
    private const int MaxRepeats = 20;

    /// <param name="registration">What comes in; <see cref="Registration.ReceivedAt"/> may lie before <paramref name="start"/>, not after.</param>
    /// <param name="by">Who registers it.</param>
    /// <param name="start">Where the virtual clock starts.</param>
    /// <param name="behaviour">How people behave.</param>
    /// <exception cref="InvalidInputException">The registration cannot be taken; every problem is named.</exception>
    /// <exception cref="RuleViolationException"><c>process-cannot-run</c> and what else the process refuses at once.</exception>
    /// <exception cref="InvalidTimeRuleException">A limit of this version cannot be counted.</exception>
    public async ValueTask<TrialResult> RunAsync(
        Registration registration, Performer by, DateTimeOffset start, Behaviour behaviour, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(SimulationBounds.MaxTime);
        var bounds = new SimulationBounds();
        using var installation = new VirtualInstallation(new FixedConfiguration(configuration.Trying(process.Process)), process.Plans, start, bounds);
        var recorder = new TrialRecorder(installation.Store, installation.Cases, start);
        var registered = await installation.Cases.RegisterAsync(registration with { Process = process.Process.Pack.Identity.Id }, by, time.Token);
        var play = new Play(installation, bounds, recorder, behaviour, registered!.Complaint.Id.Value);
        string? stoppedBy = null;
        try
        {
            await play.RunAsync(start + behaviour.Horizon, time.Token);
        }
        catch (SimulationStoppedException stopped)
        {
            stoppedBy = stopped.Code;
        }
        catch (RuleViolationException refused)
        {
            // a timer whose burst the rules refuse, as when tables undo each other for ever
            stoppedBy = refused.Rule.Code;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stoppedBy = "out-of-time";
        }

        return await recorder.ResultAsync(installation.Now, new Dictionary<Guid, string>(), stoppedBy, null, cancellationToken);
    }

    /// <summary>People who do what the behaviour says.</summary>
    private sealed class Play(VirtualInstallation installation, SimulationBounds bounds, TrialRecorder recorder, Behaviour behaviour, Guid id)
    {
        private readonly SimulatedPeople _people = new();
        private readonly HashSet<Guid> _refused = [];
        private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);
        private readonly Dictionary<(Guid, string, int), DateTimeOffset> _awaited = [];

        public async ValueTask RunAsync(DateTimeOffset horizon, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var complaint = (await installation.Cases.ReadAsync(id, cancellationToken))!.Complaint;
                var (deedAt, deed) = Next(complaint);
                var timerAt = installation.Store.FirstDue(horizon)?.DueAt;
                if (deed is not null && deedAt <= horizon && (timerAt is null || deedAt < timerAt))
                {
                    await installation.MoveToAsync(deedAt, cancellationToken);
                    bounds.CountDeed();
                    await deed(cancellationToken);
                }
                else if (timerAt is { } due)
                {
                    await installation.MoveToAsync(due, cancellationToken);
                }
                else
                {
                    return;
                }
            }
        }

        private (DateTimeOffset At, Func<CancellationToken, ValueTask>? Deed) Next(Complaint complaint)
        {
            if (behaviour.After is not { } after || !complaint.IsOpen)
            {
                return default;
            }

            var work = complaint.Tasks.Open.Where(t => !_refused.Contains(t.Id) && OutcomeOf(t) is not null)
                .Select(t => (At: t.CreatedAt + after, Deed: (Func<CancellationToken, ValueTask>?)(token => CompleteAsync(t, token))));
            var answers = complaint.Awaits.Where(a => AnswerOf(a) is not null)
                .Select(a => (At: AwaitedSince(complaint, a) + after, Deed: (Func<CancellationToken, ValueTask>?)(token => AnswerAsync(AnswerOf(a)!, token))));
            return work.Concat(answers).OrderBy(d => d.At).FirstOrDefault();
        }

        private string? OutcomeOf(HumanTask task) => behaviour.Outcomes.GetValueOrDefault(task.Key) switch
        {
            Behaviour.LeftAlone => null,
            { } chosen when task.Outcomes.Contains(chosen) => chosen,
            _ => task.Outcomes is [var first, ..] ? first : null,
        };

        private string? AnswerOf(AwaitedAnswer awaited) => behaviour.Outcomes.GetValueOrDefault(Behaviour.Complainant) switch
        {
            Behaviour.LeftAlone => null,
            _ when awaited.Material => "Received",
            "Rejected" => "Rejected",
            _ => "Agreed",
        };

        private DateTimeOffset AwaitedSince(Complaint complaint, AwaitedAnswer awaited)
        {
            var key = (awaited.Instance, awaited.Shape, complaint.Answers.Count);
            return _awaited.TryGetValue(key, out var since) ? since : _awaited[key] = installation.Now;
        }

        private async ValueTask CompleteAsync(HumanTask task, CancellationToken cancellationToken)
        {
            var outcome = OutcomeOf(task)!;
            CountRepeat(task.Key);
            try
            {
                await installation.Cases.ActAsync(
                    id, _people.WhoMay(task),
                    act => act.Complaint.Tasks.Complete(
                        act, task.Id,
                        FormFiller.Fill(act, task, outcome, behaviour.Facts, [.. Enumerable.Range(1, Math.Max(0, task.MinPeople - 1)).Select(_ => _people.Stranger())])),
                    cancellationToken);
            }
            catch (RuleViolationException refused)
            {
                _refused.Add(task.Id);
                recorder.Refuse(installation.Now, id, task, outcome, refused.Rule.Code, refused.Rule.Message);
            }
            catch (InvalidInputException refused)
            {
                _refused.Add(task.Id);
                recorder.Refuse(installation.Now, id, task, outcome, refused.Problems[0].Code, refused.Message);
            }
        }

        private async ValueTask AnswerAsync(string outcome, CancellationToken cancellationToken)
        {
            CountRepeat(Behaviour.Complainant);
            await installation.Cases.ActAsync(
                id, new Performer { Actor = Actor.Complainant }, act => act.Complaint.Answer(act, outcome, null, new Dictionary<string, Domain.Facts.FactValue>()), cancellationToken);
        }

        private void CountRepeat(string key)
        {
            var times = _done[key] = _done.GetValueOrDefault(key) + 1;
            if (times > MaxRepeats)
            {
                throw new SimulationStoppedException("going-in-circles", $"'{key}' was done {MaxRepeats} times.");
            }
        }
    }
}

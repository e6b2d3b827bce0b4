using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// Asks the counters of a case's process in the burst that changes what they count by. A group is counted by one burst at a time, so that of two
/// cases that come together the later sees the earlier; others of the group whose own count may have risen are woken once this is committed.
/// </summary>
internal sealed class CaseCounting(ICaseTransaction transaction, CancellationToken cancellationToken)
{
    // a group that large has long passed every threshold
    private const int MostWoken = 200;

    private readonly Dictionary<string, CountRow> _rows = new(StringComparer.Ordinal);

    /// <summary>Writes by what the case is counted now, with the case itself: what is only tried out writes nothing.</summary>
    public async ValueTask SaveAsync()
    {
        foreach (var row in _rows.Values)
        {
            await transaction.SaveCountAsync(row, cancellationToken);
        }
    }

    /// <summary>Timers that wake the others.</summary>
    public List<TimerRow> Woken { get; } = [];

    /// <param name="act">The case.</param>
    /// <param name="again">Others of the group have changed: count although this case has not.</param>
    public async ValueTask CountAsync(CaseAct act, bool again)
    {
        foreach (var counter in act.Rules.Pack.Counters.Values.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (!CounterUse.CountsGroups(counter))
            {
                act.Complaint.Counts.Note(act, counter.Key, null, CounterUse.Value(counter, act, null));
                continue;
            }

            var (before, now) = (act.Complaint.Counts.AsOf(counter.Key), CounterUse.Of(counter, act));
            if (before == now && !again && counter.Measure is null)
            {
                continue;
            }

            var reach = counter.Reach.Resolve(act.Rules.Settings).Text;
            var shared = reach == CounterUse.Group || counter.Link || CounterUse.CountsItems(counter);
            if (now is null)
            {
                act.Complaint.Counts.Note(act, counter.Key, null, null);
            }
            else
            {
                var group = await GroupAsync(act, counter, now.Key);
                if (now.Holds)
                {
                    group.Add(new CountedItem(act.Complaint.Id.Value, act.Complaint.Number, now.At ?? act.Complaint.ReceivedAt, now.Distinct, true, now.Weight));
                }

                act.Complaint.Counts.Note(act, counter.Key, now, CounterUse.Value(counter, act, CounterUse.Count(counter, group, AsOf(act, counter), reach, act.Rules.Zone)));
                if (counter.Link)
                {
                    // a closely kept case is counted and not named
                    foreach (var other in CounterUse.With(counter, group, act.Complaint.Id.Value, AsOf(act, counter), reach, act.Rules.Zone).Where(one => one.Number.Length > 0))
                    {
                        act.Complaint.Link(act, other.Number);
                    }
                }

                Wake(act, counter.Key, shared && before != now ? group : []);
            }

            if (before is not null && before.Key != now?.Key)
            {
                Wake(act, counter.Key, shared ? await GroupAsync(act, counter, before.Key) : []);
            }

            if (before != now)
            {
                _rows[counter.Key] = new CountRow(
                    act.Complaint.Id.Value, counter.Key, now?.Key, now?.IsNamed == true ? act.Complaint.Number : "", now?.At ?? act.Complaint.ReceivedAt, now?.Distinct, now?.Holds == true,
                    now?.Weight ?? 1);
            }
        }
    }

    private async ValueTask<List<CountedItem>> GroupAsync(CaseAct act, Domain.Packs.Counter counter, string key)
    {
        // whoever else counts this group waits for the end of this transaction
        await transaction.NextAsync($"count/{key}", cancellationToken);
        var (from, to) = CounterUse.Range(counter, AsOf(act, counter));
        return [.. (await transaction.CountedAsync(key, from, to, cancellationToken)).Where(item => item.Complaint != act.Complaint.Id.Value)];
    }

    // complaints are counted as of when the case came in, awards and events as of now
    private static DateTimeOffset AsOf(CaseAct act, Domain.Packs.Counter counter) => CounterUse.CountsItems(counter) ? act.At : act.Complaint.ReceivedAt;

    private void Wake(CaseAct act, string counter, IReadOnlyList<CountedItem> group)
    {
        foreach (var other in group.Where(item => item.Complaint != act.Complaint.Id.Value).OrderByDescending(item => item.At).Take(MostWoken))
        {
            var id = CaseTimers.IdOf(new ComplaintId(other.Complaint), "count", counter);
            if (!Woken.Exists(timer => timer.Id == id))
            {
                Woken.Add(new TimerRow { Id = id, DueAt = act.At, Severity = 0, Kind = CaseTimers.Count, Payload = other.Complaint.ToString() });
            }
        }
    }
}

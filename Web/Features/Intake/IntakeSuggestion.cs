using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Intake;

/// <summary>What a registration would lead to, worked out on a case that is never stored; and cases like it.</summary>
public sealed class IntakeSuggestion(IDbContextFactory<CaseManagementDbContext> contexts, MaskedRows masked, ReadLog reads, IStringLocalizer<IntakeWords> words)
{
    private const int Compared = 200;
    private const int LookAlikesShown = 5;
    private const int EarlierShown = 3;
    private const int MostTraced = 100;
    private static readonly TimeSpan Recently = TimeSpan.FromDays(90);

    public async Task<IntakeAside> GetAsync(
        IntakeEntry entry, CaseRules rules, PackWords said, CaseScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var act = Act(entry, rules, scope, now);
        foreach (var table in rules.Pack.Tables.Values.Where(t => Decides(t, "level") || Decides(t, "lead")))
        {
            try
            {
                TableUse.Apply(act, table.Key);
            }
            catch (RuleViolationException)
            {
                // the table cannot decide on what is known so far
            }
        }

        var complaint = act.Complaint;
        var earlier = await EarlierAsync(entry, said, scope, cancellationToken);
        return new IntakeAside
        {
            Level = said.Level(complaint.Level),
            LevelReason = complaint.Why?.In(PackWords.Language),
            Lead = complaint.Lead is { } lead ? said.Department(lead) : null,
            Promises = [.. Promises(entry, rules, act, now)],
            LookAlikes = await LookAlikesAsync(entry, said, scope, now, cancellationToken),
            Earlier = [.. earlier.Take(EarlierShown)],
            History = earlier.Count == 0 ? null : words["Earlier", earlier.Count, earlier.Count(e => e.IsOpen)].Value,
        };
    }

    /// <summary>Other cases of whoever complains, by their traces; of those the reader is shown masked none is told.</summary>
    private async Task<IReadOnlyList<EarlierCase>> EarlierAsync(IntakeEntry entry, PackWords said, CaseScope scope, CancellationToken cancellationToken)
    {
        var complainant = entry.Registration.Complainant;
        var traces = ContactTrace.Of(complainant).Select(t => t.Value).ToList();
        if (traces.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var traced = await db.CaseTraces.AsNoTracking().Where(t => traces.Contains(t.Trace)).OrderByDescending(t => t.ComplaintId).Take(MostTraced).ToListAsync(cancellationToken);
        var (ids, kinds) = (traced.Select(t => t.ComplaintId).Distinct().ToList(), traced.ToLookup(t => t.ComplaintId, t => t.Kind));
        var rows = await scope.Workable(db).Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);
        var masks = await masked.OfAsync(rows, scope, db, cancellationToken);
        var known = rows.Where(c => !masks.ContainsKey(c.Id)).OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Number, StringComparer.Ordinal).ToList();
        if (known.Count > 0 && scope.Person is { } by)
        {
            await reads.SearchedAsync(complainant.Phone ?? complainant.Email ?? complainant.Name ?? "", by.AsPerformer().Actor, "intake", cancellationToken);
        }

        return [.. known.Select(c => new EarlierCase(c.Id, c.Number, c.Subject, c.ReceivedAt, said.Pack.Identity.Zone, c.Status == "open", words["Same_" + Closest(kinds[c.Id])]))];

        static string Closest(IEnumerable<string> by) => by.Contains(ContactTrace.Phone) ? ContactTrace.Phone : by.Contains(ContactTrace.Email) ? ContactTrace.Email : ContactTrace.Name;
    }

    private static CaseAct Act(IntakeEntry entry, CaseRules rules, CaseScope scope, DateTimeOffset now)
    {
        var facts = new Dictionary<string, FactValue>(entry.Facts, StringComparer.Ordinal) { ["receivedAt"] = FactValue.Of(entry.Registration.ReceivedAt ?? now) };
        facts.TryAdd("kind", FactValue.Of(entry.Registration.Kind));
        facts.TryAdd("channel", FactValue.Of(entry.Registration.Channel));
        var nowhere = new CaseIdentity(ComplaintId.New(now), "", 0, 0, null, null);
        return entry.Registration.Register(facts, nowhere, rules, scope.Person?.AsPerformer() ?? new Performer { Actor = Actor.Workflow }, now, new CaseLog());
    }

    private static bool Decides(Domain.Classification.DecisionTable table, string fact) =>
        table.Rows.Any(r => r.Then.Facts.ContainsKey(fact)) || table.Otherwise?.Facts.ContainsKey(fact) == true;

    /// <summary>The dates of the clocks that the process starts by itself on a case of this kind.</summary>
    private IEnumerable<Promise> Promises(IntakeEntry entry, CaseRules rules, CaseAct act, DateTimeOffset now)
    {
        foreach (var clock in ClocksOf(rules.Pack, entry.Registration.Kind))
        {
            if (rules.Choose(clock, act.Facts)?.Rule is not { } limit || limit.From is "reopenedAt")
            {
                continue;
            }

            var calendar = rules.Calendar(limit, act.Complaint.Lead);
            var due = DueTime.Compute(limit, limit.From == "receivedAt" ? entry.Registration.ReceivedAt ?? now : now, calendar);
            var name = limit.Name.In(PackWords.Language);
            yield return due.DueAt is { } at
                ? new Promise(name, at, calendar.Zone, Provisional: due.Provisional)
                : new Promise(name, null, calendar.Zone, limit.Unit switch
                {
                    LimitUnit.Immediate => words["AtOnce"],
                    LimitUnit.Promised => words["ByPromise"],
                    _ => words["NoLimit"],
                });
        }
    }

    private static IEnumerable<string> ClocksOf(ProcessPack pack, string kind)
    {
        if (pack.Kind(kind) is not { } known || !pack.Workflows.TryGetValue(known.Workflow, out var json)
            || JsonNode.Parse(json)?["root"]?["activities"] is not JsonArray shapes)
        {
            return [];
        }

        var clocks = shapes.OfType<JsonObject>()
            .Where(s => (string?)s["type"] == "CaseManagement.StartClock")
            .Select(s => (string?)s["clocks"]?["expression"]?["value"]).OfType<string>()
            .SelectMany(Listed)
            .Distinct(StringComparer.Ordinal);
        return clocks;
    }

    private static string[] Listed(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(value) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Recent cases the reader may see whose subject is alike, or that came from the same person.</summary>
    private async Task<IReadOnlyList<LookAlike>> LookAlikesAsync(
        IntakeEntry entry, PackWords said, CaseScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (subject, name, category) = (entry.Registration.Subject, entry.Registration.Complainant.Name, entry.Facts.GetValueOrDefault("category")?.Text);
        if (subject.Length < 4 && string.IsNullOrEmpty(name))
        {
            return [];
        }

        var since = now - Recently;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var candidates = await scope.Workable(db)
            .Where(c => c.ReceivedAt >= since && c.Process == said.Pack.Identity.Id && (category == null || c.Category == category || (name != null && c.ComplainantName == name)))
            .OrderByDescending(c => c.ReceivedAt).Take(Compared).ToListAsync(cancellationToken);
        var alike = candidates.Select(c => (Case: c, Alike: Math.Max(Likeness.Of(subject, c.Subject), !string.IsNullOrEmpty(name) && c.ComplainantName == name ? Likeness.Least + 5 : 0)))
            .Where(c => c.Alike >= Likeness.Least).OrderByDescending(c => c.Alike).Take(LookAlikesShown).ToList();
        if (name is { Length: > 0 } person && scope.Person is { } by && alike.Exists(a => a.Case.ComplainantName == person))
        {
            await reads.SearchedAsync(person, by.AsPerformer().Actor, "intake", cancellationToken);
        }

        var subjects = await masked.SubjectsAsync([.. alike.Select(a => a.Case)], scope, db, cancellationToken);
        return [.. alike.Select(a => new LookAlike(a.Case.Id, a.Case.Number, subjects[a.Case.Id], a.Alike, said.Level(a.Case.Level)))];
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Records who read what. What is protected goes into a chain before the answer: no record, no data. That an ordinary case was looked at is noted once an hour for each
/// reader, in a table without a chain. Reports that name cases call <see cref="ChainedAsync"/> themselves.
/// </summary>
public sealed class ReadLog(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock) : IDisposable
{
    /// <summary>A protected identity or case was shown.</summary>
    public const string IdentityShown = "identity.shown";

    /// <summary>A case that is kept closely was read.</summary>
    public const string CaseRead = "case.read";

    /// <summary>A case was read that is open to the reader in an emergency only.</summary>
    public const string BreakGlassRead = "break-glass.read";

    /// <summary>A file was read that belongs to a covered identity, or to a sensitive fact.</summary>
    public const string FileRead = "attachment.read";

    /// <summary>Somebody looked for a person: by number or address, or found cases by the complainant's name.</summary>
    public const string IdentitySearched = "identity.searched";

    /// <summary>A version of a process was taken out as a file.</summary>
    public const string ProcessExported = "process.exported";

    /// <summary>Somebody asked the audit.</summary>
    public const string AuditAsked = "audit.queried";

    /// <summary>Somebody looked at what a change of a time limit would do.</summary>
    public const string LimitPreviewed = "limit.previewed";

    /// <summary>Somebody had a version of a process checked.</summary>
    public const string ProcessValidated = "process.validated";

    private const int MostRemembered = 100_000;
    private const int ShortestNumber = 5;

    // one stream a day and node: whoever writes into it waits for the one before instead of losing a race
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<(DateTimeOffset Hour, string Reader, Guid Case), bool> _noted = new();
    private readonly ConcurrentDictionary<(long Hour, string Reader, string Type, string Asked), bool> _asked = new();

    /// <summary>The stream of this node for a day.</summary>
    public static string StreamOf(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"reads:{Environment.MachineName}:{at.UtcDateTime:yyyy-MM-dd}");

    /// <summary>Records that a case was read, before it is shown.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="showsIdentity">The reader is shown who complained.</param>
    /// <param name="by">The reader.</param>
    /// <param name="place">Where: <c>page</c>, <c>api</c>, <c>print</c> …</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CaseAsync(Complaint complaint, bool showsIdentity, Actor by, string place, CancellationToken cancellationToken)
    {
        var level = complaint.Confidentiality.Level;
        if (level >= ConfidentialityLevel.Restricted || (level == ConfidentialityLevel.Identity && showsIdentity && !complaint.Complainant.Anonymous))
        {
            await ChainedAsync(
                level >= ConfidentialityLevel.Restricted ? CaseRead : IdentityShown, by, new JsonObject { ["case"] = complaint.Id.ToString(), ["place"] = place }, cancellationToken);
            return;
        }

        var now = wallClock.GetUtcNow();
        var reader = ReaderOf(by);
        _noted.TryAdd((new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero), reader, complaint.Id.Value), false);
        if (_noted.Count > MostRemembered)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Records, in one event of a kind, whose protected identity a list shows, and which closely kept cases.</summary>
    /// <param name="shown">The cases, each with whether its identity is shown.</param>
    /// <param name="by">The reader.</param>
    /// <param name="place">Where: <c>api</c>, <c>register</c> …</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ListAsync(IEnumerable<(Complaint Case, bool ShowsIdentity)> shown, Actor by, string place, CancellationToken cancellationToken)
    {
        var all = shown.ToList();
        foreach (var (type, cases) in new[]
        {
            (CaseRead, all.Where(c => c.Case.Confidentiality.Level >= ConfidentialityLevel.Restricted)),
            (IdentityShown, all.Where(c => c is { ShowsIdentity: true, Case: { Confidentiality.Level: ConfidentialityLevel.Identity, Complainant.Anonymous: false } })),
        })
        {
            if (cases.Select(c => (JsonNode?)c.Case.Id.ToString()).ToArray() is { Length: > 0 } ids)
            {
                await ChainedAsync(type, by, new JsonObject { ["cases"] = new JsonArray(ids), ["place"] = place }, cancellationToken);
            }
        }
    }

    /// <summary>Records that a file was read, before it is.</summary>
    /// <param name="complaint">Its case.</param>
    /// <param name="file">The file.</param>
    /// <param name="isProtected">It belongs to a sensitive fact.</param>
    /// <param name="by">The reader.</param>
    /// <param name="place">Where: <c>page</c> or <c>api</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task FileAsync(Complaint complaint, Attachment file, bool isProtected, Actor by, string place, CancellationToken cancellationToken)
    {
        if (isProtected || complaint.Confidentiality.Level >= ConfidentialityLevel.Identity)
        {
            await ChainedAsync(
                FileRead, by, new JsonObject { ["case"] = complaint.Id.ToString(), ["attachment"] = file.Id.ToString(), ["sha256"] = file.Sha256, ["place"] = place }, cancellationToken);
        }
        else
        {
            await CaseAsync(complaint, showsIdentity: false, by, place, cancellationToken);
        }
    }

    /// <summary>Records that somebody looked for a person; the same search of the same reader once an hour.</summary>
    /// <param name="asked">What was typed.</param>
    /// <param name="by">The reader.</param>
    /// <param name="place">Where: <c>inbox</c>, <c>intake</c> or <c>api</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SearchedAsync(string asked, Actor by, string place, CancellationToken cancellationToken) =>
        OnceAnHourAsync(IdentitySearched, by, new JsonObject { ["query"] = asked, ["place"] = place }, cancellationToken);

    /// <summary>Records that somebody looked at what a change of a time limit would do; for each person and limit once an hour, for the page asks with every stroke.</summary>
    /// <param name="proposal">The change; one that is not there yet has no name, for that is still being typed.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PreviewedAsync(LimitProposal proposal, Actor by, CancellationToken cancellationToken) =>
        OnceAnHourAsync(LimitPreviewed, by, new JsonObject { ["process"] = proposal.Process, ["limit"] = proposal.Written is null ? null : proposal.Limit }, cancellationToken);

    private async Task OnceAnHourAsync(string type, Actor by, JsonObject data, CancellationToken cancellationToken)
    {
        if (_asked.Count > MostRemembered)
        {
            _asked.Clear();
        }

        var key = (wallClock.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour, ReaderOf(by), type, data.ToJsonString());
        if (_asked.ContainsKey(key))
        {
            return;
        }

        await ChainedAsync(type, by, data, cancellationToken);
        _asked[key] = true;
    }

    /// <summary>Whether what was typed looks for a person whatever it finds: a telephone number, an e-mail address, an identity or card number.</summary>
    public static bool IsOfPerson(string asked) => WordMask.Shapes.Of(asked) != asked || (asked.Count(char.IsAsciiDigit) >= ShortestNumber && asked.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')'));

    /// <summary>Records a read in the chain of this node and day; when it returns, it is committed.</summary>
    public async Task ChainedAsync(string type, Actor by, JsonObject data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await writer.RunWithContextAsync(
                async (db, _) => await audit.RecordAsync(db, StreamOf(wallClock.GetUtcNow()), type, by, data.DeepClone().AsObject(), cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stores what has been noted since the last time. What a crash takes with it is at most some seconds of ordinary views.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var some = _noted.Where(n => !n.Value).Select(n => n.Key).Take(500).ToList();
        if (some.Count > 0)
        {
            await writer.RunWithContextAsync(
                async (db, _) =>
                {
                    var (hours, cases) = (some.Select(s => s.Hour).Distinct().ToList(), some.Select(s => s.Case).Distinct().ToList());
                    var stored = (await db.CaseReads.AsNoTracking().Where(r => hours.Contains(r.Hour) && cases.Contains(r.ComplaintId)).ToListAsync(cancellationToken))
                        .Select(r => (r.Hour, r.Reader, r.ComplaintId)).ToHashSet();
                    db.CaseReads.AddRange(some.Where(s => !stored.Contains(s)).Select(s => new CaseRead { Hour = s.Hour, Reader = s.Reader, ComplaintId = s.Case }));
                    return true;
                },
                cancellationToken);
            some.ForEach(s => _noted[s] = true);
        }

        // those of this hour are remembered, so that they are not written again
        var before = wallClock.GetUtcNow().AddHours(-1);
        foreach (var old in _noted.Where(n => n.Value && (n.Key.Hour < before || _noted.Count > MostRemembered)).Select(n => n.Key).ToList())
        {
            _noted.TryRemove(old, out _);
        }
    }

    /// <summary>Forgets who looked at ordinary cases so long ago.</summary>
    public async Task ForgetAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var before = wallClock.GetUtcNow() - age;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CaseReads.AnyAsync(r => r.Hour < before, cancellationToken))
        {
            await writer.RunWithContextAsync(
                async (context, _) => await context.CaseReads.Where(r => r.Hour < before).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    private static string ReaderOf(Actor by) => by.Kind == ActorKind.Person ? by.Id ?? "" : $"{by.Kind}:{by.Id}";

    public void Dispose() => _turn.Dispose();
}

using System.Buffers;
using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Api.Problems;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Puts a case into the API's shape, in one language.</summary>
public sealed class CaseWords(string language)
{
    public static CaseWords For(HttpContext context) => new(ApiLanguage.Of(context));

    public ComplaintAnswer Of(ReadCase read) => Of(read.Complaint, read.Pack, read.Mask);

    /// <param name="complaint">The case.</param>
    /// <param name="pack">Its process.</param>
    /// <param name="mask">What of its personal data the caller is shown.</param>
    public ComplaintAnswer Of(Complaint complaint, ProcessPack pack, CaseMask mask) => new()
    {
        Id = complaint.Id.Value,
        Number = complaint.Number,
        Kind = complaint.Kind,
        Status = complaint.Status,
        Level = complaint.Level,
        Confidentiality = Lower(complaint.Confidentiality.Level),
        ConfidentialityAsked = mask.CoversWords || complaint.Confidentiality.Request is not { } asked ? null : new ConfidentialityAsked(Lower(asked.Level), asked.Reason, asked.By, asked.At),
        Category = complaint.Facts.Text("category"),
        Process = new ProcessAnswer(complaint.Process, complaint.ProcessVersion, complaint.Instances.Count == 0 ? null : complaint.Instances[^1]),
        Channel = complaint.Facts.Text("channel"),
        ReceivedAt = complaint.ReceivedAt,
        ClosedAt = complaint.ClosedAt,
        Subject = mask.Say(complaint.Subject),
        Masked = mask.CoversWords ? true : null,
        ExternalId = complaint.ExternalId,
        LeadDepartment = complaint.Lead,
        Departments = complaint.Facts["departments"].List ?? [],
        Assignee = complaint.Handler,
        Facts = FactsOf(complaint, mask),
        Clocks = [.. complaint.Clocks.All.Values.OrderBy(c => c.StartedAt).Select(c => Of(c, pack, mask))],
        Tasks = [.. complaint.Tasks.All.Select(t => Of(t, complaint))],
        Links = complaint.Links.Count == 0 ? null : complaint.Links,
        Outcome = complaint.Facts.Text("outcome"),
        Holds = complaint.Holds.IsHeld ? [.. complaint.Holds.Standing.Select(h => new HoldAnswer(h.Number, mask.CoversWords ? null : h.Reason, h.By, h.At, h.Release?.By, mask.CoversWords ? null : h.Release?.Reason))] : null,
        Restriction = complaint.Rights.Restriction is { } restriction ? new RestrictionAnswer(restriction.Because, restriction.Request, restriction.At, restriction.UntilClosing) : null,
        ToBeErasedSince = complaint.Rights.Erasure?.At,
        DataRequests = complaint.Rights.Requests.Count == 0 ? null : [.. complaint.Rights.Requests.Select(r => new DataRequestAnswer(r.Case, r.Number, r.Kind, r.At, r.Outcome, r.DecidedAt))],
        Corrections = complaint.Rights.Corrections.Count == 0 ? null : [.. complaint.Rights.Corrections.Select(c => new CorrectionAnswer(c.Request, c.Text, c.At))],
        Version = complaint.Version,
    };

    public TaskAnswer Of(HumanTask task, Complaint complaint) => new()
    {
        Id = task.Id,
        Key = task.Key,
        Title = new BilingualText(task.TitleZh, task.TitleEn).In(language),
        State = Lower(task.State),
        Assignee = task.Assignee,
        DelegatedTo = task.DelegatedTo,
        Candidates = CandidatesOf(task.CandidateKeys),
        DueAt = task.IsOpen ? DueOf(task, complaint) : null,
        Outcomes = task.Outcomes,
        Form = task.Form,
        Each = task.Each,
        DoneAt = task.DoneAt,
        Outcome = task.Outcome,
        Complaint = complaint.Id.Value,
    };

    private ClockAnswer Of(Clock clock, ProcessPack pack, CaseMask mask) => new()
    {
        Key = clock.Key,
        Name = clock.Explanation.LimitName.In(language),
        Limit = clock.LimitKey,
        State = CaseClocks.StateName(clock),
        StartedAt = clock.StartedAt,
        DueAt = clock.DueAt,
        MetAt = clock.MetAt,
        BreachedAt = clock.BreachedAt,
        Provisional = clock.Provisional,
        Explanation = clock.Explanation.ToText(language, key => pack.PauseReasons.FirstOrDefault(r => r.Key == key)?.Name.In(language) ?? key),
        Rungs = [.. clock.Rungs.Select(r => new RungAnswer(r.Key, r.At, r.FiredAt))],
        Pauses = [.. clock.Suspensions.Select(s => new PauseAnswer(s.Reason, s.By, s.From, s.To, s.EnteredAt))],
        Extensions = [.. clock.Extensions.Select(e => new ExtensionAnswer(mask.Say(e.Reason), e.AskedBy, e.ApprovedBy, e.At, e.OldDueAt, e.NewDueAt))],
        Asked = clock.Wish is { } wish ? new WishAnswer(mask.Say(wish.Request.Reason), wish.ByName ?? wish.By, wish.Request.AskedAt, wish.DueAt) : null,
    };

    /// <summary>Users, roles and departments apart; <c>role@department</c> names both.</summary>
    public static CandidatesAnswer CandidatesOf(IReadOnlyList<string> keys)
    {
        var users = keys.Where(k => k.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal)).Select(k => k[Candidates.UserPrefix.Length..]);
        var roles = keys.Where(k => !k.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal)).Select(k => k.Split('@', 2)).ToList();
        return new CandidatesAnswer(
            [.. users], [.. roles.Select(r => r[0]).Distinct(StringComparer.Ordinal)],
            [.. roles.Where(r => r.Length > 1).Select(r => r[1]).Distinct(StringComparer.Ordinal)]);
    }

    internal static string Lower<T>(T word)
        where T : struct, Enum => char.ToLowerInvariant(word.ToString()[0]) + word.ToString()[1..];

    private static DateTimeOffset? DueOf(HumanTask task, Complaint complaint) =>
        task.Clock is { } own && complaint.Clocks.All.GetValueOrDefault(own) is { IsOpen: true, DueAt: { } due }
            ? due
            : complaint.Clocks.All.Values.Where(c => c.IsOpen && c.PausedSince is null).Select(c => c.DueAt).Min();

    private static Dictionary<string, JsonElement> FactsOf(Complaint complaint, CaseMask mask)
    {
        var shown = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in complaint.Facts.All)
        {
            if (mask.Fact(name, value) is { } part)
            {
                shown[name] = Plain(part);
            }
        }

        return shown;
    }

    internal static JsonElement Plain(FactValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FactValueJsonConverter.WritePlain(writer, value);
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return json.RootElement.Clone();
    }
}

namespace CaseManagement.Web.Portal;

/// <summary>What came back of a challenge, as the form sends it.</summary>
public sealed record ProofForm
{
    public string? Ticket { get; init; }
    public string? Proof { get; init; }
}

/// <summary>How a caller fared at the gate.</summary>
/// <param name="Challenge">What they have to do first; null: they may pass.</param>
/// <param name="Who">The caller's hash.</param>
/// <param name="Taken">What was counted for them, to be given back where it turns out not to count.</param>
public sealed record GateAnswer(Challenge? Challenge, string Who, IReadOnlyList<(Rate Rate, string Who)> Taken);

/// <summary>How much may come from one address, and over it only after work: complaints, and tries of tracking codes.</summary>
public sealed class PortalGate(CallerPrefixes prefixes, RateCounters counters, ProofOfWork proofs)
{
    private const string Intake = "intake";
    private const string Follow = "follow";
    private const string Everybody = "all";

    public static readonly Rate IntakeSoon = new("intake-10min", 5, TimeSpan.FromMinutes(10));
    public static readonly Rate IntakeDaily = new("intake-day", 20, TimeSpan.FromDays(1));
    public static readonly Rate MissesSoon = new("miss-10min", 10, TimeSpan.FromMinutes(10));
    public static readonly Rate MissesDaily = new("miss-day", 30, TimeSpan.FromDays(1));
    public static readonly Rate MissesOfAll = new("miss-minute", 300, TimeSpan.FromMinutes(1));

    /// <summary>Files of forms that are not sent yet: they take room before anybody knows whether a case comes of them.</summary>
    public static readonly Rate FilesSoon = new("file-10min", 40, TimeSpan.FromMinutes(10));
    public static readonly Rate FilesDaily = new("file-day", 150, TimeSpan.FromDays(1));

    /// <summary>Deeds on one case: more are a program's.</summary>
    public static readonly Rate Deeds = new("deed-10min", 30, TimeSpan.FromMinutes(10));

    /// <summary>One-time codes to the contact of one case: each is a message somebody pays for and a few tries of a code.</summary>
    public static readonly Rate CodesSoon = new("otc-hour", 3, TimeSpan.FromHours(1));
    public static readonly Rate CodesDaily = new("otc-day", 10, TimeSpan.FromDays(1));

    /// <summary>Somebody wants to send a complaint.</summary>
    /// <param name="context">The request.</param>
    /// <param name="proof">What came back of a challenge.</param>
    /// <param name="suspect">It looks like a program's: work is asked for whatever the rate.</param>
    /// <param name="cancellationToken">Stops before anything is counted.</param>
    public Task<GateAnswer> ForIntakeAsync(HttpContext context, ProofForm proof, bool suspect, CancellationToken cancellationToken) =>
        AskAsync(context, Intake, proof, suspect, who => [(IntakeSoon, who), (IntakeDaily, who)], cancellationToken);

    /// <summary>Somebody tries a tracking code. It is counted as a miss until it turns out to be none.</summary>
    public Task<GateAnswer> ForCodeAsync(HttpContext context, ProofForm proof, CancellationToken cancellationToken) =>
        AskAsync(context, Follow, proof, suspect: false, who => [(MissesSoon, who), (MissesDaily, who), (MissesOfAll, Everybody)], cancellationToken);

    /// <summary>Whether one more deed on a case is let in.</summary>
    public async Task<bool> MayDoAsync(Guid complaint, CancellationToken cancellationToken) =>
        await counters.TakeAsync([(Deeds, complaint.ToString("N"))], cancellationToken) == 0;

    /// <summary>Whether one more one-time code is sent for a case.</summary>
    public async Task<bool> MaySendCodeAsync(Guid complaint, CancellationToken cancellationToken) =>
        await counters.TakeAsync([(CodesSoon, complaint.ToString("N")), (CodesDaily, complaint.ToString("N"))], cancellationToken) == 0;

    /// <summary>Whether one more file is taken from this address before its case exists.</summary>
    public async Task<bool> MayStageAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var who = await prefixes.OfAsync(context, cancellationToken);
        return await counters.TakeAsync([(FilesSoon, who), (FilesDaily, who)], cancellationToken) <= 0;
    }

    /// <summary>Gives back what was counted for something that did not count.</summary>
    public Task GiveBackAsync(GateAnswer answer, CancellationToken cancellationToken) => counters.GiveBackAsync(answer.Taken, cancellationToken);

    private async Task<GateAnswer> AskAsync(
        HttpContext context, string purpose, ProofForm proof, bool suspect, Func<string, IReadOnlyList<(Rate, string)>> rates, CancellationToken cancellationToken)
    {
        var who = await prefixes.OfAsync(context, cancellationToken);
        var taken = rates(who);
        var over = await counters.TakeAsync(taken, cancellationToken);
        return (over <= 0 && !suspect) || await proofs.OpensAsync(purpose, proof.Ticket, proof.Proof, who, cancellationToken)
            ? new GateAnswer(null, who, taken)
            : new GateAnswer(proofs.Set(purpose, Math.Max(0, over)), who, taken);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Configuration;

/// <summary>How author and publisher of a version stand to each other.</summary>
public enum Separation
{
    /// <summary>Nothing is given away, or somebody else publishes.</summary>
    Kept,

    /// <summary>The author publishes what gives something away; allowed here, and recorded.</summary>
    Waived,

    /// <summary>The same, and not allowed here.</summary>
    Refused,
}

/// <summary>A version gives something away over the one in use, and nobody confirmed just that. Nothing was published.</summary>
public sealed class PowersNotConfirmedException(string process, int version, IReadOnlyList<PowerChange> powers) : Exception("What the version gives away was not confirmed.")
{
    /// <summary>The code programs are told.</summary>
    public const string Code = "process-gives-away";

    public string Process { get; } = process;

    public int Version { get; } = version;

    /// <summary>What it gives away, at least one.</summary>
    public IReadOnlyList<PowerChange> Powers { get; } = powers;
}

/// <summary>Judges a publication: what the version gives away over the one in use, and whether its author may publish it alone.</summary>
public sealed class PublishReview(IOptions<SecurityOptions> options, IHostEnvironment environment)
{
    public static readonly Rule NeedsAnotherPublisher = new(
        "process-needs-another-publisher", "This version gives away something new, so another process owner than its author must publish it.");

    /// <summary>The event that records what was given away and who confirmed it.</summary>
    public const string Confirmed = "process.power-diff-confirmed";

    /// <summary>The event that records what a process may do that is published for the first time, by the designer or the API, which do not ask then.</summary>
    public const string Unconfirmed = "process.power-diff-unconfirmed";

    private const int MostRecorded = 200;
    private const int DigestLength = 32;

    // what makes somebody an author of the version named in the event
    private static readonly string[] Authoring =
    [
        "process.imported", "process.created", "process.reverted", ProcessNames.Bound, "draft.saved", "definition.created", "definition.reverted", "definition.deleted",
    ];

    /// <summary>The author may not publish alone.</summary>
    public bool IsEnforced => options.Value.PartsDuties(environment);

    /// <summary>What a version gives away over the one in use; where none is, over the one that last was, or over nothing.</summary>
    /// <param name="versions">All versions of the process, with their packs.</param>
    /// <param name="wanted">The version to be published.</param>
    /// <param name="pack">Its pack.</param>
    public static IReadOnlyList<PowerChange> Powers(IReadOnlyList<ProcessVersion> versions, ProcessVersion wanted, ProcessPack pack)
    {
        var before = InUse(versions, version => version.State, version => version.PublishedAt);
        return before == wanted ? []
            : PowerDiff.Between(
                before is not null && PackReader.Read(StoredConfigurations.FilesOf(before.PackJson)).Pack is { } old ? new PackWording(old) : null, new PackWording(pack));
    }

    /// <summary>One word for what a version gives away: who confirms says it back, so that a version changed meanwhile is not confirmed unread.</summary>
    public static string DigestOf(IReadOnlyList<PowerChange> powers) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', powers.Select(power => $"{power.Kind}|{power.Place.File}|{power.Text.Zh}|{power.Text.En}").Order(StringComparer.Ordinal)))))[..DigestLength];

    /// <summary>Whether it was confirmed.</summary>
    /// <param name="process">The process.</param>
    /// <param name="version">The version to be published.</param>
    /// <param name="powers">What it gives away.</param>
    /// <param name="confirms">The digest the publisher says; null where nobody was asked.</param>
    /// <param name="isFirst">No version was ever published, so no case can be touched yet: where nobody asks, none needs to answer.</param>
    /// <exception cref="PowersNotConfirmedException">Neither.</exception>
    public static bool IsConfirmed(string process, int version, IReadOnlyList<PowerChange> powers, string? confirms, bool isFirst)
    {
        var confirmed = powers.Count > 0 && confirms == DigestOf(powers);
        return confirmed || powers.Count == 0 || (isFirst && confirms is null) ? confirmed : throw new PowersNotConfirmedException(process, version, powers);
    }

    /// <summary>The published version, or the one that last was; null when none ever was.</summary>
    public static T? InUse<T>(IReadOnlyList<T> versions, Func<T, ProcessVersionState> state, Func<T, DateTimeOffset?> publishedAt)
        where T : class =>
        versions.FirstOrDefault(version => state(version) == ProcessVersionState.Published)
        ?? versions.Where(version => publishedAt(version) is not null).MaxBy(publishedAt);

    /// <summary>Whether somebody may publish a version.</summary>
    /// <param name="db">Where its history is.</param>
    /// <param name="process">The process.</param>
    /// <param name="version">Its version.</param>
    /// <param name="powers">What it gives away.</param>
    /// <param name="publisher">Who would publish it. Only a person counts as a second one: nobody knows whose hand holds a key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Separation> SeparationAsync(
        CaseManagementDbContext db, string process, int version, IReadOnlyList<PowerChange> powers, Actor publisher, CancellationToken cancellationToken)
    {
        if (powers.Count == 0 || publisher.Kind == ActorKind.System)
        {
            return Separation.Kept;
        }

        var alone = publisher is not { Kind: ActorKind.Person, Id: { } person } || (await AuthorsAsync(db, process, version, cancellationToken)).Contains(person);
        return !alone ? Separation.Kept : IsEnforced ? Separation.Refused : Separation.Waived;
    }

    /// <summary>Everybody who had a hand in a version.</summary>
    public static async Task<IReadOnlySet<string>> AuthorsAsync(CaseManagementDbContext db, string process, int version, CancellationToken cancellationToken)
    {
        var stream = $"process:{process}";
        var saved = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream && Authoring.Contains(e.Type) && e.ActorId != null)
            .Select(e => new { e.ActorId, e.Data }).ToListAsync(cancellationToken);
        var created = await db.ProcessVersions.Where(p => p.ProcessKey == process && p.Version == version).Select(p => p.CreatedBy).ToListAsync(cancellationToken);
        return saved.Where(e => VersionIn(e.Data) == version).Select(e => e.ActorId!).Concat(created).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the audit keeps of it.</summary>
    public static JsonObject Record(int version, IReadOnlyList<PowerChange> powers, Separation separation) => new()
    {
        ["version"] = version,
        ["separation"] = separation == Separation.Waived ? "waived" : "kept",
        ["count"] = powers.Count,
        ["powers"] = new JsonArray([.. powers.Take(MostRecorded).Select(power => new JsonObject
        {
            ["kind"] = power.Kind.ToString(),
            ["file"] = power.Place.File,
            ["zh"] = power.Text.Zh,
            ["en"] = power.Text.En,
        })]),
    };

    private static int? VersionIn(string data) =>
        JsonNode.Parse(data) is JsonObject json && json["version"] is JsonValue value && value.TryGetValue<int>(out var version) ? version : null;
}

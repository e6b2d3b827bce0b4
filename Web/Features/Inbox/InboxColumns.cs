using System.Security.Claims;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>
/// The columns a person reads the list in, in their order: the product's own, and the facts that a process puts into its register book. They are kept with the person, and go
/// with a saved filter. Without columns the list is in rows beside a preview.
/// </summary>
public sealed class InboxColumns(IDbContextFactory<CaseManagementDbContext> contexts, People people, StoredConfigurations configurations, IStringLocalizer<InboxWords> words) : IColumnKeeping
{
    public const string Number = "number";
    public const string Level = "level";
    public const string Task = "task";
    public const string Complainant = "complainant";
    public const string Process = "process";
    public const string Category = "category";
    public const string Channel = "channel";
    public const string Department = "department";
    public const string Handler = "handler";
    public const string Status = "status";
    public const string Received = "received";
    public const string Clocks = "clocks";

    /// <summary>Before the key of a fact.</summary>
    public const string FactPrefix = "fact:";

    /// <summary>Columns at once, at most.</summary>
    public const int Most = 10;

    private const string Claim = "inbox-columns";
    private const int LongestList = 200;

    private static readonly string[] BuiltIn = [Number, Level, Task, Clocks, Handler, Department, Category, Complainant, Channel, Process, Status, Received];

    // what tells of persons, or is the subject itself, is in a column of its own or in none
    private static readonly HashSet<string> NotInLists =
    [
        "subject", "description", "complainant", "complainantKind", "respondentDepartment", "respondentPerson", "attachments", "anonymous", "confidential",
        "kind", "channel", "category", "level", "lead", "handler", "status", "receivedAt",
    ];

    /// <summary>All there are to choose from.</summary>
    public IReadOnlyList<Choice> Offered(CaseConfiguration configuration) =>
    [
        .. BuiltIn.Select(key => new Choice(key, words[$"Column_{key}"])),
        .. configuration.Published.Values.SelectMany(p => FactsOf(p.Pack)).DistinctBy(f => f.Key).Select(f => new Choice(FactPrefix + f.Key, f.Name.In(PackWords.Language))),
    ];

    /// <summary>The facts of a process that lists may show: those of its register book that no rule hides from anybody.</summary>
    public static IEnumerable<FactDefinition> FactsOf(ProcessPack pack) => (pack.Records.Book?.Columns ?? []).Select(pack.Facts.Find).OfType<FactDefinition>()
        .Where(f => !f.Sensitive && !NotInLists.Contains(f.Key) && !pack.Records.Confidentiality.Any(r => r.Hide.Contains(f.Key)));

    /// <summary>The columns to show: those in the address, else those the person keeps; without those there are none any more.</summary>
    public async Task<IReadOnlyList<Choice>> OfAsync(InboxFilter filter, Person? person, CaseConfiguration configuration, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var written = filter.Columns ?? (person is null ? null : await db.UserClaims.AsNoTracking().Where(c => c.UserId == person.Id && c.ClaimType == Claim).Select(c => c.ClaimValue).SingleOrDefaultAsync(cancellationToken));
        if (written is not { Length: > 0 and <= LongestList })
        {
            return [];
        }

        var offered = Offered(configuration).ToDictionary(c => c.Value, StringComparer.Ordinal);
        return [.. Read(written).Where(offered.ContainsKey).Select(key => offered[key])];
    }

    public async Task<bool> ChangeAsync(ColumnsForm change, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var offered = Offered(configuration).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        var columns = Read(change.Columns is { Length: <= LongestList } now ? now : "").Where(offered.Contains).ToList();
        if (await people.OfAsync(user, cancellationToken) is not { } person || !Apply(columns, change, offered))
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.UserClaims.Where(c => c.UserId == person.Id && c.ClaimType == Claim).ExecuteDeleteAsync(cancellationToken);
        if (columns.Count > 0)
        {
            db.UserClaims.Add(new IdentityUserClaim<string> { UserId = person.Id, ClaimType = Claim, ClaimValue = Write(columns) });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Columns as an address holds them.</summary>
    public static string Write(IEnumerable<string> columns) => string.Join(',', columns);

    private static IEnumerable<string> Read(string written) => written.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Take(Most);

    private static bool Apply(List<string> columns, ColumnsForm change, HashSet<string> offered)
    {
        var at = columns.IndexOf(change.Column ?? "");
        switch (change.Act)
        {
            case ColumnsForm.Clear:
                columns.Clear();
                return true;
            case ColumnsForm.Add when at < 0 && columns.Count < Most && offered.Contains(change.Column ?? "") && Write(columns.Append(change.Column!)).Length <= LongestList:
                columns.Add(change.Column!);
                return true;
            case ColumnsForm.Remove when at >= 0:
                columns.RemoveAt(at);
                return true;
            case ColumnsForm.Before when at > 0:
                (columns[at - 1], columns[at]) = (columns[at], columns[at - 1]);
                return true;
            case ColumnsForm.After when at >= 0 && at < columns.Count - 1:
                (columns[at + 1], columns[at]) = (columns[at], columns[at + 1]);
                return true;
            default:
                return false;
        }
    }
}

/// <summary>A change of the columns.</summary>
public sealed record ColumnsForm
{
    public const string Add = "add";
    public const string Remove = "remove";
    public const string Before = "before";
    public const string After = "after";
    public const string Clear = "clear";

    /// <summary>Those shown now, parted by commas.</summary>
    public string? Columns { get; init; }

    /// <summary>Which one.</summary>
    public string? Column { get; init; }

    /// <summary>Add, remove, before, after (one place further that way), or clear.</summary>
    public string? Act { get; init; }
}

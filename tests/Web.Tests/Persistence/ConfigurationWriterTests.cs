using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Configuration, its audit, cases and the stamp change in one commit.</summary>
public sealed class ConfigurationWriterTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private readonly SqliteStoreUnderTest _file = SqliteStoreUnderTest.Create();
    private readonly Guid _id = Guid.CreateVersion7(Monday);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_changed_limit_its_audit_and_the_cases_it_touches_commit_together()
    {
        var id = await _file.Store.RunWithContextAsync(
            async (context, transaction) =>
            {
                var change = Limit();
                context.Add(change);
                context.Add(Audit(1));
                await context.SaveChangesAsync(Token);
                await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_id)), Token);
                return change.Id;
            },
            Token);

        await using var read = _file.NewContext();
        Assert.Equal(id, (await read.LimitChanges.AsNoTracking().SingleAsync(Token)).Id);
        Assert.Equal(1, await read.ConfigurationEvents.CountAsync(Token));
        Assert.Equal(1, await read.Cases.CountAsync(Token));
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task Nothing_of_a_change_that_throws_is_kept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _file.Store.RunWithContextAsync<int>(
            async (context, transaction) =>
            {
                context.Add(Limit());
                await context.SaveChangesAsync(Token);
                await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_id)), Token);
                throw new InvalidOperationException();
            },
            Token));

        await using var read = _file.NewContext();
        Assert.Equal(0, await read.LimitChanges.CountAsync(Token));
        Assert.Equal(0, await read.Cases.CountAsync(Token));
        Assert.Equal(1, await VersionAsync());
    }

    [Fact]
    public async Task What_a_change_leaves_unsaved_is_saved_at_its_end()
    {
        await _file.Store.RunWithContextAsync(
            (context, _) =>
            {
                context.Add(Limit());
                return ValueTask.FromResult(true);
            },
            Token);

        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task A_burst_after_a_change_sees_it_through_any_connection()
    {
        var change = _file.Store.RunWithContextAsync(
            (context, _) =>
            {
                context.Add(Limit());
                return ValueTask.FromResult(true);
            },
            Token).AsTask();
        var burst = _file.Store.RunAsync(
            async t =>
            {
                await using var other = _file.NewContext();
                return (await t.ConfigurationVersionAsync(Token), await other.LimitChanges.CountAsync(Token));
            },
            Token).AsTask();

        await change;
        Assert.Equal((2L, 1), await burst);
    }

    [Fact]
    public async Task A_configuration_row_saved_anywhere_raises_the_stamp()
    {
        await using var context = _file.NewContext();
        context.Add(new Department { Key = "quality", NameZh = "质量部", NameEn = "Quality" });
        await context.SaveChangesAsync(Token);

        Assert.Equal(2, await VersionAsync());
        context.Add(new Department { Key = "sales", NameZh = "销售部", NameEn = "Sales" });
        Assert.Throws<NotSupportedException>(() => context.SaveChanges());
    }

    [Fact]
    public async Task A_users_name_concerns_bursts_and_the_count_of_misses_does_not()
    {
        await using var context = _file.NewContext();
        using var users = new UserOnlyStore<AppUser, CaseManagementDbContext>(context);
        await users.CreateAsync(
            new AppUser
            {
                Id = "li",
                UserName = "li",
                NormalizedUserName = "LI",
                DisplayName = "李",
                Language = "zh-CN",
                Zone = "Asia/Shanghai",
            },
            Token);
        var created = await VersionAsync();

        var li = await users.FindByIdAsync("li", Token);
        li!.AccessFailedCount = 3;
        li.LockoutEnd = Monday;
        await users.UpdateAsync(li, Token);
        var missed = await VersionAsync();
        li.IsActive = false;
        await users.UpdateAsync(li, Token);

        Assert.Equal((2L, 2L, 3L), (created, missed, await VersionAsync()));
    }

    [Fact]
    public async Task A_process_has_at_most_one_published_version()
    {
        await using var context = _file.NewContext();
        context.AddRange(Version(1, ProcessVersionState.Retracted), Version(2, ProcessVersionState.Published), Version(3, ProcessVersionState.Draft));
        await context.SaveChangesAsync(Token);
        context.Add(Version(4, ProcessVersionState.Published));

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Token));
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task Configuration_events_are_kept_for_good()
    {
        await using var context = _file.NewContext();
        var row = Audit(1);
        context.Add(row);
        await context.SaveChangesAsync(Token);
        context.Remove(row);

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Token));
    }

    [Fact]
    public async Task Numbers_of_limit_changes_rise()
    {
        await using var context = _file.NewContext();
        var (first, second) = (Limit(), Limit());
        context.Add(first);
        await context.SaveChangesAsync(Token);
        context.Remove(first);
        context.Add(second);
        await context.SaveChangesAsync(Token);

        Assert.True(second.Id > first.Id);
        Assert.Contains("1.5", (await context.LimitChanges.AsNoTracking().SingleAsync(Token)).Patch, StringComparison.Ordinal);
    }

    private ValueTask<long> VersionAsync() => _file.Store.RunAsync(t => t.ConfigurationVersionAsync(Token), Token);

    private static LimitChange Limit() => new()
    {
        ProcessKey = "product-quality",
        LimitKey = "first-reply",
        Patch = """{"amount":1.5,"unit":"workingHours"}""",
        Scope = LimitChangeScope.OpenCases,
        Reason = "新规定",
        By = "li",
        ByName = "李",
        At = Monday,
        Entry = "process:product-quality/1",
    };

    private static ConfigurationEvent Audit(long sequence) => new()
    {
        Stream = "process:product-quality",
        Sequence = sequence,
        At = Monday,
        RecordedAt = Monday,
        Type = "limit.applied",
        ActorKind = "Person",
        Data = "{}",
        Salt = new byte[32],
        Body = "{}",
        Hash = new byte[32],
    };

    private static ProcessVersion Version(int version, ProcessVersionState state) => new()
    {
        ProcessKey = "product-quality",
        Version = version,
        State = state,
        PackJson = "{}",
        CreatedBy = "li",
        CreatedAt = Monday,
    };
}

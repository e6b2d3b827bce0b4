using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Tests.Stores;

/// <summary>What every store does with what cases are found by.</summary>
public abstract class TextStoreFacts : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private IStoreUnderTest _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IStoreUnderTest> CreateAsync();

    [Fact]
    public async Task A_case_is_found_by_what_its_burst_saved_and_no_longer_by_what_was_before()
    {
        var id = Guid.CreateVersion7(Monday);
        var text = Text(id, "电机异响", "王女士", lead: "quality", isOpen: true);
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Text = text });

        Assert.Equal([id], await _store.FoundAsync("异响", "quality", isOpen: true));
        Assert.Equal([id], await _store.FoundAsync("王女", "quality", isOpen: true));
        Assert.Empty(await _store.FoundAsync("空调", "quality", isOpen: true));

        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, version: 2)) with { Text = text with { Words = "空调不制冷", People = "", Lead = null, IsOpen = false } });

        Assert.Empty(await _store.FoundAsync("异响", lead: null, isOpen: false));
        Assert.Empty(await _store.FoundAsync("王女", lead: null, isOpen: false));
        Assert.Equal([id], await _store.FoundAsync("空调", lead: null, isOpen: false));
        Assert.Empty(await _store.FoundAsync("空调", "quality", isOpen: true));
    }

    [Fact]
    public async Task A_burst_that_says_nothing_of_the_text_leaves_it()
    {
        var id = Guid.CreateVersion7(Monday);
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Text = Text(id, "电机异响", "", lead: "quality", isOpen: true) });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, version: 2)));

        Assert.Equal([id], await _store.FoundAsync("异响", "quality", isOpen: true));
    }

    [Fact]
    public async Task Texts_of_many_cases_are_saved_by_themselves_each_in_place_of_what_was_there()
    {
        var ids = Enumerable.Range(0, 250).Select(n => Guid.CreateVersion7(Monday.AddSeconds(n))).ToList();
        await SaveAsync(StoreRows.Changes(StoreRows.Case(ids[0])) with { Text = Text(ids[0], "旧的说法", "", lead: null, isOpen: true) });

        await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.SaveTextsAsync([], Token);
                await transaction.SaveTextsAsync([.. ids.Select((id, n) => Text(id, n % 2 == 0 ? "电机异响" : "空调不制冷", "", lead: "quality", isOpen: true))], Token);
                return true;
            },
            Token);

        Assert.Equal(ids.Where((_, n) => n % 2 == 0), await _store.FoundAsync("异响", "quality", isOpen: true));
        Assert.Equal(ids.Where((_, n) => n % 2 == 1), await _store.FoundAsync("空调", "quality", isOpen: true));
        Assert.Empty(await _store.FoundAsync("旧的", lead: null, isOpen: true));
    }

    [Fact]
    public async Task Texts_of_a_burst_that_fails_are_not_kept()
    {
        var id = Guid.CreateVersion7(Monday);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.Cases.RunAsync<int>(
            async transaction =>
            {
                await transaction.SaveTextsAsync([Text(id, "电机异响", "", lead: "quality", isOpen: true)], Token);
                throw new InvalidOperationException();
            },
            Token));

        Assert.Empty(await _store.FoundAsync("异响", "quality", isOpen: true));
    }

    private static CaseTextRow Text(Guid id, string words, string people, string? lead, bool isOpen) =>
        new() { ComplaintId = id, Words = words, People = people, Lead = lead, IsOpen = isOpen };

    private async Task SaveAsync(CaseChanges changes) => await _store.Cases.RunAsync(
        async transaction =>
        {
            await transaction.SaveCaseAsync(changes, Token);
            return true;
        },
        Token);
}

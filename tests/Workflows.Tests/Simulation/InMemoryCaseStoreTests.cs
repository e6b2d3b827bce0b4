using CaseManagement.Tests.Stores;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Workflows.Tests.Simulation;

public sealed class InMemoryBurstTests : BurstStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => ValueTask.FromResult<IStoreUnderTest>(new InMemoryStoreUnderTest());
}

public sealed class InMemoryCaseTests : CaseStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => ValueTask.FromResult<IStoreUnderTest>(new InMemoryStoreUnderTest());
}

public sealed class InMemoryTextTests : TextStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => ValueTask.FromResult<IStoreUnderTest>(new InMemoryStoreUnderTest());
}

internal sealed class InMemoryStoreUnderTest : IStoreUnderTest
{
    private readonly InMemoryCaseStore _store = new();

    public ICaseStore Cases => _store;

    public IBurstStore Bursts => _store;

    public ValueTask<IReadOnlyList<EventRow>> EventsAsync(Guid complaint) => ValueTask.FromResult(_store.Events(complaint));

    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(Guid complaint) => ValueTask.FromResult(_store.Messages(complaint));

    public ValueTask<IReadOnlyList<AttachmentRow>> AttachmentsAsync(Guid complaint) => ValueTask.FromResult(_store.Attachments(complaint));

    public ValueTask<IReadOnlyList<PartyRow>> PartiesAsync(Guid complaint) => ValueTask.FromResult(_store.Parties(complaint));

    public ValueTask<IReadOnlyList<TraceRow>> TracesAsync(Guid complaint) => ValueTask.FromResult(_store.Traces(complaint));

    public ValueTask<IReadOnlyList<Guid>> FoundAsync(string typed, string? lead, bool isOpen) => ValueTask.FromResult<IReadOnlyList<Guid>>(
    [
        .. _store.Texts.Where(t => t.Lead == lead && t.IsOpen == isOpen && (t.Words.Contains(typed, StringComparison.Ordinal) || t.People.Contains(typed, StringComparison.Ordinal)))
            .Select(t => t.ComplaintId).Order(),
    ]);

    public ValueTask<IReadOnlyList<TimerRow>> TimersAsync() => ValueTask.FromResult(_store.Timers);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}

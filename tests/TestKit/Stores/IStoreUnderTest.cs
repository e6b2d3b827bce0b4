using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Tests.Stores;

/// <summary>A store with nothing in it, and a look at what it has committed.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    ICaseStore Cases { get; }

    IBurstStore Bursts { get; }

    ValueTask<IReadOnlyList<EventRow>> EventsAsync(Guid complaint);

    ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(Guid complaint);

    ValueTask<IReadOnlyList<AttachmentRow>> AttachmentsAsync(Guid complaint);

    ValueTask<IReadOnlyList<TraceRow>> TracesAsync(Guid complaint);

    /// <summary>The cases whose words or complainant hold what was typed, of those kept with this department and as open or not, by id.</summary>
    ValueTask<IReadOnlyList<Guid>> FoundAsync(string typed, string? lead, bool isOpen);

    ValueTask<IReadOnlyList<PartyRow>> PartiesAsync(Guid complaint);

    ValueTask<IReadOnlyList<TimerRow>> TimersAsync();
}

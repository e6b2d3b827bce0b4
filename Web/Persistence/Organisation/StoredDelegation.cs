using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>One person has another act for them; rows stay, so that it is known who acted when.</summary>
public sealed class StoredDelegation : IConfigurationRow
{
    public required Guid Id { get; init; }

    /// <summary>For whom.</summary>
    public required string FromId { get; init; }

    /// <summary>Who acts.</summary>
    public required string ToId { get; init; }

    /// <summary>Where the first day begins.</summary>
    public required DateTimeOffset Starts { get; init; }

    /// <summary>Where the last day ends.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>The person is away.</summary>
    public bool IsCover { get; init; }

    /// <summary>Keys of processes, parted by spaces; empty: all.</summary>
    public required string Processes { get; init; }

    /// <summary>Names of <see cref="TaskKind"/>, parted by spaces; empty: all.</summary>
    public required string Kinds { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who set it.</summary>
    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>When it was ended early, or was over.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who ended it early; null where its time was up.</summary>
    public string? EndedBy { get; set; }

    /// <summary>As rules know it.</summary>
    public Delegation AsDelegation() => new()
    {
        Id = Id,
        From = FromId,
        To = ToId,
        Starts = Starts,
        Ends = Ends,
        IsCover = IsCover,
        Processes = Processes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Kinds = [.. Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<TaskKind>)],
        EndedAt = EndedAt,
    };
}

namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>The state document of an instance, in the same table as its columns and apart from them, so that lists do not read it.</summary>
public sealed class InstanceState
{
    public required Guid Id { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] State { get; init; }
}

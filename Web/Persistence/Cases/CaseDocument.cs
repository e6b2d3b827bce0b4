namespace CaseManagement.Web.Persistence.Cases;

/// <summary>The document of a case, in the same table as its columns and apart from them, so that lists do not read it.</summary>
public sealed class CaseDocument
{
    public required Guid Id { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Document { get; init; }
}

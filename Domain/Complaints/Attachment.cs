namespace CaseManagement.Domain.Complaints;

/// <summary>A file that belongs to a case. Its bytes are stored apart, under the hash of their content.</summary>
/// <param name="Name">The name it came with.</param>
/// <param name="MediaType">Its type as recognised from its first bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record Attachment(string Name, string MediaType, long Size, string Sha256);

namespace CaseManagement.Workflows.Cases;

/// <summary>A code that lets its holder follow a case as the complainant.</summary>
/// <param name="Code">16 Crockford characters and a check character, in groups of four.</param>
/// <param name="Hash">Hash for look-up.</param>
/// <param name="Sealed">The code as it is kept, readable only with the installation's key; letters, digits, - and _ only.</param>
public sealed record TrackingCode(string Code, string Hash, string Sealed);

/// <summary>Makes tracking codes and opens the kept ones.</summary>
public interface ITrackingCodes
{
    TrackingCode Create();

    /// <summary>The code behind what is kept; null when the key that sealed it is gone.</summary>
    string? Open(string kept);
}

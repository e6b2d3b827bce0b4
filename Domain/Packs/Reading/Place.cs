namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Where in a pack something stands.</summary>
/// <param name="File">Path in the pack.</param>
/// <param name="Path">JSON path in the file.</param>
internal readonly record struct Place(string File, string Path)
{
    /// <summary>A member or element below this place.</summary>
    public Place At(string below) => new(File, Path + below);
}

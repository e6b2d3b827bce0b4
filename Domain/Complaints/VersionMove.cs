namespace CaseManagement.Domain.Complaints;

/// <summary>A move of a running case to another version of its process.</summary>
/// <param name="Version">The version to go to.</param>
/// <param name="Names">Shapes that are called otherwise there: old id → new id.</param>
/// <param name="Reason">Why, in the words of whoever moves it.</param>
public sealed record VersionMove(int Version, IReadOnlyDictionary<string, string> Names, string Reason)
{
    /// <summary>What clocks note as the cause where the move counts them anew.</summary>
    public string Change => $"version:{Version}";

    /// <summary>What a shape is called after the move.</summary>
    public string NameOf(string shape) => Names.GetValueOrDefault(shape, shape);
}

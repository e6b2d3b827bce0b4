using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Collects findings; a hostile pack cannot make more of them than a person would read.</summary>
internal sealed class PackFindings
{
    // Of each severity, so that no number of warnings can crowd out an error.
    private const int MaxFindings = 500;

    private readonly List<Finding> _findings = [];
    private readonly int[] _counts = new int[Enum.GetValues<FindingSeverity>().Length];

    public IReadOnlyList<Finding> All => _findings;

    public bool HasErrors => _counts[(int)FindingSeverity.Error] > 0;

    public void Error(string code, string file, string path, string zh, string en) =>
        Add(code, file, path, zh, en, FindingSeverity.Error);

    public void Error(string code, Place place, string zh, string en) => Error(code, place.File, place.Path, zh, en);

    public void Warn(string code, Place place, string zh, string en) => Warn(code, place.File, place.Path, zh, en);

    public void Warn(string code, string file, string path, string zh, string en) =>
        Add(code, file, path, zh, en, FindingSeverity.Warning);

    public void Note(string code, string file, string path, string zh, string en) =>
        Add(code, file, path, zh, en, FindingSeverity.Note);

    private void Add(string code, string file, string path, string zh, string en, FindingSeverity severity)
    {
        if (++_counts[(int)severity] <= MaxFindings)
        {
            _findings.Add(new Finding(code, file, path, new BilingualText(zh, en), severity));
        }
    }
}

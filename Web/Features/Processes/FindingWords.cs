using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Editors;
using Microsoft.Extensions.Localization;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Processes;

/// <summary>How to mend findings, by their codes.</summary>
public sealed class FindingAdvice;

/// <summary>Says what was found in a version: the place by its name, how to mend it, the way there.</summary>
public sealed class FindingWords(IStringLocalizer<ProcessesText> text, IStringLocalizer<FindingAdvice> advice)
{
    /// <summary>The findings of a version, those that must be fixed first.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="found">What was found.</param>
    /// <param name="parts">What the version holds; empty when it cannot be read.</param>
    /// <param name="mayEdit">The reader may open the designer on it.</param>
    public IReadOnlyList<Finding> Of(string key, int version, IReadOnlyList<PackFinding> found, IReadOnlyList<PackPart> parts, bool mayEdit) =>
        [.. found.OrderBy(one => one.Severity).Select(one => Of(key, version, one, parts, mayEdit))];

    /// <summary>A finding without a version to point into.</summary>
    public Finding Of(PackFinding found) => Of("", 0, found, [], false);

    /// <summary>The part a finding is about: the innermost one that holds its place; null when there is none.</summary>
    public static PackPart? PartOf(PackFinding finding, IReadOnlyList<PackPart> parts) => finding.JsonPath.StartsWith('$')
        ? parts.Where(part => part.Place.File == finding.File && IsWithin(finding.JsonPath, part.Path)).MaxBy(part => part.Path.Length)
        : parts.FirstOrDefault(part => part.Place.File == finding.File && part.Place.IsShape && part.Place.Key == finding.JsonPath);

    /// <summary>How a finding weighs.</summary>
    public static FindingWeight WeightOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => FindingWeight.MustFix,
        FindingSeverity.Warning => FindingWeight.Review,
        FindingSeverity.Note => FindingWeight.Info,
    };

    private Finding Of(string key, int version, PackFinding found, IReadOnlyList<PackPart> parts, bool mayEdit)
    {
        var part = PartOf(found, parts);
        var shape = part is null ? null : ProcessLinks.ShapeOf(part.Place);
        var isOfNames = found.Code is FindingCodes.DepartmentUnbound or FindingCodes.RoleUnbound;
        return new Finding(WeightOf(found.Severity), found.Message.In(ProcessWords.Language), WhereOf(found, part))
        {
            Mend = advice[found.Code] is { ResourceNotFound: false } how ? how.Value : null,
            Href = part is null || part.Place.Key.Length == 0 && part.Place.Workflow is not null ? null : ProcessLinks.Part(key, version, part.Place, ProcessView.FindingsTab),
            HrefText = part is null ? null : shape is null ? text["GoToPart"].Value : text["GoToStep"].Value,
            EditHref = !mayEdit ? null : isOfNames ? ProcessLinks.Names(key) : part is not null && shape is null ? EditorLinks.Of(key, part.Place) : null,
            EditText = isOfNames ? text["BindName"].Value : null,
            DesignerHref = mayEdit && shape is not null ? ProcessLinks.Designer(key, part!.Place.Workflow, shape) : null,
        };
    }

    private string WhereOf(PackFinding found, PackPart? part)
    {
        var file = found.File.Length == 0 ? "" : PartWords.File(found.File).In(ProcessWords.Language);
        return part is { Place.Key.Length: > 0 } ? text["FoundIn", file, part.Name.In(ProcessWords.Language)]
            : found.File.Length == 0 ? found.JsonPath
            : text["FoundAt", found.File, found.JsonPath];
    }

    private static bool IsWithin(string path, string part) =>
        path == part || (path.StartsWith(part, StringComparison.Ordinal) && path.Length > part.Length && path[part.Length] is '.' or '[');
}

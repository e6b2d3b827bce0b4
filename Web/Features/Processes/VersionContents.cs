using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Editors;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Says what a version holds: its workflows drawn, limits, tables, forms and the rest in words, its clauses and what implements them.</summary>
internal sealed class VersionContents(IStringLocalizer<ProcessesText> text)
{
    private readonly ProcessWords _words = new(text);

    /// <summary>Everything but the workflows' shapes in words; those are drawn.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="review">What is known of it.</param>
    /// <param name="shape">The shape to point at: workflow/shape.</param>
    /// <param name="mayEdit">The reader may open the designer on it.</param>
    /// <param name="limitsHref">Where live limits are changed; null when this version's are not.</param>
    public ContentPart Of(string key, int version, PackReview review, string? shape, bool mayEdit, string? limitsHref) => new(
        Diagrams(key, version, review, shape, ProcessView.ContentTab, []),
        ShapeOf(key, review, shape, mayEdit),
        [.. review.Parts.Where(part => part.Place.Workflow is null && !part.Place.File.StartsWith("scenarios/", StringComparison.Ordinal))
            .GroupBy(part => part.Place.File, StringComparer.Ordinal)
            .Select(group => new PartGroup(
                ProcessLinks.Anchor(new PartPlace(group.Key, "", "")), PartWords.File(group.Key).In(ProcessWords.Language),
                [.. group.Select(part => LineOf(part) with
                {
                    EditHref = limitsHref is not null && part.Place is { File: "limits.json", List: "limits" } ? $"{limitsHref}?limit={Uri.EscapeDataString(part.Place.Key)}"
                        : mayEdit ? EditorLinks.Of(key, part.Place) : null,
                    EditText = limitsHref is not null && part.Place is { File: "limits.json", List: "limits" } ? text["ChangeLimit"] : text["EditPart"],
                })]))]);

    /// <summary>The findings, with the shapes they are about marked.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="review">What is known of it.</param>
    /// <param name="findings">What was found, in words.</param>
    /// <param name="shape">The shape to point at: workflow/shape.</param>
    /// <param name="mayEdit">The reader may open the designer on it.</param>
    public FindingsPart Findings(string key, int version, PackReview review, IReadOnlyList<Finding> findings, string? shape, bool mayEdit)
    {
        var marks = new Dictionary<(string Workflow, string Shape), DiagramMark>();
        foreach (var found in review.Findings.Where(one => one.Severity != FindingSeverity.Note))
        {
            if (FindingWords.PartOf(found, review.Parts) is { } part && ProcessLinks.ShapeOf(part.Place) is { } id)
            {
                var mark = found.Severity == FindingSeverity.Error ? DiagramMark.MustFix : DiagramMark.Review;
                marks[(part.Place.Workflow!, id)] = marks.GetValueOrDefault((part.Place.Workflow!, id)) == DiagramMark.MustFix ? DiagramMark.MustFix : mark;
            }
        }

        var wanted = Split(shape)?.Workflow;
        return new FindingsPart(
            findings,
            marks.Count == 0 && wanted is null ? [] : Diagrams(key, version, review, shape, ProcessView.FindingsTab, marks, workflow => workflow == wanted || marks.Keys.Any(one => one.Workflow == workflow)),
            ShapeOf(key, review, shape, mayEdit));
    }

    /// <summary>The clauses of the policy and what implements them.</summary>
    public IReadOnlyList<ClauseLine> Clauses(PackReview review) => [.. (review.Pack?.Identity.Clauses ?? []).Select(clause => new ClauseLine(
        clause.Id,
        clause.Text.In(ProcessWords.Language),
        review.Citations.Contains(clause.Id)
            ? string.Join(text["Separator"], review.Citations[clause.Id].Select(one => one.Name.In(ProcessWords.Language)).Distinct(StringComparer.Ordinal))
            : null))];

    private List<Diagram> Diagrams(
        string key, int version, PackReview review, string? shape, string tab, Dictionary<(string Workflow, string Shape), DiagramMark> marks, Func<string, bool>? wanted = null)
    {
        if (review.Pack is not { } pack)
        {
            return [];
        }

        var here = Split(shape);
        return [.. Titles(pack).Where(one => wanted?.Invoke(one.Workflow) ?? true).Select(one =>
        {
            var diagram = WorkflowDiagram.Of(pack, one.Workflow, one.Title, ProcessWords.Language);
            return diagram with
            {
                Nodes = [.. diagram.Nodes.Select(node => node with
                {
                    Mark = marks.GetValueOrDefault((one.Workflow, node.Id)),
                    Here = here?.Workflow == one.Workflow && here?.Shape == node.Id,
                    Href = ProcessLinks.Part(key, version, PartPlace.Shape(one.Workflow, node.Id), tab),
                })],
            };
        })];
    }

    // the workflows of its kinds first, then those they call
    private IEnumerable<(string Workflow, string Title)> Titles(ProcessPack pack) =>
        pack.Identity.Kinds.Select(kind => (kind.Workflow, _words.Kind(kind.Kind)))
            .Concat(pack.Workflows.Keys.Select(workflow => (workflow, PartWords.File(PartPlace.FileOf(workflow)).In(ProcessWords.Language))))
            .DistinctBy(one => one.Item1, StringComparer.Ordinal);

    private PartLine? ShapeOf(string key, PackReview review, string? shape, bool mayEdit) => Split(shape) is { } wanted
        && review.Parts.FirstOrDefault(part => part.Place.IsShape && part.Place.Workflow == wanted.Workflow && part.Place.Key == wanted.Shape) is { } part
        ? LineOf(part) with
        {
            EditHref = mayEdit ? ProcessLinks.Designer(key, wanted.Workflow, wanted.Shape) : null,
            EditText = text["OpenInDesigner"],
            ListHref = mayEdit ? ProcessLinks.Steps(key, wanted.Workflow, wanted.Shape) : null,
        }
        : null;

    private static PartLine LineOf(PackPart part) => new(
        ProcessLinks.Anchor(part.Place), part.Name.In(ProcessWords.Language),
        [.. part.Members.Select(member => new MemberLine(member.Name.In(ProcessWords.Language), null, member.Value.In(ProcessWords.Language)))]);

    private static (string Workflow, string Shape)? Split(string? shape) =>
        shape?.IndexOf('/', StringComparison.Ordinal) is > 0 and var at && at < shape.Length - 1 ? (shape[..at], shape[(at + 1)..]) : null;
}

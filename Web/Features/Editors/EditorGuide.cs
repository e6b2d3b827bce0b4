using System.Security.Claims;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Leads through a process that is put together: stage by stage what there is, what is wrong or missing, and where it is mended.</summary>
public sealed class EditorGuide(StoredEditors editors, PackReviews reviews, IStringLocalizer<EditorWords> words)
{
    private const int MostShown = 8;

    private static string Language => PackWords.Language;

    public async Task<EditorOverview?> GetAsync(string key, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await editors.OpenAsync(key, user, cancellationToken) is not var (draft, _))
        {
            return null;
        }

        var review = await reviews.GetAsync(key, draft.Version, draft.State, cancellationToken);
        var frame = editors.FrameOf(draft);
        var open = review.Findings.Where(found => found.Severity != FindingSeverity.Note).ToList();
        List<EditorStep> steps = [.. PartKinds.All.Select(kind => Step(frame, kind, draft, review, open)),
            .. draft.Pack.Workflows.Keys.Select(workflow => Workflow(frame, workflow, draft.Pack, review, open))];
        return new EditorOverview
        {
            Frame = frame,
            Steps = [.. steps, Publish(frame, open)],
            PublishHref = ProcessLinks.Publish(key, draft.Version),
        };
    }

    private EditorStep Step(EditorFrame frame, PartKind kind, OpenedDraft draft, PackReview review, List<PackFinding> open)
    {
        var count = kind.IsSingle ? 1 : draft.Elements(kind.File, kind.List).Count;
        var own = open.Where(found => found.File == kind.File && Holds(kind, found)).ToList();
        return new EditorStep(
            words[$"k.{kind.Key}"], words[$"k.{kind.Key}.about"], $"{frame.Href}/{kind.Key}", count,
            own.Exists(found => found.Severity == FindingSeverity.Error) ? EditorStepState.Wrong : count == 0 ? EditorStepState.Empty : EditorStepState.Done,
            Lines(frame.Key, own, review));
    }

    private EditorStep Workflow(EditorFrame frame, string workflow, ProcessPack pack, PackReview review, List<PackFinding> open)
    {
        var own = open.Where(found => PartPlace.WorkflowOf(found.File) == workflow).ToList();
        return new EditorStep(
            words["WorkflowOf", new PackWording(pack).Workflow(workflow).In(Language)], words["k.workflow.about"], ProcessLinks.Steps(frame.Key, workflow),
                Diagrams.WorkflowOutline.Read(pack.Workflows[workflow]).Steps.Count,
            own.Exists(found => found.Severity == FindingSeverity.Error) ? EditorStepState.Wrong : EditorStepState.Done, Lines(frame.Key, own, review));
    }

    private EditorStep Publish(EditorFrame frame, List<PackFinding> open)
    {
        var errors = open.Count(found => found.Severity == FindingSeverity.Error);
        return new EditorStep(
            words["Publish"], errors > 0 ? words["PublishNotYet", errors] : frame.IsDraft ? words["PublishNow"] : words["PublishNothing"],
                ProcessLinks.Publish(frame.Key, frame.Version), 0,
            errors > 0 ? EditorStepState.Wrong : frame.IsDraft ? EditorStepState.Empty : EditorStepState.Done, []);
    }

    private static List<(string Text, string? Href)> Lines(string key, List<PackFinding> found, PackReview review) =>
        [.. found.OrderBy(one => one.Severity).Take(MostShown).Select(one => (one.Message.In(Language), FindingWords.PartOf(one, review.Parts) is { } part
            ? EditorLinks.Of(key, part.Place) : null))];

    // findings of the file as a whole are told with the first kind of parts it holds
    private static bool Holds(PartKind kind, PackFinding found) => kind.IsSingle
        || found.JsonPath.StartsWith($"$.{kind.List}", StringComparison.Ordinal)
        || (found.JsonPath == "$" && PartKinds.All.First(one => one.File == kind.File) == kind);
}

using CaseManagement.Domain.Packs;
using Microsoft.Extensions.Localization;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Processes;

/// <summary>The list before publishing: what keeps a version back, and what is worth a look.</summary>
internal sealed class PublishChecks(IStringLocalizer<ProcessesText> text)
{
    private const int MostNamed = 3;

    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="review">What is known of it.</param>
    /// <param name="unbound">Names of it that are nothing here.</param>
    public IEnumerable<CheckLine> Of(string key, int version, PackReview review, IReadOnlyList<PackFinding> unbound)
    {
        string Tab(string tab) => $"{ProcessLinks.Page(key)}?version={version}&tab={tab}";
        var errors = review.Findings.Count(found => found.Severity == FindingSeverity.Error && found.Code != FindingCodes.ExampleFailed);
        yield return errors == 0 ? Good(text["CheckErrors"]) : new CheckLine(CheckState.Blocks, text["CheckErrorsOpen", errors], Tab(ProcessView.FindingsTab));
        if (review.Pack is not { } pack)
        {
            yield break;
        }

        var failed = review.Examples.Where(example => !example.IsGood).Select(example => example.Name.In(ProcessWords.Language)).ToList();
        yield return failed.Count > 0 ? new CheckLine(CheckState.Blocks, text["CheckExamplesOpen", failed.Count, Named(failed)], Tab(ProcessView.FindingsTab))
            : review.Examples.Count > 0 ? new CheckLine(CheckState.Good, text["CheckExamples", review.Examples.Count], null)
            : new CheckLine(pack.Tables.Count > 0 ? CheckState.Look : CheckState.Good, text["CheckExamplesNone"], pack.Tables.Count > 0 ? Tab(ProcessView.ContentTab) : null);
        yield return unbound.Count == 0 ? Good(text["CheckNames"])
            : new CheckLine(CheckState.Look, text["CheckNamesOpen", unbound.Count, Named([.. unbound.Select(found => NameOf(pack, found))])], ProcessLinks.Names(key));
        var open = pack.Identity.Clauses.Where(clause => !review.Citations.Contains(clause.Id)).Select(clause => clause.Id).ToList();
        if (pack.Identity.Clauses.Count == 0)
        {
            yield return new CheckLine(CheckState.Look, text["CheckClausesNone"], null);
        }
        else
        {
            yield return open.Count == 0 ? Good(text["CheckClauses"]) : new CheckLine(CheckState.Look, text["CheckClausesOpen", open.Count, Named(open)], Tab(ProcessView.ClausesTab));
            var steps = review.StepsWithoutClause.Select(one => one.Step.Name.In(ProcessWords.Language)).ToList();
            yield return steps.Count == 0 ? Good(text["CheckSteps"]) : new CheckLine(CheckState.Look, text["CheckStepsOpen", steps.Count, Named(steps)], Tab(ProcessView.ClausesTab));
        }

        yield return review.ToReview == 0 ? Good(text["CheckReview"]) : new CheckLine(CheckState.Look, text["CheckReviewOpen", review.ToReview], Tab(ProcessView.FindingsTab));
    }

    private static CheckLine Good(string said) => new(CheckState.Good, said, null);

    private string Named(List<string> names) => string.Join(text["Separator"], names.Take(MostNamed)) + (names.Count > MostNamed ? "…" : "");

    private static string NameOf(ProcessPack pack, PackFinding found)
    {
        var at = int.Parse(found.JsonPath[(found.JsonPath.IndexOf('[', StringComparison.Ordinal) + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);
        return (found.Code == FindingCodes.DepartmentUnbound ? pack.Organisation.Departments[at].Name : pack.Organisation.Roles[at].Name).In(ProcessWords.Language);
    }
}

using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Money;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>A sum of the ledger, or a document, in a line beside the case.</summary>
/// <param name="Name">What it is.</param>
/// <param name="About">For whom, where it stands.</param>
/// <param name="State">In a word.</param>
/// <param name="Href">Its page; null where there is none.</param>
public sealed record CaseRecordLine(string Name, string About, string State, string? Href = null);

/// <summary>What a case has come to: sums worked out and paid, documents drawn up and signed.</summary>
public sealed class CaseRecords(IStringLocalizer<CaseWords> words)
{
    /// <summary>Puts a sum to the chain its calculator names.</summary>
    public const string Submit = "submit-amount";

    /// <summary>Notes that a sum was paid, credited or booked.</summary>
    public const string Pay = "pay-amount";

    /// <summary>The newest first; who may not know the complainant reads no sums for them.</summary>
    public IReadOnlyList<CaseRecordLine> Amounts(CaseView view) =>
        [.. view.Complaint.Amounts.All.Reverse().Select(c => new CaseRecordLine($"{NameOf(view, c)} {SumOf(c)}", string.Join(words["separator"], c.To.Select(view.Words.Candidate)), words["Amount_" + c.State]))];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<CaseRecordLine> Documents(CaseView view) =>
        [.. view.Complaint.Documents.All.Reverse().Select(d => new CaseRecordLine(d.Subject.In(PackWords.Language), d.Number, words["Document_" + d.State], view.KnowsComplainant ? $"/cases/{view.Complaint.Id}/letters/{d.Id}" : null))];

    /// <summary>What the reader may do with the sums now.</summary>
    public IEnumerable<(string Verb, IReadOnlyList<Choice> Sums)> Deeds(CaseView view)
    {
        if (!view.Complaint.IsOpen)
        {
            yield break;
        }

        var proposed = view.Complaint.Amounts.All.Where(c => c.State == CalculationState.Proposed && view.Rules.Pack.Calculators.GetValueOrDefault(c.Calculator)?.Approval is not null
            && !view.Complaint.Approvals.All.Values.Any(a => a.Calculation == c.Number && a.State == ApprovalState.Pending)).ToList();
        if (proposed.Count > 0)
        {
            yield return (Submit, Choices(view, proposed));
        }

        var approved = view.Complaint.Amounts.All.Where(c => c.State == CalculationState.Approved).ToList();
        if (approved.Count > 0)
        {
            yield return (Pay, Choices(view, approved));
        }
    }

    private static List<Choice> Choices(CaseView view, List<Calculation> sums) =>
        [.. sums.Select(c => new Choice(c.Number.ToString(CultureInfo.InvariantCulture), $"{NameOf(view, c)} {SumOf(c)}"))];

    private static string NameOf(CaseView view, Calculation calculation) =>
        view.Rules.Pack.Calculators.GetValueOrDefault(calculation.Calculator)?.Name.In(PackWords.Language) ?? calculation.Calculator;

    private static string SumOf(Calculation calculation) => $"{calculation.Total.ToString("N2", CultureInfo.CurrentCulture)} {calculation.Unit}";
}

using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Says what stands in the cells of a row.</summary>
internal static class InboxCells
{
    /// <param name="columns">The columns.</param>
    /// <param name="row">The case.</param>
    /// <param name="line">What is already said of it.</param>
    /// <param name="words">The words of its process.</param>
    /// <param name="facts">Its facts; null where the reader may not know what is in it.</param>
    /// <param name="mask">What the reader is shown of it where that is not all.</param>
    public static IReadOnlyList<InboxCell> Of(IReadOnlyList<Choice> columns, CaseRow row, InboxRow line, PackWords words, CaseFacts? facts, CaseMask? mask)
    {
        var listed = facts is null ? [] : InboxColumns.FactsOf(words.Pack).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return [.. columns.Select(column => new InboxCell(column.Value, column.Text, Text(column.Value)))];

        string? Text(string key) => key switch
        {
            InboxColumns.Number => row.Number,
            InboxColumns.Task => line.Task,
            InboxColumns.Complainant => line.Complainant,
            InboxColumns.Process => line.Process,
            InboxColumns.Category => row.Category is { } category ? words.Option("category", category) : null,
            InboxColumns.Channel => words.Channel(row.Channel),
            InboxColumns.Department => row.Lead is { } lead ? words.Department(lead) : null,
            InboxColumns.Handler => row.Handler is { } handler ? words.Person(handler) : null,
            InboxColumns.Status => words.Option("status", row.Status),
            _ when key.StartsWith(InboxColumns.FactPrefix, StringComparison.Ordinal) && key[InboxColumns.FactPrefix.Length..] is var fact && listed.Contains(fact)
                => words.Value(fact, facts!.Read(fact) is var value && mask is null ? value : mask!.Fact(fact, value) ?? FactValue.Unknown),
            _ => null,
        };
    }
}

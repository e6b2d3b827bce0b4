namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>records.json</c>.</summary>
internal static class RecordsReader
{
    /// <summary>Numbers for a pack that says nothing, so that reading can go on; the missing file is a finding.</summary>
    public static readonly RecordRules Empty = new(new NumberScheme("{yyyy}{seq:6}", NumberCycle.Year, WhenNumbersFull.Block, "UTC"));

    public static RecordRules Read(PackObject json, string zone)
    {
        var book = json.Object("book");
        var records = new RecordRules(Numbering(json, zone))
        {
            Retention = json.List("retention", Retention),
            Confidentiality = json.Keyed("confidentiality", Confidentiality, rule => rule.Key),
            Book = book is null ? null : new RegisterBook(book.Names("name"), book.Texts("columns", required: true)),
            Archive = json.TextOrNull("archive"),
        };
        book?.Finish();
        return records;
    }

    private static NumberScheme Numbering(PackObject json, string zone)
    {
        if (json.Object("numbering") is not { } numbering)
        {
            json.Missing("numbering");
            return Empty.Numbering;
        }

        var pattern = numbering.Text("pattern");
        var cycle = numbering.Word<NumberCycle>("cycle");
        var whenFull = numbering.Word<WhenNumbersFull>("whenFull", WhenNumbersFull.Block);
        numbering.Finish();
        try
        {
            return new NumberScheme(pattern, cycle, whenFull, zone);
        }
        catch (RuleViolationException refused)
        {
            json.Error(FindingCodes.NumberingInvalid, "numbering", $"编号规则不可用：{refused.Message}", refused.Message);
            return Empty.Numbering;
        }
    }

    private static RetentionRule Retention(PackObject json) =>
        new(json.Text("what"), json.Text("from"), CountersReader.Span(json)) { Statutory = json.Flag("statutory") };

    private static ConfidentialityRule Confidentiality(PackObject json) => new(
        json.Key(), json.RequiredCondition("when"), json.Texts("hide", required: true), json.Texts("visibleTo", required: true), json.Clauses());
}

using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class PackReaderTests
{
    private const string Standard = "standard-complaint";

    [Theory]
    [InlineData("pack.json", "id", null, "member-missing")]
    [InlineData("pack.json", "id", "\"Not An Id\"", "key-invalid")]
    [InlineData("pack.json", "id", "7", "member-wrong")]
    [InlineData("pack.json", "format", "2", "member-wrong")]
    [InlineData("pack.json", "policy", null, "member-missing")]
    [InlineData("pack.json", "zone", "\"Mars/Crater\"", "zone-unknown")]
    [InlineData("pack.json", "name.en", "\"\"", "name-incomplete")]
    [InlineData("pack.json", "settings[0].default", "31", "setting-wrong")]
    [InlineData("pack.json", "settings[0].default", null, "setting-wrong")]
    [InlineData("pack.json", "settings[0].type", "\"text\"", "member-wrong")]
    [InlineData("pack.json", "labels.Handle.zh", null, "name-incomplete")]
    [InlineData("pack.json", "name.zh", "\"a\\u202Eb\"", "text-unsafe")]
    [InlineData("pack.json", "name.zh", "\"a\\u0007b\"", "text-unsafe")]
    [InlineData("facts.json", "facts[0].key", "\"product:x\"", "key-invalid")]
    [InlineData("facts.json", "facts[0].key", "\"a, b\"", "key-invalid")]
    [InlineData("facts.json", "facts[1].key", "\"product\"", "key-twice")]
    [InlineData("facts.json", "facts[0].type", "\"texts\"", "member-wrong")]
    [InlineData("facts.json", "facts[0].type", "\"category\"", "member-wrong")]
    [InlineData("facts.json", "facts[0].by", "\"nobody\"", "member-wrong")]
    [InlineData("facts.json", "facts[5].min", "\"0\"", "member-wrong")]
    [InlineData("facts.json", "facts", "{}", "member-wrong")]
    [InlineData("facts.json", "facts[0]", "3", "member-wrong")]
    [InlineData("forms.json", "forms[0].fields[0].required", "{\"people\": \">=\"}", "condition-invalid")]
    [InlineData("forms.json", "forms[0].fields[1].fact", "\"subject\"", "key-twice")]
    [InlineData("forms.json", "forms[0].fields[0].minRows", "-1", "member-wrong")]
    [InlineData("categories.json", "trees[0].nodes[1].key", "\"attitude\"", "key-twice")]
    [InlineData("tables.json", "tables[0].hit", "\"any\"", "member-wrong")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"people\": \"[3, 9]\"}", "condition-invalid")]
    [InlineData("tables.json", "tables[0].rows[0].if", null, "member-missing")]
    [InlineData("tables.json", "tables[0].rows[0].then", "{\"level\": \"worst\"}", "option-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].then", "{\"levle\": \"serious\"}", "fact-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].then", "{\"people\": \"many\"}", "value-wrong")]
    [InlineData("tables.json", "tables[0].rows[0].why", null, "member-missing")]
    [InlineData("limits.json", "limits[0].unit", null, "member-missing")]
    [InlineData("limits.json", "limits[0].rungs", null, "member-missing")]
    [InlineData("limits.json", "limits[0].rungs[0].at", "\"soon\"", "limit-invalid")]
    [InlineData("limits.json", "limits[0].rungs[0].at", "\"due - 24:00:00\"", "duration-ambiguous")]
    [InlineData("limits.json", "limits[0].rungs[1].key", "\"warn\"", "key-twice")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"notify\": [\"gm\"], \"raise\": \"one\"}", "member-wrong")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{}", "member-wrong")]
    [InlineData("limits.json", "limits[1].extend.max.amount", "-7", "limit-invalid")]
    [InlineData("limits.json", "limits[0].countFrom", "\"tomorrow\"", "member-wrong")]
    [InlineData("limits.json", "limits[0].amount", "true", "member-wrong")]
    [InlineData("approvals.json", "chains[0].steps[0].with", "\"gm\"", "member-wrong")]
    [InlineData("gates.json", "gates[0].needs", null, "member-missing")]
    [InlineData("gates.json", "gates[0].needs", "[3]", "condition-invalid")]
    [InlineData("records.json", "numbering.pattern", "\"TS{seq:4}\"", "numbering-invalid")]
    [InlineData("records.json", "numbering.cycle", "\"century\"", "member-wrong")]
    [InlineData("records.json", "retention[0].amount", "0", "member-wrong")]
    [InlineData("reports.json", "reports[0].at.time", "\"8 o'clock\"", "member-wrong")]
    [InlineData("reports.json", "reports[0].measures[0].count", null, "member-missing")]
    [InlineData("templates.json", "templates[0].kind", "\"song\"", "member-wrong")]
    public void A_broken_file_gives_a_finding_at_its_place_and_no_pack(string file, string path, string? json, string code)
    {
        var result = new EditedPack(Standard).Set(file, path, json).Read();

        Assert.Null(result.Pack);
        Assert.Contains(result.Findings, finding => finding.Code == code && finding.File == file && finding.Message.IsComplete);
    }

    [Fact]
    public void A_finding_says_where_it_is()
    {
        var result = new EditedPack(Standard).Set("tables.json", "tables[0].rows[2].if", "{\"people\": \">= \"}").Read();

        Assert.Equal("$.tables[0].rows[2].if.people", Assert.Single(result.Findings).JsonPath);
    }

    [Fact]
    public void A_member_nobody_knows_is_a_warning_and_stays_in_the_file()
    {
        var result = new EditedPack(Standard).Set("tables.json", "tables[0].raiseonly", "true").Read();

        var finding = Assert.Single(result.Findings);
        Assert.Equal((FindingCodes.MemberUnknown, FindingSeverity.Warning, "$.tables[0].raiseonly"), (finding.Code, finding.Severity, finding.JsonPath));
        Assert.Contains("raiseonly", result.Pack!.Files["tables.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack.json")]
    [InlineData("organisation.json")]
    [InlineData("records.json")]
    public void A_pack_says_who_it_is_who_takes_part_and_how_it_numbers(string file)
    {
        var result = new EditedPack(Standard).File(file, null).Read();

        Assert.Null(result.Pack);
        Assert.Contains(result.Findings, finding => finding.Code == FindingCodes.FileMissing && finding.File == file);
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("../pack.json")]
    [InlineData("workflows/../../etc.json")]
    [InlineData("workflows\\a.json")]
    [InlineData("/pack.json")]
    [InlineData("workflows/a/b.json")]
    [InlineData("C:pack.json")]
    [InlineData("people.json")]
    [InlineData("facts.json\n")]
    public void A_file_with_another_name_is_refused(string path)
    {
        var result = new EditedPack(Standard).File(path, "{}").Read();

        Assert.Null(result.Pack);
        Assert.Contains(result.Findings, finding => finding.Code == FindingCodes.FileUnknown && finding.File == path);
    }

    public static TheoryData<string> HostileTexts =>
    [
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"facts\": [], \"facts\": []}",
        "{\"facts\": [{\"key\": \"a\", \"key\": \"b\"}]}",
        "{\"facts\": [],}",
        "{/* comment */}",
        string.Concat(Enumerable.Repeat("{\"facts\":", 40)) + "1" + new string('}', 40),
        new string('[', 100_000),
        "{\"facts\": [{\"key\": \"\\uD800\"}]}",
        "{\"\\uDC00\": 1}",
        "{\"facts\": [{\"key\": \"\uD800\"}]}",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_json_gives_findings_and_never_an_exception(string text)
    {
        var result = new EditedPack(Standard).File("facts.json", text).Read();

        Assert.Null(result.Pack);
        Assert.Contains(result.Findings, finding => finding.File == "facts.json" && finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Sizes_are_limited()
    {
        var large = new EditedPack(Standard).File("facts.json", "{\"facts\": []" + new string(' ', PackReader.MaxFileBytes) + "}").Read();
        var chinese = new EditedPack(Standard).File("facts.json", "{\"x\": \"" + new string('长', PackReader.MaxFileBytes / 2) + "\"}").Read();
        var many = PackReader.Read(Enumerable.Range(0, PackReader.MaxFiles + 1).ToDictionary(index => $"scenarios/{index}.json", _ => "{}"));

        Assert.Contains(large.Findings, finding => finding.Code == FindingCodes.FileTooLarge);
        Assert.Contains(chinese.Findings, finding => finding.Code == FindingCodes.FileTooLarge);
        Assert.Contains(many.Findings, finding => finding.Code == FindingCodes.TooManyFiles);
    }

    [Fact]
    public void A_pack_full_of_mistakes_is_answered_with_a_readable_number_of_findings()
    {
        var nothing = string.Join(',', Enumerable.Repeat("{}", 2_000));

        var result = new EditedPack(Standard).File("facts.json", $"{{\"facts\": [{nothing}]}}").Read();

        Assert.InRange(result.Findings.Count, 100, 500);
        Assert.Null(result.Pack);
    }

    [Fact]
    public void Warnings_never_crowd_out_an_error()
    {
        var slips = string.Join(',', Enumerable.Range(0, 2_000).Select(index => $"\"slip{index}\": 1"));

        var result = new EditedPack(Standard).File("facts.json", $"{{\"facts\": [], {slips}}}").Set("records.json", "numbering", "3").Read();

        Assert.Null(result.Pack);
        Assert.Contains(result.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void A_pack_is_typed_throughout()
    {
        var pack = SharedPacks.Read(Standard);

        Assert.Equal((Standard, "1.0.0", "Asia/Shanghai", "office"), (pack.Identity.Id, pack.Identity.Version, pack.Identity.Zone, pack.Identity.Calendar));
        Assert.Equal(["complaint", "consultation", "suggestion"], pack.Identity.Kinds.Select(kind => kind.Kind));
        Assert.Equal("question", pack.Kind("suggestion")!.Form);
        Assert.Equal(["serious", "general"], pack.Levels.Levels.Select(level => level.Key));
        Assert.Equal(["level"], pack.LiveTables.Select(table => table.Key));
        Assert.Equal(["reply", "resolution", "objection", "consultation", "suggestion", "material"], pack.Clocks);
        Assert.Equal("TS{yyyy}{MM}{seq:4}", pack.Records.Numbering.Pattern);
        Assert.Equal(["standard-complaint", "standard-consultation", "standard-suggestion"], pack.Workflows.Keys);
        Assert.Equal(7, pack.Scenarios.Count);
        Assert.Equal(["phone", "web", "email", "visit", "letter"], pack.Facts.Find("channel")!.Options!.Select(option => option.Key));
    }

    [Fact]
    public void Readings_are_the_defaults_unless_others_are_chosen()
    {
        var pack = SharedPacks.Read(Standard);
        var objection = pack.Limit("objection")!;

        Assert.Equal(7, objection.Rule(pack.Settings(), pack.Facts).Amount);
        Assert.Equal(10, objection.Rule(pack.Settings(Chosen("objectionDays", FactValue.Of(10))), pack.Facts).Amount);
        Assert.Equal("setting-wrong", CodeOf(() => pack.Settings(Chosen("objectionDays", FactValue.Of(31)))));
        Assert.Equal("setting-wrong", CodeOf(() => pack.Settings(Chosen("objectionDays", FactValue.Of("ten")))));
        Assert.Equal("setting-unknown", CodeOf(() => pack.Settings(Chosen("unheard", FactValue.Of(1)))));
    }

    private static Dictionary<string, FactValue> Chosen(string key, FactValue value) => new() { [key] = value };

    private static string CodeOf(Action act) => Assert.Throws<RuleViolationException>(act).Rule.Code;
}

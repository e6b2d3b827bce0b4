using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>templates.json</c>, <c>reports.json</c> and <c>records.json</c>.</summary>
internal static class CommunicationCheck
{
    private static readonly string[] Ways = ["sms", "email", "letter", "phone", "fax", "inbox", "webhook", "board"];
    private static readonly string[] HiddenParts = ["complainant", "attachments", "case"];

    // Columns of a register that are no facts.
    private static readonly string[] CaseColumns = ["number", "trackingCode"];

    public static void Run(PackReferences references)
    {
        var pack = references.Pack;
        AuthorityCheck.Each(pack.Templates.Values, "templates.json", "templates", (template, place) => Check(template, place, references));
        AuthorityCheck.Each(pack.Reports.Values, "reports.json", "reports", (report, place) => Check(report, place, references));
        AuthorityCheck.Each(pack.Records.Retention, "records.json", "retention", (rule, place) => references.Moment(rule.From, place.At(".from")));
        AuthorityCheck.Each(pack.Records.Confidentiality, "records.json", "confidentiality", (rule, place) => Check(rule, place, references));
        foreach (var column in pack.Records.Book?.Columns.Except(CaseColumns) ?? [])
        {
            references.Fact(column, new Place("records.json", "$.book.columns"));
        }

        if (pack.Records.Archive is { } department)
        {
            references.Department(department, new Place("records.json", "$.archive"));
        }
    }

    private static void Check(Template template, Place place, PackReferences references)
    {
        references.Clauses(template.Clauses, place.At(".clause"));
        references.Who(template.To, place.At(".to"));
        references.Who(template.Copies, place.At(".copies"));
        foreach (var fact in template.Attach)
        {
            if (references.Pack.Facts.Find(fact) is not { Type: FactType.File or FactType.Files })
            {
                references.Findings.Error(
                    FindingCodes.FactUnknown, place.At(".attach"), $"“{fact}”不是文件", $"'{fact}' is no fact that holds a file");
            }
        }

        foreach (var way in template.Via.Except(Ways))
        {
            references.Findings.Error(FindingCodes.MemberWrong, place.At(".via"), $"没有发送方式“{way}”",
                $"There is no way '{way}' to send");
        }

        Check(template.Subject, place.At(".subject"), references);
        Check(template.Body, place.At(".body"), references);
    }

    // templates are written out with values people typed: nothing in them may call, take in or write raw
    private static void Check(BilingualText text, Place place, PackReferences references)
    {
        foreach (var mistake in TemplateText.Read(text.Zh).Mistakes.Concat(TemplateText.Read(text.En).Mistakes).DistinctBy(m => (m.Code, m.Part)))
        {
            references.Findings.Error(
                FindingCodes.TemplateWrong, place, $"模板第 {mistake.Line} 行第 {mistake.Column} 列不允许“{mistake.Part}”",
                $"The template may not have '{mistake.Part}' (line {mistake.Line}, column {mistake.Column})");
        }

        var known = TemplateNames.InPack(references.Pack);
        foreach (var name in TemplateText.Read(text.Zh).Names.Concat(TemplateText.Read(text.En).Names).Where(n => !known.Contains(n.Name)).DistinctBy(n => n.Name))
        {
            references.Findings.Warn(
                FindingCodes.PlaceholderUnknown, place, $"没有什么叫“{name.Name}”，写出来是空的", $"Nothing is called '{name.Name}': it is written out as nothing");
        }
    }

    private static void Check(Report report, Place place, PackReferences references)
    {
        references.Clauses(report.Clauses, place.At(".clause"));
        references.Who(report.To, place.At(".to"));
        CheckReadings(report, place, references);
        foreach (var fact in report.By)
        {
            references.Fact(fact, place.At(".by"));
        }

        for (var index = 0; index < report.Measures.Count; index++)
        {
            Check(report.Measures[index], place.At($".measures[{index}]"), references);
        }

        if (report.Task is { } task)
        {
            references.Who(task.Who, place.At(".task.who"));
            if (task.Form is { } form)
            {
                references.Form(form, place.At(".task.form"));
            }
        }

        if (report.Awards is { } awards)
        {
            references.Calculator(awards.Calculator, place.At(".awards.calculator"));
            CheckAwardRows(awards.Where, report, place.At(".awards.where"), references);
            CheckAwardRows(awards.Rank?.When, report, place.At(".awards.rank.when"), references);
            if (awards.Top is not null && references.Pack.Calculators.GetValueOrDefault(awards.Calculator) is { Approval: null })
            {
                references.Findings.Error(
                    FindingCodes.MemberWrong, place.At(".awards.top"), $"奖励“{awards.Calculator}”没有审批，名次相同时无人选定",
                    $"The award '{awards.Calculator}' has no approval, so nobody chooses between those who are alike");
            }

            if (awards.Rank is { } rank && report.Measures.All(measure => measure.Key != rank.Measure))
            {
                references.Findings.Error(
                    FindingCodes.FactUnknown, place.At(".awards.rank.measure"), $"报表没有数字“{rank.Measure}”", $"The report has no number '{rank.Measure}'");
            }
        }
    }

    // a setting in place of a value must be able to say such a value
    private static void CheckReadings(Report report, Place place, PackReferences references)
    {
        Reading(report.PeriodSetting, ".period", setting => setting.Options?.All(option => Report.Periods.ContainsKey(option.Key)) == true);
        Reading(report.At.DaySetting, ".at.day", IsDay);
        Reading(report.Task?.Due?.DaySetting, ".task.due.day", IsDay);
        foreach (var measure in report.Measures)
        {
            Reading(measure.BaseSetting, ".measures", setting => setting.Options?.All(option => option.Name is not null) == true);
        }

        static bool IsDay(SettingDefinition setting) => setting is { Type: FactType.Number, Min: >= 1, Max: <= 366 };

        void Reading(string? key, string member, Func<SettingDefinition, bool> fits)
        {
            references.Setting(key, place.At(member));
            if (references.Pack.Identity.Settings.FirstOrDefault(setting => setting.Key == key) is { } found && !fits(found))
            {
                references.Findings.Error(FindingCodes.SettingWrong, place.At(member), $"设置“{key}”的值用不在这里", $"The setting '{key}' has values that do not fit here");
            }
        }
    }

    // Awards look at the rows of their report, so they may test its measures as well as facts.
    private static void CheckAwardRows(Condition? condition, Report report, Place place, PackReferences references)
    {
        foreach (var name in condition?.Reads ?? new HashSet<string>())
        {
            if (FactNames.SettingKey(name) is { } setting)
            {
                references.Setting(setting, place);
            }
            else if (!report.Measures.Any(measure => measure.Key == name))
            {
                references.Fact(name, place);
            }
        }
    }

    private static void Check(ReportMeasure measure, Place place, PackReferences references)
    {
        references.Condition(measure.Count.Cases, place.At(".count"));
        references.Condition(measure.Base?.Cases, place.At(".base"));
        if (measure.On is { } moment)
        {
            references.Moment(moment, place.At(".on"));
        }

        if (measure.Base is not null != measure.BaseName is not null)
        {
            references.Findings.Error(
                FindingCodes.ShareWithoutBase, place, $"“{measure.Key}”的基数与基数名称须同时写明",
                $"'{measure.Key}' needs its base and the base's name together");
        }
    }

    private static void Check(ConfidentialityRule rule, Place place, PackReferences references)
    {
        references.Clauses(rule.Clauses, place.At(".clause"));
        references.Condition(rule.When, place.At(".when"));
        references.Who(rule.VisibleTo, place.At(".visibleTo"));
        foreach (var part in rule.Hide.Except(HiddenParts))
        {
            references.Fact(part, place.At(".hide"));
        }
    }
}

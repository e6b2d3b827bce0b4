using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Cases;

/// <summary>Who will read what a template writes.</summary>
public enum MessageReader
{
    /// <summary>They know who they are; of others they learn nothing that is marked sensitive.</summary>
    Complainant,

    /// <summary>Mails and notices leave the case: what is marked sensitive or hidden is not in them.</summary>
    Staff,
}

/// <summary>What a template may name of a case, as texts in one language, masked for who reads it.</summary>
public static class MessageModel
{
    /// <summary>Stands where a value is not for the reader.</summary>
    public const string Masked = "***";

    /// <summary>The model; what <paramref name="said"/> does not mention is not worked out.</summary>
    /// <param name="act">The case and its rules.</param>
    /// <param name="culture">zh-CN or en.</param>
    /// <param name="said">The templates that will be written with it.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="tellsCode">What stands for the tracking code is in it.</param>
    public static Dictionary<string, object> Of(CaseAct act, string culture, string said, MessageReader reader, bool tellsCode = false)
    {
        bool IsSaid(string name) => said.Contains(name, StringComparison.Ordinal);

        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        var calendar = act.Rules.Calendar(act.Rules.Pack.Identity.Calendar);
        var words = new FactWords(act.Rules.Pack, (at, language) => DateText.Of(at, calendar, language));
        foreach (var (name, value) in act.Complaint.Facts.All)
        {
            if (IsSaid(name))
            {
                model[name] = IsFor(reader, name, act) ? TemplateRendering.Plain(Say(words, act.Rules.Pack.Facts.Find(name), name, value, culture)) : Masked;
            }
        }

        model["number"] = act.Complaint.Number;
        model["why"] = IsSaid("why") ? Why(act, words, culture, reader) : "";
        model["process"] = act.Rules.Pack.Identity.Name.In(culture);
        model["today"] = IsSaid("today") ? DateText.Of(act.At, calendar, culture).Split(' ')[0] : "";
        model["trackingCode"] = tellsCode && IsSaid("trackingCode") && act.Complaint.TrackingSealed is { } kept ? SealedCode.Of(kept) : "";
        model["complainant"] = TemplateRendering.OneLine(IsFor(reader, "complainant", act) ? act.Complaint.Complainant.Name ?? "" : Masked);
        model["clock"] = act.Complaint.Clocks.All.Where(c => IsSaid(c.Key))
            .ToDictionary(c => c.Key, c => (object)Of(c.Value, act, culture), StringComparer.Ordinal);
        return model;
    }

    /// <summary>What is known of one clock.</summary>
    public static Dictionary<string, object> Of(Clock clock, CaseAct act, string culture) => new(StringComparer.Ordinal)
    {
        ["name"] = act.Rules.NameOf(clock).In(culture),
        ["dueAt"] = clock.DueAt is { } due ? DateText.Of(due, act.Rules.CalendarOf(clock, act.Complaint.Lead), culture) : "",
        ["explanation"] = clock.Explanation.ToText(culture),
    };

    // a table's words may quote facts: those that are not for the reader are not told this way either
    private static string Why(CaseAct act, FactWords words, string culture, MessageReader reader)
    {
        var why = TemplateRendering.OneLine(act.Complaint.Why?.In(culture) ?? "");
        return why.Length > 0 && act.Complaint.Facts.All.Any(f => !IsFor(reader, f.Key, act) && words.Of(f.Key, f.Value).In(culture) is { Length: > 0 } hidden && why.Contains(hidden, StringComparison.Ordinal))
            ? Masked
            : why;
    }

    // a sum is read in groups of three digits, a small table line by line
    private static string Say(FactWords words, FactDefinition? fact, string name, FactValue value, string culture) =>
        value.Rows is { } rows && fact is not null ? string.Join('\n', rows.Select((row, index) => $"{index + 1}. {Line(fact.Columns, row, culture)}"))
        : fact?.Type == FactType.Money && value.Number is { } sum ? Grouped(sum)
        : words.Of(name, value).In(culture);

    private static string Line(IReadOnlyList<FactDefinition> columns, IReadOnlyDictionary<string, FactValue> row, string culture)
    {
        var (colon, semicolon) = BilingualText.IsChinese(culture) ? ("：", "；") : (": ", "; ");
        return string.Join(semicolon, columns.Where(c => row.ContainsKey(c.Key)).Select(c => $"{c.Name.In(culture)}{colon}{Cell(c, row[c.Key], culture)}"));
    }

    private static string Cell(FactDefinition column, FactValue value, string culture) =>
        column.Type == FactType.Money && value.Number is { } sum ? Grouped(sum)
        : column.Options?.FirstOrDefault(o => o.Key == value.Text) is { Name: { } option } ? option.In(culture)
        : FactText.Of(value).In(culture);

    private static string Grouped(decimal sum) => sum.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static bool IsFor(MessageReader reader, string fact, CaseAct act)
    {
        if (reader == MessageReader.Complainant)
        {
            return fact == "complainant" || act.Rules.Pack.Facts.Find(fact) is not { Sensitive: true } sensitive || sensitive.By == FactSource.Complainant && fact != "respondentPerson";
        }

        var hidden = act.Rules.Pack.Records.Confidentiality.Any(rule => rule.Hide.Contains(fact) && act.Complaint.Confidentiality.IsInForce(rule, act.Facts));
        return !hidden && (fact == "complainant"
            ? !act.Complaint.CoversIdentity
            : act.Rules.Pack.Facts.Find(fact) is not { Sensitive: true });
    }
}

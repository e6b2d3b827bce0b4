using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>The facts, values, operands and settings of a condition.</summary>
internal static class ConditionCheck
{
    internal static readonly string[] ClockStates = ["running", "paused", "met", "breached", "cancelled"];
    internal static readonly string[] ApprovalStates = ["none", "pending", "approved", "returned", "refused"];
    internal static readonly string[] DocumentStates = ["missing", "unsigned", "issued", "signed"];

    public static void Run(Condition? condition, Place place, PackReferences references)
    {
        foreach (var part in condition?.Alternatives.SelectMany(alternative => alternative.Tests) ?? [])
        {
            var at = place.At("." + part.Fact);
            if (FactNames.SettingKey(part.Fact) is { } tested)
            {
                Setting(tested, part.Test.Parts, at, references);
            }
            else
            {
                references.Fact(part.Fact, at);
            }

            foreach (var name in part.Test.OperandNames)
            {
                if (FactNames.SettingKey(name) is { } setting)
                {
                    references.Setting(setting, at);
                }
                else
                {
                    references.Fact(name, at);
                }
            }

            foreach (var test in part.Test.Parts)
            {
                CheckTest(part.Fact, test, at, references);
            }
        }
    }

    // a reading is tested by the keys of its options
    private static void Setting(string key, IEnumerable<UnaryTest> tests, Place place, PackReferences references)
    {
        references.Setting(key, place);
        if (references.Pack.Identity.Settings.FirstOrDefault(setting => setting.Key == key)?.Options is not { } options)
        {
            return;
        }

        foreach (var value in tests.OfType<UnaryTest.Value>().Where(value => options.All(option => option.Key != value.Literal)))
        {
            references.Findings.Error(
                FindingCodes.OptionUnknown, place, $"设置“{key}”没有选项“{value.Literal}”", $"The setting '{key}' has no option '{value.Literal}'");
        }
    }

    private static void CheckTest(string fact, UnaryTest test, Place place, PackReferences references)
    {
        var kind = KindOf(fact, references.Pack);
        switch (test)
        {
            case UnaryTest.Value value when !CanBe(fact, kind, value, references):
                references.Findings.Error(
                    FindingCodes.OptionUnknown, place, $"“{fact}”不会等于“{value.Literal}”",
                    $"'{fact}' never takes the value '{value.Literal}'");
                break;
            case UnaryTest.Compare or UnaryTest.Range
                when kind is FactValueKind.Text or FactValueKind.Boolean or FactValueKind.List or FactValueKind.Rows:
                references.Findings.Error(
                    FindingCodes.ValueWrong, place, $"“{fact}”不能比较大小", $"'{fact}' has no order to compare by");
                break;
            case UnaryTest.CountCompare when kind is not (null or FactValueKind.List or FactValueKind.Rows):
                references.Findings.Error(
                    FindingCodes.ValueWrong, place, $"“{fact}”不是列表，不能计数", $"'{fact}' is no list to count");
                break;
            default:
                break;
        }
    }

    private static bool CanBe(string fact, FactValueKind? kind, UnaryTest.Value value, PackReferences references)
    {
        if (kind is null)
        {
            return true;
        }

        if (references.Pack.Facts.Find(fact)?.Undetermined is { } undetermined
            && (value.Literal == undetermined.Zh || value.Literal == undetermined.En))
        {
            return true;
        }

        return kind switch
        {
            FactValueKind.Number or FactValueKind.Boolean => value.Typed.Kind == kind,
            FactValueKind.Text or FactValueKind.List => Options(fact, references) is not { } options || options.Contains(value.Literal),
            FactValueKind.Date => DateOnly.TryParseExact(value.Literal, "yyyy-MM-dd", out _),
            _ => false,
        };
    }

    /// <summary>The kind of value a name gives; null when the name is not known.</summary>
    private static FactValueKind? KindOf(string name, ProcessPack pack)
    {
        if (FactNames.TrySplit(name, out var prefix, out _))
        {
            return prefix switch
            {
                "count" or "rounds" => FactValueKind.Number,
                "signed" => FactValueKind.Boolean,
                _ => FactValueKind.Text,
            };
        }

        return pack.Facts.Find(name) switch
        {
            null => null,
            { IsList: true } => FactValueKind.List,
            var fact => fact.Type switch
            {
                FactType.Number or FactType.Money => FactValueKind.Number,
                FactType.Boolean => FactValueKind.Boolean,
                FactType.Date => FactValueKind.Date,
                FactType.Instant => FactValueKind.Instant,
                FactType.Rows => FactValueKind.Rows,
                _ => FactValueKind.Text,
            },
        };
    }

    /// <summary>The texts a name may give; null for any.</summary>
    private static HashSet<string>? Options(string name, PackReferences references)
    {
        if (FactNames.TrySplit(name, out var prefix, out var key))
        {
            return prefix switch
            {
                "clock" => [.. ClockStates],
                "approval" => [.. ApprovalStates],
                "document" => [.. DocumentStates],
                "task" => references.TaskPorts.GetValueOrDefault(key),
                _ => null,
            };
        }

        return name == FactNames.TaskOutcome
            ? [.. references.TaskPorts.Values.SelectMany(ports => ports)]
            : references.Pack.Facts.Find(name)?.Options?.Select(option => option.Key).ToHashSet(StringComparer.Ordinal);
    }
}

using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>One JSON object of a pack file while it is being read. Whatever is missing or of the wrong kind becomes a
/// finding at its place, and reading goes on with a harmless value.</summary>
internal sealed class PackObject(JsonElement json, string file, string path, PackFindings findings)
{
    private const int MaxKey = 100;

    // nobody reads a longer list, and every row is compared with others
    private const int MaxItems = 2_000;

    private const string NotInKeys = "(),[]<>={}\"'@";

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public PackFindings Findings => findings;

    public string File => file;

    public string Path => path;

    public bool Has(string name) => Member(name) is not null;

    /// <summary>A member as it stands; null when it is absent or null.</summary>
    public JsonElement? Member(string name)
    {
        _read.Add(name);
        return json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    /// <summary>A key: not empty, without the characters that conditions give a meaning to.</summary>
    public string Key(string name = "key")
    {
        var key = Text(name);
        if (key.Length > MaxKey || key.Any(character => char.IsWhiteSpace(character) || NotInKeys.Contains(character, StringComparison.Ordinal)))
        {
            Error(FindingCodes.KeyInvalid, name, $"键“{key}”含有不允许的字符", $"The key '{key}' has a character that is not allowed");
        }

        return key;
    }

    public string Text(string name)
    {
        if (TextOrNull(name) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        if (!Has(name) || Member(name)!.Value.ValueKind == JsonValueKind.String)
        {
            Missing(name);
        }

        return string.Empty;
    }

    public string? TextOrNull(string name) => Member(name) is { } member ? AsText(member, name) : null;

    public BilingualText Names(string name)
    {
        if (!Has(name))
        {
            Missing(name);
            return new BilingualText(string.Empty, string.Empty);
        }

        return NamesOrNull(name) ?? new BilingualText(string.Empty, string.Empty);
    }

    public BilingualText? NamesOrNull(string name)
    {
        if (Object(name) is not { } names)
        {
            return null;
        }

        var text = new BilingualText(names.TextOrNull("zh") ?? string.Empty, names.TextOrNull("en") ?? string.Empty);
        names.Finish();
        if (!text.IsComplete)
        {
            Error(FindingCodes.NameIncomplete, name, "中文或英文缺失", "A text in both languages is needed");
        }

        return text;
    }

    public decimal? Number(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var number) && Math.Abs(number) <= FactLimits.MaxNumber)
        {
            return number;
        }

        Wrong(name, "数字", "a number");
        return null;
    }

    public int? Whole(string name)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number is >= 0 and <= 1_000_000)
        {
            return (int)number;
        }

        Wrong(name, "不小于零的整数", "a whole number, zero or more");
        return null;
    }

    public bool Flag(string name)
    {
        if (Member(name) is not { } member)
        {
            return false;
        }

        if (member.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return member.GetBoolean();
        }

        Wrong(name, "true 或 false", "true or false");
        return false;
    }

    public PackObject? Object(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Object)
        {
            return new PackObject(member, file, $"{path}.{name}", findings);
        }

        Wrong(name, "对象", "an object");
        return null;
    }

    /// <summary>A list of objects, each read and then checked for members nobody knows.</summary>
    public IReadOnlyList<T> List<T>(string name, Func<PackObject, T> read, bool required = false)
    {
        if (Member(name) is not { } member)
        {
            if (required)
            {
                Missing(name);
            }

            return [];
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "列表", "a list");
            return [];
        }

        if (IsTooLong(member, name))
        {
            return [];
        }

        var items = new List<T>();
        foreach (var element in member.EnumerateArray())
        {
            var at = $"{path}.{name}[{items.Count.ToString(CultureInfo.InvariantCulture)}]";
            if (element.ValueKind != JsonValueKind.Object)
            {
                findings.Error(FindingCodes.MemberWrong, file, at, "此处应为对象", "An object belongs here");
                continue;
            }

            var item = new PackObject(element, file, at, findings);
            items.Add(read(item));
            item.Finish();
        }

        return items;
    }

    /// <summary>A list of objects with keys that are all different.</summary>
    public IReadOnlyList<T> Keyed<T>(string name, Func<PackObject, T> read, Func<T, string> key, bool required = false)
    {
        var items = List(name, read, required);
        foreach (var twice in items.GroupBy(key, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            Error(FindingCodes.KeyTwice, name, $"键“{twice.Key}”重复", $"The key '{twice.Key}' is used twice");
        }

        return items;
    }

    /// <summary>A text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, bool required = false)
    {
        if (Member(name) is not { } member)
        {
            if (required)
            {
                Missing(name);
            }

            return [];
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            return AsText(member, name) is { } single ? [single] : [];
        }

        return IsTooLong(member, name) ? [] : [.. member.EnumerateArray().Select(element => AsText(element, name)).OfType<string>()];
    }

    public IReadOnlyList<string> Clauses() => Texts("clause");

    public Condition? Condition(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (Classification.Condition.TryParse(member, out var condition, out var problems))
        {
            return condition;
        }

        foreach (var problem in problems)
        {
            findings.Error(
                FindingCodes.ConditionInvalid, file, $"{path}.{name}{problem.Path}",
                $"{problem.Message.Zh}（第 {problem.Position + 1} 个字符）",
                $"{problem.Message.En} (character {problem.Position + 1})");
        }

        return null;
    }

    public Condition RequiredCondition(string name)
    {
        if (!Has(name))
        {
            Missing(name);
        }

        return Condition(name) ?? Classification.Condition.Always;
    }

    /// <summary>A text or number, or <c>{"setting": "key"}</c> in its place.</summary>
    public PolicyReading? Reading(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        switch (member.ValueKind)
        {
            case JsonValueKind.String:
                return PolicyReading.Of(AsText(member, name) ?? string.Empty);
            case JsonValueKind.Number:
                return Number(name) is { } number ? PolicyReading.Of(number) : null;
            case JsonValueKind.Object:
                var reading = Object(name)!;
                var setting = reading.Text("setting");
                reading.Finish();
                return new PolicyReading(FactValue.Unknown, setting);
            default:
                Wrong(name, "值或 {\"setting\": …}", "a value or {\"setting\": …}");
                return null;
        }
    }

    /// <summary>One of an enum's words, spelt with a small first letter.</summary>
    public T Word<T>(string name, T? absent = null)
        where T : struct, Enum
    {
        if (TextOrNull(name) is not { } text)
        {
            if (absent is null && !Has(name))
            {
                Missing(name);
            }

            return absent ?? default;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (Spelling(value) == text)
            {
                return value;
            }
        }

        var known = string.Join(", ", Enum.GetValues<T>().Select(value => Spelling(value)));
        Wrong(name, $"以下之一：{known}", $"one of {known}");
        return absent ?? default;
    }

    /// <summary>Reports members that nothing read: a slip of the pen that would otherwise go unnoticed.</summary>
    public void Finish()
    {
        foreach (var member in json.EnumerateObject().Where(member => !_read.Contains(member.Name)))
        {
            findings.Warn(
                FindingCodes.MemberUnknown, file, $"{path}.{member.Name}", $"不认识“{member.Name}”",
                $"'{member.Name}' is not known here");
        }
    }

    public void Error(string code, string name, string zh, string en) => findings.Error(code, file, $"{path}.{name}", zh, en);

    public void Missing(string name) =>
        Error(FindingCodes.MemberMissing, name, $"缺少“{name}”", $"'{name}' is missing");

    public void Wrong(string name, string zh, string en) =>
        Error(FindingCodes.MemberWrong, name, $"“{name}”应为{zh}", $"'{name}' should be {en}");

    private bool IsTooLong(JsonElement list, string name)
    {
        var isTooLong = list.GetArrayLength() > MaxItems;
        if (isTooLong)
        {
            Error(
                FindingCodes.ListTooLong, name, $"“{name}”有 {list.GetArrayLength()} 项，最多 {MaxItems} 项",
                $"'{name}' has {list.GetArrayLength()} entries, at most {MaxItems} are allowed");
        }

        return isTooLong;
    }

    private string? AsText(JsonElement member, string name)
    {
        if (member.ValueKind != JsonValueKind.String)
        {
            Wrong(name, "文本", "a text");
            return null;
        }

        var text = member.GetString()!;
        if (text.Length > FactLimits.MaxText || text.Any(IsUnsafe))
        {
            Error(
                FindingCodes.TextUnsafe, name,
                $"文本过长（上限 {FactLimits.MaxText} 字）或含控制字符",
                $"The text is too long (at most {FactLimits.MaxText} characters) or holds control characters");
            return null;
        }

        return text;
    }

    // Control characters, and the marks that make text read in another order than it is written.
    private static bool IsUnsafe(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF';

    private static string Spelling<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

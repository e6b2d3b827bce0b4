using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>From where a rung's time is counted.</summary>
public enum RungAnchor
{
    Due,
    Start,

    /// <summary>After a share of the budget; for working units a share of the working time.</summary>
    Share,
}

/// <summary>When a rung acts: "due", "due - 4 hours", "due + 24 hours", "start + 2 workingDays", "80 %".</summary>
[JsonConverter(typeof(RungTimeConverter))]
public sealed partial record RungTime
{
    private RungTime(RungAnchor anchor, Duration? offset, bool before, int percent)
    {
        Anchor = anchor;
        Offset = offset;
        Before = before;
        Percent = percent;
    }

    /// <summary>At the due time itself.</summary>
    public static RungTime Due { get; } = new(RungAnchor.Due, null, false, 0);

    public RungAnchor Anchor { get; }

    /// <summary>The distance from the anchor; none for "due" and for a share.</summary>
    public Duration? Offset { get; }

    /// <summary>Whether <see cref="Offset"/> is counted back from the anchor.</summary>
    public bool Before { get; }

    /// <summary>The share, 1 to 100; 0 when the anchor is another.</summary>
    public int Percent { get; }

    /// <exception cref="InvalidTimeRuleException"><c>rung.time-unreadable</c>, or a code of <see cref="Duration.Parse"/>.</exception>
    public static RungTime Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed == "due")
        {
            return Due;
        }

        if (ShareText().Match(trimmed) is { Success: true } share)
        {
            var percent = int.Parse(share.Groups[1].Value, CultureInfo.InvariantCulture);
            return percent is >= 1 and <= 100 ? new(RungAnchor.Share, null, false, percent) : throw Unreadable(trimmed);
        }

        if (OffsetText().Match(trimmed) is { Success: true } match)
        {
            var before = match.Groups[2].Value == "-";
            var anchor = match.Groups[1].Value == "due" ? RungAnchor.Due : RungAnchor.Start;
            return before && anchor == RungAnchor.Start
                ? throw Unreadable(trimmed)
                : new(anchor, Duration.Parse(match.Groups[3].Value), before, 0);
        }

        throw Unreadable(trimmed);
    }

    /// <summary>The same side of the same anchor, at another distance.</summary>
    public RungTime By(Duration offset) => new(Anchor, offset, Before, Percent);

    /// <summary>In words: "到期前 4 小时", "24 hours after it is due".</summary>
    public string ToText(string culture)
    {
        var chinese = BilingualText.IsChinese(culture);
        var offset = Offset?.ToText(culture);
        return (Anchor, Before, chinese) switch
        {
            (RungAnchor.Share, _, true) => $"时限用去 {Percent}% 时",
            (RungAnchor.Share, _, false) => $"when {Percent}% is used",
            (RungAnchor.Start, _, true) when Offset is { Amount: 0 } => "开始时",
            (RungAnchor.Start, _, false) when Offset is { Amount: 0 } => "at the start",
            (RungAnchor.Start, _, true) => $"开始后 {offset}",
            (RungAnchor.Start, _, false) => $"{offset} after the start",
            (RungAnchor.Due, _, true) when offset is null => "到期时",
            (RungAnchor.Due, _, false) when offset is null => "when due",
            (RungAnchor.Due, true, true) => $"到期前 {offset}",
            (RungAnchor.Due, true, false) => $"{offset} before it is due",
            (RungAnchor.Due, false, true) => $"到期后 {offset}",
            (RungAnchor.Due, false, false) => $"{offset} after it is due",
            _ => throw new InvalidOperationException($"Unknown rung anchor {Anchor}."),
        };
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => (Anchor, Offset) switch
    {
        (RungAnchor.Share, _) => $"{Percent} %",
        (_, { } offset) => $"{(Anchor == RungAnchor.Due ? "due" : "start")} {(Before ? '-' : '+')} {offset}",
        _ => "due",
    };

    private static InvalidTimeRuleException Unreadable(string text)
    {
        var shown = text.Length <= 40 ? text : text[..40] + "…";
        return new("rung.time-unreadable",
            $"\"{shown}\" is not a rung time; write \"due\", \"due - 4 hours\", \"due + 1 days\", \"start + 30 minutes\" or \"80 %\" (1 to 100).",
            shown);
    }

    [GeneratedRegex(@"^(\d{1,3}) ?%$", RegexOptions.CultureInvariant)]
    private static partial Regex ShareText();

    [GeneratedRegex(@"^(due|start) ?([+-]) ?(\S.{0,60})$", RegexOptions.CultureInvariant)]
    private static partial Regex OffsetText();

    private sealed class RungTimeConverter : JsonConverter<RungTime>
    {
        public override RungTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, RungTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>What placeholders of a template may name.</summary>
public static class TemplateNames
{
    private static readonly string[] NoTexts = [FactNames.TaskOutcome, "attachments"];

    /// <summary>Beside the facts and what is known of clocks.</summary>
    public static IReadOnlyList<string> OfEveryCase { get; } = ["number", "complainant", "text", "process", "today", "why"];

    /// <summary>What is known of a clock: <c>clock.key.dueAt</c>; of the clock a message speaks of, <c>clock.dueAt</c>.</summary>
    public static IReadOnlyList<string> OfClocks { get; } = ["name", "dueAt", "explanation"];

    /// <summary>Every name that stands for something in a reply of this process.</summary>
    /// <param name="pack">Null for a template of all processes, where only facts of every case have names.</param>
    public static IReadOnlySet<string> InReplies(ProcessPack? pack)
    {
        var facts = (pack?.Facts.All ?? BuiltInFacts.All).Select(f => f.Key).Except(NoTexts);
        var clocks = pack?.Clocks ?? [];
        return new HashSet<string>([.. OfEveryCase, .. facts, .. clocks.SelectMany(c => OfClocks.Select(m => $"clock.{c}.{m}"))], StringComparer.Ordinal);
    }

    /// <summary>Every name that stands for something in a template of the process itself: in a receipt the tracking code too. <c>level.name</c> is the same as <c>level</c>.</summary>
    public static IReadOnlySet<string> InPack(ProcessPack pack) =>
        new HashSet<string>([.. InReplies(pack), .. pack.Facts.All.Select(f => $"{f.Key}.name"), "trackingCode", .. OfClocks.Select(m => $"clock.{m}")], StringComparer.Ordinal);
}

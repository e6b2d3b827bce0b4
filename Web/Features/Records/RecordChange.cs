using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Records;

/// <summary>Reads what was typed and makes the pack it leads to.</summary>
/// <param name="Files">The pack with the change; null where it cannot be made.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed partial record RecordChange(IReadOnlyDictionary<string, string>? Files, IReadOnlyDictionary<string, string> Errors)
{
    private const int LongestName = 60;
    private const int LongestKey = 60;
    private const int MostAmount = 100;

    /// <summary>Units a time of keeping may be in.</summary>
    public static readonly IReadOnlyList<string> Units = ["days", "weeks", "months", "years"];

    public static RecordChange Read(RecordEdit edit, ProcessPack pack, IStringLocalizer<RecordsText> text)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var (file, changed) = edit.Act switch
        {
            RecordEdit.Add or RecordEdit.Rename or RecordEdit.Move or RecordEdit.Retire or RecordEdit.Restore => (PackEdits.Categories, Category(edit, pack, errors, text)),
            RecordEdit.Number => (PackEdits.Records, Numbering(edit, pack, errors, text)),
            RecordEdit.Keep => (PackEdits.Records, Keeping(edit, pack, errors, text)),
            RecordEdit.Pause => (PackEdits.Limits, Pausing(edit, pack, errors, text)),
            _ => ("", null),
        };
        if (changed is null && errors.Count == 0)
        {
            errors["Node"] = text["NotThere"];
        }

        if (changed is null || errors.Count > 0)
        {
            return new RecordChange(null, errors);
        }

        var files = pack.Files.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        if (files.GetValueOrDefault(file) == changed)
        {
            errors["Node"] = text["NothingChanged"];
        }

        files[file] = changed;
        return new RecordChange(files, errors);
    }

    private static string? Category(RecordEdit edit, ProcessPack pack, Dictionary<string, string> errors, IStringLocalizer<RecordsText> text)
    {
        if (!pack.Files.TryGetValue(PackEdits.Categories, out var file) || edit.Tree is not { Length: > 0 } tree)
        {
            return null;
        }

        var parent = string.IsNullOrEmpty(edit.Parent) ? null : edit.Parent;
        var node = edit.Node ?? "";
        switch (edit.Act)
        {
            case RecordEdit.Add:
                return Names(edit, errors, text) is var (zh, en)
                    ? PackEdits.AddCategory(file, tree, parent, KeyOf(en, key => pack.Categories.All.SelectMany(t => Keys(t.Nodes)).Contains(key)), zh, en)
                    : null;
            case RecordEdit.Rename:
                return Names(edit, errors, text) is var (newZh, newEn) ? PackEdits.RenameCategory(file, tree, node, newZh, newEn) : null;
            case RecordEdit.Move:
                return PackEdits.MoveCategory(file, tree, node, parent);
            default:
                return PackEdits.RetireCategory(file, tree, node, edit.Act == RecordEdit.Retire);
        }
    }

    private static IEnumerable<string> Keys(IEnumerable<Domain.Classification.CategoryNode> nodes) => nodes.SelectMany(n => Keys(n.Children).Prepend(n.Key));

    private static string? Numbering(RecordEdit edit, ProcessPack pack, Dictionary<string, string> errors, IStringLocalizer<RecordsText> text)
    {
        var pattern = edit.Pattern?.Trim() ?? "";
        if (!Enum.TryParse<NumberCycle>(edit.Cycle, ignoreCase: true, out var cycle) || !Enum.IsDefined(cycle))
        {
            errors["Cycle"] = text["ChooseOne"];
        }

        if (!Enum.TryParse<WhenNumbersFull>(edit.WhenFull, ignoreCase: true, out var full) || !Enum.IsDefined(full))
        {
            errors["WhenFull"] = text["ChooseOne"];
        }

        if (errors.Count == 0)
        {
            try
            {
                _ = new NumberScheme(pattern, cycle, full, pack.Identity.Zone);
            }
            catch (RuleViolationException)
            {
                errors["Pattern"] = text["PatternWrong"];
            }
        }

        return errors.Count > 0 || !pack.Files.TryGetValue(PackEdits.Records, out var file) ? null : PackEdits.Number(file, pattern, cycle, full);
    }

    private static string? Keeping(RecordEdit edit, ProcessPack pack, Dictionary<string, string> errors, IStringLocalizer<RecordsText> text)
    {
        if (!int.TryParse(edit.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > MostAmount)
        {
            errors["Amount"] = text["AmountWrong", MostAmount];
        }

        if (!Units.Contains(edit.Unit))
        {
            errors["Unit"] = text["ChooseOne"];
        }

        if (pack.Facts.Find(edit.From ?? "") is not { IsMoment: true })
        {
            errors["From"] = text["ChooseOne"];
        }

        return errors.Count > 0 || edit.Node is not { Length: > 0 and <= LongestKey } what || !pack.Files.TryGetValue(PackEdits.Records, out var file)
            || (what != StoredRecords.Case && pack.Records.Retention.All(r => r.What != what))
            ? null
            : PackEdits.Keep(file, what, edit.From!, amount, edit.Unit!);
    }

    private static string? Pausing(RecordEdit edit, ProcessPack pack, Dictionary<string, string> errors, IStringLocalizer<RecordsText> text)
    {
        if (Names(edit, errors, text) is not var (zh, en) || !pack.Files.TryGetValue(PackEdits.Limits, out var file))
        {
            return null;
        }

        return edit.Node is { Length: > 0 } known
            ? pack.PauseReasons.Any(r => r.Key == known) ? PackEdits.PauseReason(file, known, zh, en) : null
            : PackEdits.PauseReason(file, KeyOf(en, key => pack.PauseReasons.Any(r => r.Key == key)), zh, en);
    }

    private static (string Zh, string En)? Names(RecordEdit edit, Dictionary<string, string> errors, IStringLocalizer<RecordsText> text)
    {
        var (zh, en) = (edit.NameZh?.Trim() ?? "", edit.NameEn?.Trim() ?? "");
        foreach (var (field, name) in new[] { ("NameZh", zh), ("NameEn", en) })
        {
            if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            {
                errors[field] = text["NameWrong", LongestName];
            }
        }

        return errors.Count > 0 ? null : (zh, en);
    }

    // a key people can recognise in an export; two that would be alike are told apart by a number
    private static string KeyOf(string name, Func<string, bool> isTaken)
    {
        var plain = NotInKeys().Replace(name.ToLowerInvariant(), "-").Trim('-');
        var start = plain.Length is > 0 and <= 40 ? plain : "c" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? start : $"{start}-{n}").First(key => !isTaken(key));
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInKeys();
}

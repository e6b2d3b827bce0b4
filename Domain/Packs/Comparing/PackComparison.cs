using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>
/// Compares two versions of a process part by part. Parts are matched by key, shapes by id, connections by their ends and port; what is only
/// drawn differently is no change. Nothing that can change a case is left out: a member without words of its own is told as it is written.
/// </summary>
public static class PackComparison
{
    /// <summary>More parts that differ than this are not told one by one.</summary>
    public const int MaxChanges = 1_000;

    // lists whose order decides something
    private static readonly string[] Ordered = ["limits", "levels"];

    /// <summary>What differs, in the order of <see cref="Outline"/>; at most <see cref="MaxChanges"/>.</summary>
    /// <param name="before">The earlier version and its words.</param>
    /// <param name="after">The later version and its words.</param>
    public static IReadOnlyList<PackChange> Between(PackWording before, PackWording after)
    {
        var (old, now) = (Parts(before), Parts(after));
        var changes = new List<PackChange>();
        foreach (var place in now.Keys.Union(old.Keys))
        {
            if (Change(old.GetValueOrDefault(place), now.GetValueOrDefault(place), before, after) is { } change)
            {
                changes.Add(change);
            }
        }

        changes.AddRange(Reordered(old.Values, now.Values));
        return [.. changes.OrderBy(change => PackParts.Rank(change.Place.File)).ThenBy(change => change.Place.File, StringComparer.Ordinal).Take(MaxChanges)];
    }

    /// <summary>Everything a version says, part by part.</summary>
    public static IReadOnlyList<PackPart> Outline(PackWording wording) =>
        [.. Parts(wording).Values.Select(part => new PackPart(part.Place, part.Path, part.Name, JsonDifference.Outline(part.Place.File, part.Json, wording)))];

    private static OrderedDictionary<PartPlace, Part> Parts(PackWording wording)
    {
        var parts = new OrderedDictionary<PartPlace, Part>();
        foreach (var part in PackParts.Of(wording))
        {
            parts.TryAdd(part.Place, part);
        }

        return parts;
    }

    private static PackChange? Change(Part? earlier, Part? later, PackWording before, PackWording after)
    {
        var part = later ?? earlier!;
        var file = part.Place.File;
        if (earlier is null || later is null)
        {
            var said = JsonDifference.Outline(file, part.Json, later is null ? before : after);
            return new PackChange(
                part.Place, later is null ? ChangeSign.Removed : ChangeSign.Added, part.Name,
                [.. said.Select(one => later is null ? new MemberChange(one.Name, one.Value, null) : new MemberChange(one.Name, null, one.Value))]);
        }

        if (JsonElement.DeepEquals(earlier.Json, later.Json))
        {
            return null;
        }

        // scenarios are tests of the process, not the process: that they differ is enough
        var members = file.StartsWith("scenarios/", StringComparison.Ordinal) ? [] : new JsonDifference(file, before, after).Between(earlier.Json, later.Json);
        return new PackChange(part.Place, ChangeSign.Changed, later.Name, members);
    }

    private static IEnumerable<PackChange> Reordered(IEnumerable<Part> old, IEnumerable<Part> now)
    {
        var (first, second) = (old.ToLookup(part => (part.Place.File, part.Place.List)), now.ToLookup(part => (part.Place.File, part.Place.List)));
        foreach (var list in second.Where(list => Ordered.Contains(list.Key.List)))
        {
            var (was, becomes) = (first[list.Key].ToList(), list.ToList());
            var (before, after) = (was.IntersectBy(becomes.Select(part => part.Place), part => part.Place).ToList(), becomes.IntersectBy(was.Select(part => part.Place), part => part.Place).ToList());
            if (!before.Select(part => part.Place).SequenceEqual(after.Select(part => part.Place)))
            {
                yield return new PackChange(
                    new PartPlace(list.Key.File, list.Key.List, ""), ChangeSign.Changed, PartWords.File(list.Key.File),
                    [new MemberChange(new("次序", "order"), Names(before), Names(after))]);
            }
        }
    }

    private static BilingualText Names(List<Part> parts) =>
        new(string.Join("、", parts.Select(part => part.Name.Zh)), string.Join(", ", parts.Select(part => part.Name.En)));
}

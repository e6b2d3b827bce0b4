using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Finds what differs between two states of a part and says it in words, each side with the names of its own version.</summary>
internal sealed class JsonDifference(string file, PackWording before, PackWording after)
{
    private readonly ValueWords _before = new(before);
    private readonly ValueWords _after = new(after);

    /// <summary>Everything that differs; nothing when both say the same.</summary>
    public IReadOnlyList<MemberChange> Between(JsonElement earlier, JsonElement later)
    {
        var changes = new List<MemberChange>();
        Members(earlier, later, null, changes);
        return changes;
    }

    /// <summary>Everything a part says, member by member.</summary>
    public static IReadOnlyList<PartMember> Outline(string file, JsonElement part, PackWording wording)
    {
        var words = new ValueWords(wording);
        return [.. MembersOf(part).Where(member => member.Name is not ("key" or "id" or "name"))
            .Select(member => new PartMember(PartWords.Member(member.Name), words.Of(file, member.Name, member.Value)))];
    }

    private void Members(JsonElement earlier, JsonElement later, BilingualText? path, List<MemberChange> changes)
    {
        var (old, now) = (MembersOf(earlier).ToDictionary(StringComparer.Ordinal), MembersOf(later).ToDictionary(StringComparer.Ordinal));
        foreach (var name in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            Member(name, old.TryGetValue(name, out var was) ? was : null, now.TryGetValue(name, out var becomes) ? becomes : null, path, changes);
        }
    }

    private void Member(string name, JsonElement? earlier, JsonElement? later, BilingualText? path, List<MemberChange> changes)
    {
        var label = Join(path, PartWords.Member(name));
        if (earlier is not { } was || later is not { } becomes)
        {
            changes.Add(new MemberChange(label, earlier is { } lost ? _before.Of(file, name, lost) : null, later is { } won ? _after.Of(file, name, won) : null));
        }
        else if (JsonElement.DeepEquals(was, becomes))
        {
            return;
        }
        else if (IsList(was) && IsList(becomes))
        {
            List(name, was, becomes, label, changes);
        }
        else if (was.ValueKind == JsonValueKind.Object && becomes.ValueKind == JsonValueKind.Object && HasMembers(was) && HasMembers(becomes) && !IsOneValue(name))
        {
            Members(was, becomes, label, changes);
        }
        else
        {
            changes.Add(new MemberChange(label, _before.Of(file, name, was), _after.Of(file, name, becomes)));
        }
    }

    private void List(string name, JsonElement earlier, JsonElement later, BilingualText label, List<MemberChange> changes)
    {
        var (old, now) = (Keyed(earlier), Keyed(later));
        if (old is not null && now is not null)
        {
            foreach (var key in old.Keys.Union(now.Keys, StringComparer.Ordinal))
            {
                Element(name, key, old.TryGetValue(key, out var was) ? was : null, now.TryGetValue(key, out var becomes) ? becomes : null, label, changes);
            }

            var (first, second) = (old.Keys.Intersect(now.Keys, StringComparer.Ordinal).ToList(), now.Keys.Intersect(old.Keys, StringComparer.Ordinal).ToList());
            if (!first.SequenceEqual(second, StringComparer.Ordinal))
            {
                changes.Add(new MemberChange(Join(label, new("次序", "order")), Names(first, old, before), Names(second, now, after)));
            }

            return;
        }

        // elements without a key: those that are the same on both sides are left out, the others are told in turn
        var (left, right) = (Without(earlier, later), Without(later, earlier));
        if (left.Count == 0 && right.Count == 0)
        {
            changes.Add(new MemberChange(Join(label, new("次序", "order")), _before.Of(file, name, earlier), _after.Of(file, name, later)));
        }

        for (var index = 0; index < Math.Max(left.Count, right.Count); index++)
        {
            changes.Add(new MemberChange(
                label, index < left.Count ? _before.Of(file, name, left[index]) : null, index < right.Count ? _after.Of(file, name, right[index]) : null));
        }
    }

    // the elements of a list that another has not, each as often as the other lacks it
    private static List<JsonElement> Without(JsonElement list, JsonElement other)
    {
        var there = other.EnumerateArray().CountBy(element => JsonSerializer.Serialize(element), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. list.EnumerateArray().Where(element =>
        {
            var text = JsonSerializer.Serialize(element);
            var left = there.GetValueOrDefault(text);
            there[text] = left - 1;
            return left <= 0;
        })];
    }

    private void Element(string list, string key, JsonElement? earlier, JsonElement? later, BilingualText label, List<MemberChange> changes)
    {
        if (earlier is { } was && later is { } becomes)
        {
            var name = PackParts.NameOf(becomes, key, after);
            Members(was, becomes, Join(label, new($"“{name.Zh}”", $"“{name.En}”")), changes);
            return;
        }

        changes.Add(new MemberChange(label, earlier is { } lost ? _before.Of(file, list, lost) : null, later is { } won ? _after.Of(file, list, won) : null));
    }

    private static BilingualText Names(List<string> keys, Dictionary<string, JsonElement> elements, PackWording wording)
    {
        var names = keys.ConvertAll(key => PackParts.NameOf(elements[key], key, wording));
        return new BilingualText(string.Join("、", names.Select(name => name.Zh)), string.Join(", ", names.Select(name => name.En)));
    }

    // amount and unit are one thing to people
    private static IEnumerable<KeyValuePair<string, JsonElement>> Pairs(JsonElement part)
    {
        var length = part.TryGetProperty("unit", out var unit) && IsUnit(unit);
        foreach (var member in part.EnumerateObject())
        {
            if (!length || member.Name is not ("amount" or "unit"))
            {
                yield return KeyValuePair.Create(member.Name, member.Value);
            }
            else if (member.Name == "unit")
            {
                var both = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["unit"] = unit };
                if (part.TryGetProperty("amount", out var amount))
                {
                    both["amount"] = amount;
                }

                yield return KeyValuePair.Create("amount", JsonSerializer.SerializeToElement(both));
            }
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> MembersOf(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object ? Pairs(part).Select(pair => (pair.Key, pair.Value)) : [];

    private static bool IsUnit(JsonElement unit) => PackParts.Text(unit, "setting") is not null
        || (unit.ValueKind == JsonValueKind.String && LimitDefinition.UnitOf(FactValue.Of(unit.GetString()!)) is not null);

    private static bool IsList(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(element => element.ValueKind == JsonValueKind.Object);

    // texts in two languages, settings and lengths are said as one
    private static bool HasMembers(JsonElement json) =>
        PackParts.Bilingual(json) is null && PackParts.Text(json, "setting") is null && !(json.TryGetProperty("unit", out var unit) && IsUnit(unit));

    private static bool IsOneValue(string member) =>
        member is "when" or "if" or "then" or "otherwise" or "needs" or "visible" or "required" or "failWhen" or "condition" or "count" or "base" or "where" or "facts";

    private static Dictionary<string, JsonElement>? Keyed(JsonElement list)
    {
        var keyed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return list.EnumerateArray().All(element => PackParts.Identity(element) is { } key && keyed.TryAdd(key, element)) ? keyed : null;
    }

    private static BilingualText Join(BilingualText? path, BilingualText name) =>
        path is null ? name : new BilingualText($"{path.Zh} · {name.Zh}", $"{path.En} · {name.En}");
}

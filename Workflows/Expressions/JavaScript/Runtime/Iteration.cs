namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>What <c>for-of</c>, spread and destructuring go through: arrays and strings.</summary>
internal static class Iteration
{
    /// <summary>The items one by one; an array that grows or shrinks meanwhile is followed, as in JavaScript.</summary>
    public static IEnumerable<object?> Over(object? value, string describedAs)
    {
        switch (value)
        {
            case List<object?> items:
                return OverItems(items);
            case string text:
                return OverCodePoints(text);
            default:
                throw new ScriptException(ScriptErrorKind.TypeError, $"{describedAs} is not iterable");
        }
    }

    /// <summary>Adds the items of a spread.</summary>
    public static void AppendTo(Run run, List<object?> items, object? value, string describedAs)
    {
        foreach (var item in Over(value, describedAs))
        {
            run.Step();
            Properties.Append(run, items, item);
        }
    }

    /// <summary>The names <c>for-in</c> and <c>Object.keys</c> give.</summary>
    public static IReadOnlyList<string> Names(Run run, object? value)
    {
        var count = value switch
        {
            ScriptObject properties => properties.Count,
            List<object?> items => items.Count,
            string text => text.Length,
            _ => 0,
        };
        run.AllocateItems(count);
        return value is ScriptObject named
            ? named.Names
            : [.. Enumerable.Range(0, count).Select(index => NumberText.Format(index))];
    }

    private static IEnumerable<object?> OverItems(List<object?> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            yield return items[i];
        }
    }

    private static IEnumerable<object?> OverCodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                yield return text.Substring(i, 2);
                i++;
            }
            else
            {
                yield return OneCharacter.Of(text[i]);
            }
        }
    }
}

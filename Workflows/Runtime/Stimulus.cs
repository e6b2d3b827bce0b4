namespace CaseManagement.Workflows.Runtime;

/// <summary>Something that happened, named after the fact: <c>TaskCompleted</c> and the task's id.</summary>
/// <param name="Name">What happened.</param>
/// <param name="Key">To whom or what; compared by ordinal.</param>
public sealed record Stimulus(string Name, string Key)
{
    /// <summary>Only this instance; its bookmarks match whether indexed or not, and nothing is started.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Only instances with this correlation id; instances started by the stimulus get it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What the resumed activities receive: null, boolean, number, text, list or dictionary.</summary>
    public object? Input { get; init; }

    /// <summary>
    /// Found nobody: keep it for a bookmark that appears later. Only a stimulus addressed to an instance or a correlation id is
    /// kept; one addressed to nobody must not reach an instance started after it (Elsa 3.8 does deliver it).
    /// </summary>
    public bool KeepIfUnmatched { get; init; }
}

/// <summary>The hash under which stimuli are indexed.</summary>
public static class StimulusHash
{
    /// <summary>64-bit FNV-1a over the UTF-16 units of name, a zero and key: stable across processes and versions.</summary>
    public static long Of(string name, string key)
    {
        var hash = Add(14695981039346656037UL, name);
        hash = unchecked(hash * 1099511628211UL);
        return unchecked((long)Add(hash, key));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash;
    }
}

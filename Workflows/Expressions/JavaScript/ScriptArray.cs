namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>An array made by a script. A plain <c>List&lt;object?&gt;</c> from the host serves as well.</summary>
public sealed class ScriptArray : List<object?>
{
    public ScriptArray()
    {
    }

    public ScriptArray(int capacity)
        : base(capacity)
    {
    }

    public ScriptArray(IEnumerable<object?> items)
        : base(items)
    {
    }

    /// <summary>Set by the host or by <c>Object.freeze</c>: no script can change it any more, the host still can.</summary>
    public bool IsFrozen { get; set; }
}

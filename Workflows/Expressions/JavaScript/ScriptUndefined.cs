namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>JavaScript's <c>undefined</c>; <c>null</c> is the CLR null.</summary>
public sealed class ScriptUndefined
{
    public static readonly ScriptUndefined Value = new();

    private ScriptUndefined()
    {
    }

    public override string ToString() => "undefined";
}

using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>The few methods objects and booleans have besides their own properties.</summary>
internal static class ObjectMethods
{
    private static readonly MethodTable<object> Methods = new("Object")
    {
        ["hasOwnProperty"] = (run, self, a) => Coercion.Box(HasOwn(run, self, a.At(0))),
        ["toString"] = (_, self, _) => self is ScriptError ? self.ToString() : "[object Object]",
        ["toLocaleString"] = (_, _, _) => "[object Object]",
        ["valueOf"] = (_, self, _) => self,
    };

    private static readonly MethodTable<bool> BooleanMethods = new("Boolean")
    {
        ["toString"] = (_, self, _) => self ? "true" : "false",
        ["valueOf"] = (_, self, _) => Coercion.Box(self),
    };

    public static object? Find(string name) => Methods.Find(name);

    public static object? FindForBoolean(string name) => BooleanMethods.Find(name);

    public static bool HasOwn(Run run, object self, object? name) => self switch
    {
        ScriptObject or List<object?> => Properties.Has(run, self, name),
        string text => Coercion.ToName(run, name) is var key
            && (key == "length" || (ScriptObject.IsIndex(key, out var index) && index < text.Length)),
        _ => false,
    };
}

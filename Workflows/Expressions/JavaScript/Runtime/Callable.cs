namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>A function of the script or of the library.</summary>
internal abstract class Callable
{
    public abstract string Name { get; }

    /// <summary>Number of parameters before the first with a default.</summary>
    public abstract int Length { get; }

    // self: what stood before the dot; undefined where nothing did.
    public abstract object? Call(Run run, object? self, object?[] arguments);

    /// <summary>The function as the host sees it; it goes on with the budget of the run that made it.</summary>
    public ScriptFunction ForHost(Run run) =>
        arguments =>
        {
            var own = new object?[arguments.Count];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = HostValues.Take(arguments[i]);
            }

            return HostValues.Give(run, Call(run, ScriptUndefined.Value, own));
        };
}

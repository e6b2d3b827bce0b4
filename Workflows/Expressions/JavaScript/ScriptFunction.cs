namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>A function given to scripts by the host. Missing arguments are simply not in the list.</summary>
/// <returns>A value as described at <see cref="Script"/>; <see cref="ScriptUndefined.Value"/> for none.</returns>
public delegate object? ScriptFunction(IReadOnlyList<object?> arguments);

using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Runtime;

/// <summary>The names scripts of one burst see. One scope is reused for all: scripts do not run inside each other.</summary>
internal sealed class ScriptScopes(Burst burst) : IScriptScope
{
    private readonly Dictionary<string, ScriptFunction?> _functions = new(StringComparer.Ordinal);
    private WorkflowInstance _instance = null!;
    private ActivityExecution _execution = null!;
    private ScriptObject? _variables;
    private long _steps;

    /// <summary>Outcomes a script asked for; null where it did not.</summary>
    public IReadOnlyList<string>? Outcomes { get; private set; }

    /// <exception cref="BurstLimitException">The scripts of this burst have taken more steps than they may together.</exception>
    public IScriptScope For(WorkflowInstance instance, ActivityExecution execution)
    {
        if (_steps > burst.Limits.MaxScriptStepsPerBurst)
        {
            throw new BurstLimitException($"The scripts of one burst took more than {burst.Limits.MaxScriptStepsPerBurst} steps together.");
        }

        _instance = instance;
        _execution = execution;
        _variables = null;
        Outcomes = null;
        return this;
    }

    /// <summary>Takes over what a script assigned to members of <c>variables</c>.</summary>
    public void StoreVariables()
    {
        if (_variables is not { } after)
        {
            return;
        }

        foreach (var (name, before) in VariableScope.All(_execution).ToList())
        {
            var value = after.Contains(name) ? ScriptValues.FromScript(after[name]) : before;
            if (WorkflowValues.ToJson(value) != WorkflowValues.ToJson(before))
            {
                VariableScope.TrySet(_execution, null, name, value);
            }
        }
    }

    public bool TryGet(string name, out object? value)
    {
        if (name == "variables")
        {
            value = _variables ??= AllVariables();
            return true;
        }

        if (!_functions.TryGetValue(name, out var function))
        {
            _functions[name] = function = Find(name);
        }

        function ??= Accessor(name);
        value = function;
        return function is not null;
    }

    public bool TrySet(string name, object? value) => false;

    /// <summary>The burst's moment: the same for every script of it.</summary>
    public DateTimeOffset? Now => burst.Now;

    public void Spent(int steps) => _steps += steps;

    private ScriptFunction? Find(string name) => name switch
    {
        "getVariable" => a => Variable(Text(a, 0)),
        "setVariable" => a => SetVariable(Text(a, 0), a.Count > 1 ? a[1] : null),
        "getInput" => a => ScriptValues.ToScript(InputScope.Get(_instance, _execution, Text(a, 0))),
        "getOutputFrom" => a => OutputFrom(Text(a, 0), a.Count > 1 ? Text(a, 1) : null),
        "getLastResult" => _ => LastResult(),
        "getCorrelationId" => _ => _instance.CorrelationId,
        "setCorrelationId" => a => Do(() => _instance.CorrelationId = Text(a, 0) is { Length: > 0 } id ? id : null),
        "getWorkflowInstanceId" => _ => _instance.Id.ToString(),
        "getWorkflowInstanceName" => _ => _instance.Name,
        "setWorkflowInstanceName" => a => Do(() => _instance.Name = Text(a, 0)),
        "getWorkflowDefinitionId" => _ => _instance.Plan.DefinitionId,
        "getWorkflowDefinitionVersionId" => _ => _instance.Plan.VersionId,
        "getWorkflowDefinitionVersion" => _ => (double)_instance.Plan.Version,
        "setOutcome" => a => Do(() => Outcomes = [Text(a, 0)]),
        "setOutcomes" => a => Do(() => Outcomes = ValueConversion.ToTexts(ScriptValues.FromScript(a.Count > 0 ? a[0] : null))),
        "isNullOrEmpty" => a => string.IsNullOrEmpty(TextOrNull(a, 0)),
        "isNullOrWhiteSpace" => a => string.IsNullOrWhiteSpace(TextOrNull(a, 0)),
        "toJson" => a => WorkflowValues.ToJson(ScriptValues.FromScript(a.Count > 0 ? a[0] : null)),
        "parseGuid" => a => Guid.TryParse(Text(a, 0), out var id) ? id.ToString() : throw new ValueConversionException($"“{Text(a, 0)}” is no id."),
        "getShortGuid" => _ => Convert.ToBase64String(Guid.CreateVersion7(burst.Now).ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        "stringToBase64" => a => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text(a, 0))),
        "stringFromBase64" => a => TextFromBase64(Text(a, 0)),
        "getGuid" or "getGuidString" => _ => Guid.CreateVersion7(burst.Now).ToString(),
        _ => null,
    };

    // getX and setX exist for every variable in sight, getX also for inputs: Elsa 3.8 generates them per definition.
    private ScriptFunction? Accessor(string name)
    {
        if (name.Length < 4)
        {
            return null;
        }

        var target = name[3..];
        if (name.StartsWith("get", StringComparison.Ordinal))
        {
            return VariableName(target) is { } variable ? _ => Variable(variable)
                : InputScope.Names(_instance, _execution).FirstOrDefault(i => Same(i, target)) is { } input
                    ? _ => ScriptValues.ToScript(InputScope.Get(_instance, _execution, input))
                    : null;
        }

        return name.StartsWith("set", StringComparison.Ordinal) && VariableName(target) is { } settable
            ? a => SetVariable(settable, a.Count > 0 ? a[0] : null)
            : null;
    }

    private string? VariableName(string target)
    {
        foreach (var (name, _) in VariableScope.All(_execution))
        {
            if (Same(name, target))
            {
                return name;
            }
        }

        return null;
    }

    // Elsa 3.8 writes the accessor in Pascal case whatever the variable's case.
    private static bool Same(string name, string target) =>
        name.Length == target.Length && name.AsSpan(1).SequenceEqual(target.AsSpan(1))
        && (name[0] == target[0] || char.ToUpperInvariant(name[0]) == target[0]);

    private object? Variable(string name) =>
        VariableScope.TryGet(_execution, null, name, out var value) ? ScriptValues.ToScript(value) : null;

    private ScriptUndefined SetVariable(string name, object? value)
    {
        VariableScope.TrySet(_execution, null, name, ScriptValues.FromScript(value));
        if (_variables is not null)
        {
            _variables[name] = value;
        }

        return ScriptUndefined.Value;
    }

    private object? OutputFrom(string activityId, string? output)
    {
        if (_instance.ActivityOutputs?.GetValueOrDefault(activityId) is not Dictionary<string, object?> outputs)
        {
            return null;
        }

        return ScriptValues.ToScript(output is null ? outputs.Values.FirstOrDefault() : outputs.GetValueOrDefault(output));
    }

    private object? LastResult() =>
        _instance.ActivityOutputs?.Values.LastOrDefault() is Dictionary<string, object?> outputs
            ? ScriptValues.ToScript(outputs.GetValueOrDefault("Result"))
            : null;

    private ScriptObject AllVariables()
    {
        var all = new ScriptObject();
        foreach (var (name, value) in VariableScope.All(_execution))
        {
            if (!all.Contains(name))
            {
                all[name] = ScriptValues.ToScript(value);
            }
        }

        return all;
    }

    private static string TextFromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw new ValueConversionException("The text is no Base64.");
    }

    private static ScriptUndefined Do(Action action)
    {
        action();
        return ScriptUndefined.Value;
    }

    private static string Text(IReadOnlyList<object?> arguments, int index) => TextOrNull(arguments, index) ?? "";

    private static string? TextOrNull(IReadOnlyList<object?> arguments, int index) =>
        index < arguments.Count ? ValueConversion.ToText(ScriptValues.FromScript(arguments[index])) : null;
}

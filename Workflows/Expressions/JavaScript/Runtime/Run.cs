using System.Runtime.CompilerServices;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>One evaluation: its budget as far as it is used, and what the walk hands around.</summary>
internal sealed class Run(IScriptScope scope, ScriptBudget budget)
{
    private int _stepsLeft = budget.MaxSteps;
    private long _bytesLeft = budget.MaxAllocatedBytes;

    /// <summary>Steps taken so far.</summary>
    public int StepsTaken => Budget.MaxSteps - Math.Max(0, _stepsLeft);

    public IScriptScope Scope { get; } = scope;

    public ScriptBudget Budget { get; } = budget;

    /// <summary>Calls now inside one another; a <c>catch</c> puts it back.</summary>
    public int Depth { get; set; }

    /// <summary>What the last <c>return</c> carried.</summary>
    public object? Returned { get; set; } = ScriptUndefined.Value;

    /// <summary>Value of the last expression statement outside functions.</summary>
    public object? Completed { get; set; } = ScriptUndefined.Value;

    /// <summary>Where the last thing that may fail began.</summary>
    public int Offset { get; set; }

    public void Step()
    {
        if (--_stepsLeft < 0)
        {
            throw Exceeded(nameof(ScriptBudget.MaxSteps), $"The script took more than {Budget.MaxSteps} steps");
        }
    }

    /// <summary>Takes steps for work a library function does in one go.</summary>
    public void Steps(long count)
    {
        if (count > _stepsLeft)
        {
            _stepsLeft = 0;
            throw Exceeded(nameof(ScriptBudget.MaxSteps), $"The script took more than {Budget.MaxSteps} steps");
        }

        _stepsLeft -= (int)count;
    }

    /// <summary>Takes steps for reading through a text.</summary>
    public void Scan(string text) => Steps(text.Length >> 8);

    /// <summary>Takes steps for looking for one text in another, which at worst compares each with each.</summary>
    public void Scan(string text, string sought) =>
        Steps((text.Length >> 8) + (((long)text.Length * sought.Length) >> 16));

    public void Allocate(long bytes)
    {
        _bytesLeft -= bytes;
        if (_bytesLeft < 0)
        {
            throw Exceeded(
                nameof(ScriptBudget.MaxAllocatedBytes), $"The script used more than {Budget.MaxAllocatedBytes} bytes");
        }
    }

    /// <summary>Refuses a string longer than the budget allows.</summary>
    public void RequireText(double length)
    {
        if (length > Budget.MaxStringLength)
        {
            throw Exceeded(
                nameof(ScriptBudget.MaxStringLength),
                $"The script made a string longer than {Budget.MaxStringLength} characters");
        }
    }

    /// <summary>Asks for a string of a length before it is made.</summary>
    public void AllocateText(double length)
    {
        RequireText(length);
        Allocate(24 + (2 * (long)length));
        Steps((long)length >> 8);
    }

    /// <summary>Asks for room for so many items before they are made.</summary>
    public void AllocateItems(double count)
    {
        RequireItems(count);
        Allocate(56 + (16 * (long)count));
        Steps((long)count);
    }

    /// <summary>Refuses an array or object of more items than the budget allows.</summary>
    public void RequireItems(double count)
    {
        if (count > Budget.MaxItems)
        {
            throw Exceeded(
                nameof(ScriptBudget.MaxItems),
                $"The script made an array or object of more than {Budget.MaxItems} items");
        }
    }

    public void EnterCall()
    {
        if (++Depth > Budget.MaxCallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Exceeded(
                nameof(ScriptBudget.MaxCallDepth),
                $"The script has more than {Budget.MaxCallDepth} calls inside one another");
        }

        Step();
    }

    public void LeaveCall() => Depth--;

    public static ScriptException Fail(ScriptErrorKind kind, string message, int offset) => new(kind, message) { Offset = offset };

    private static ScriptBudgetException Exceeded(string limit, string message) => new(limit, message);
}

using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>What an activity sees and may do while it runs. Valid only during the call it was handed to.</summary>
public readonly struct ActivityContext
{
    private const int MaxJournalText = 4000;
    private const int MaxOutgoingName = 500;

    internal ActivityContext(Burst burst, WorkflowInstance instance, ActivityExecution execution)
    {
        Burst = burst;
        Instance = instance;
        Execution = execution;
    }

    public Burst Burst { get; }
    public WorkflowInstance Instance { get; }
    public ActivityExecution Execution { get; }
    public PlanNode Node => Execution.Node;

    /// <summary>The burst's moment: the same for everything the burst does.</summary>
    public DateTimeOffset Now => Burst.Now;

    public CancellationToken CancellationToken => Burst.CancellationToken;

    /// <summary>The run was started at this activity by a stimulus, so there is nothing to wait for.</summary>
    public bool IsTrigger => ReferenceEquals(Instance.Trigger, Node);

    /// <summary>What the stimulus that started the run carried.</summary>
    public object? TriggerInput => IsTrigger ? Instance.TriggerInput : null;

    /// <summary>Whether the definition gives this input.</summary>
    public bool Has(string input) => Node.Input(input) is not null;

    /// <summary>Evaluates an input; null where it is unset.</summary>
    public object? Get(string input) => Evaluate(Node.Input(input));

    public string? GetText(string input) => ValueConversion.ToText(Get(input));

    public bool GetBoolean(string input, bool otherwise = false) =>
        Get(input) is { } value ? ValueConversion.ToBoolean(value) : otherwise;

    public int GetInt32(string input, int otherwise = 0) =>
        Get(input) is { } value ? ValueConversion.ToInt32(value) : otherwise;

    public decimal? GetDecimal(string input) => Get(input) is { } value ? ValueConversion.ToDecimal(value) : null;

    /// <summary>A duration by .NET's reading: <c>24:00:00</c> is 24 days.</summary>
    public TimeSpan? GetTimeSpan(string input) => Get(input) is { } value ? ValueConversion.ToTimeSpan(value) : null;

    public DateTimeOffset? GetInstant(string input) => Get(input) is { } value ? ValueConversion.ToInstant(value) : null;

    /// <summary>A list; JSON text of a list is read, a single value is a list of one, unset is empty.</summary>
    public IReadOnlyList<object?> GetList(string input) => ValueConversion.ToList(Get(input));

    public IReadOnlyList<string> GetTexts(string input) => ValueConversion.ToTexts(Get(input));

    public Dictionary<string, object?>? GetDictionary(string input) => ValueConversion.ToDictionary(Get(input));

    public object? Evaluate(CompiledExpression? expression) =>
        expression?.Evaluate(new EvaluationScope(Burst, Instance, Execution));

    /// <summary>Sets an output: the variable it is bound to, and what scripts read with <c>getOutputFrom</c>.</summary>
    /// <exception cref="ValueConversionException">The value does not fit the bound variable.</exception>
    public void SetOutput(string output, object? value)
    {
        var outputs = Node.Activity.Descriptor.Outputs;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Name == output)
            {
                SetBoundOutput(output, i < Node.Outputs.Length ? Node.Outputs[i] : null, value);
                return;
            }
        }

        throw new ArgumentException($"{Node.TypeName} has no output {output}.", nameof(output));
    }

    internal void SetBoundOutput(string output, VariableSlot? slot, object? value)
    {
        value = WorkflowValues.From(value);
        if (slot is not null)
        {
            VariableScope.Set(Execution, slot, value);
        }

        if (Instance.Plan.KeepsActivityOutputs)
        {
            var all = Instance.ActivityOutputs ??= new Dictionary<string, object?>(StringComparer.Ordinal);
            if (all.GetValueOrDefault(Node.Id) is not Dictionary<string, object?> own)
            {
                all[Node.Id] = own = new Dictionary<string, object?>(StringComparer.Ordinal);
            }

            own[output] = value;
        }
    }

    /// <summary>The nearest variable of that name; null where there is none.</summary>
    public object? GetVariable(string name) => VariableScope.TryGet(Execution, null, name, out var value) ? value : null;

    /// <returns>False: no variable of that name is in sight.</returns>
    /// <exception cref="ValueConversionException">The value does not fit the declared type.</exception>
    public bool SetVariable(string name, object? value) =>
        VariableScope.TrySet(Execution, null, name, WorkflowValues.From(value));

    /// <summary>What this execution remembered.</summary>
    public object? GetProperty(string name) => Execution.Properties?.GetValueOrDefault(name);

    /// <summary>Remembers a value with this execution, across bursts.</summary>
    public void SetProperty(string name, object? value) =>
        (Execution.Properties ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = WorkflowValues.From(value);

    /// <summary>Notes a small value on the journal row of the next event of this execution. Long texts are cut.</summary>
    public void Journal(string name, object? value) => Burst.Runner.Journal.Note(
        Execution, name, value is string { Length: > MaxJournalText } text ? text[..MaxJournalText] + "…" : WorkflowValues.From(value));

    /// <summary>Waits for a stimulus. The activity stays running until something completes it.</summary>
    public Bookmark CreateBookmark(string stimulusName, string stimulusKey, BookmarkOptions? options = null) =>
        Burst.Runner.CreateBookmark(Instance, Execution, stimulusName, stimulusKey, options ?? BookmarkOptions.Default);

    /// <summary>Waits for a moment.</summary>
    /// <remarks><c>severity</c>: 0 is ordinary; of the timers due, graver ones fire first.</remarks>
    public Bookmark CreateTimer(DateTimeOffset dueAt, int severity = 0, object? payload = null) =>
        CreateBookmark("Timer", "", new BookmarkOptions { DueAt = dueAt, Severity = severity, Payload = payload });

    /// <summary>
    /// Has something sent once the burst is committed. With a bookmark the activity is resumed by the answer, or by the news that
    /// there will be none.
    /// </summary>
    /// <param name="channel"><see cref="OutgoingRow.Channel"/></param>
    /// <param name="address"><see cref="OutgoingRow.Address"/>; cut at 500 characters.</param>
    /// <param name="subject">Cut at 500 characters.</param>
    /// <param name="body">What the channel delivers.</param>
    /// <param name="waiting">Waits for the answer.</param>
    /// <exception cref="InvalidOperationException">The body is larger than <see cref="RuntimeLimits.MaxOutgoingLength"/>.</exception>
    public void Send(string channel, string address, string subject, string body, Bookmark? waiting = null)
    {
        if (body.Length > Burst.Limits.MaxOutgoingLength)
        {
            throw new InvalidOperationException($"What is sent may have {Burst.Limits.MaxOutgoingLength} characters; this has {body.Length}.");
        }

        Burst.Changes.Outgoing.Add(new OutgoingRow
        {
            Id = Burst.NewId(),
            InstanceId = Instance.Id,
            BookmarkId = waiting?.Id,
            CorrelationId = Instance.CorrelationId,
            ActivityType = Node.TypeName,
            Channel = channel,
            Address = Short(address),
            Subject = Short(subject),
            Body = body,
            CreatedAt = Now,
        });
    }

    private static string Short(string text) => text.Length <= MaxOutgoingName ? text : text[..(MaxOutgoingName - 1)] + "…";

    /// <summary>This execution's bookmarks.</summary>
    public IEnumerable<Bookmark> Bookmarks
    {
        get
        {
            var id = Execution.Id;
            return Instance.BookmarkList.Where(b => b.ExecutionId == id);
        }
    }

    public void RemoveBookmark(Bookmark bookmark) => Burst.Runner.RemoveBookmark(Instance, bookmark);

    /// <summary>
    /// In <see cref="Activity.ResumeAsync"/>: looked again and goes on waiting at the same bookmark. A timer that has fired is not
    /// set again; create a new one.
    /// </summary>
    public void KeepBookmark() => Execution.BookmarkKept = true;

    /// <summary>In <see cref="Activity.MigratedAsync"/>: the activity looks again what it waits for, as if woken by its first bookmark.</summary>
    internal void LookAgain()
    {
        if (Bookmarks.FirstOrDefault() is { } bookmark)
        {
            Instance.Queue.Enqueue(new WorkItem(Execution, bookmark));
        }
    }

    /// <summary>Completes with the outcome Done.</summary>
    public ValueTask CompleteAsync() => Burst.Runner.CompleteAsync(Instance, Execution, Outcomes.Done);

    public ValueTask CompleteAsync(string outcome) => Burst.Runner.CompleteAsync(Instance, Execution, Outcomes.One(outcome));

    public ValueTask CompleteAsync(IReadOnlyList<string> outcomes) =>
        Burst.Runner.CompleteAsync(Instance, Execution, outcomes.Count == 0 ? Outcomes.Done : outcomes);

    /// <summary>Queues a child; it runs after everything queued before it.</summary>
    /// <remarks><c>locals</c>: Variables for the child and what is inside it.</remarks>
    public ActivityExecution Schedule(PlanNode child, Dictionary<string, object?>? locals = null) =>
        InstanceRunner.Schedule(Instance, Execution, child, locals);

    /// <summary>Cancels a child and everything inside it.</summary>
    public ValueTask CancelChildAsync(ActivityExecution child) => Burst.Runner.CancelAsync(Instance, child, journal: true);

    /// <summary>Live children of this execution.</summary>
    public IReadOnlyList<ActivityExecution> Children
    {
        get
        {
            var self = Execution;
            return Instance.ExecutionList.FindAll(e => ReferenceEquals(e.Parent, self));
        }
    }

    /// <summary>Whether any child is still queued, running or faulted.</summary>
    public bool HasChildren => Execution.LiveChildren > 0;
}

/// <summary>Outcome lists that need no allocation of their own.</summary>
public static class Outcomes
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<string>> Single =
        new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Done { get; } = ["Done"];
    public static IReadOnlyList<string> True { get; } = ["True"];
    public static IReadOnlyList<string> False { get; } = ["False"];

    /// <summary>A list of one outcome; the first 1,000 different ones are shared.</summary>
    public static IReadOnlyList<string> One(string outcome) => outcome switch
    {
        "Done" => Done,
        "True" => True,
        "False" => False,
        _ when Single.TryGetValue(outcome, out var known) => known,
        _ when Single.Count < 1000 => Single.GetOrAdd(outcome, static o => [o]),
        _ => [outcome],
    };

    internal static bool IsDone(IReadOnlyList<string> outcomes) =>
        ReferenceEquals(outcomes, Done) || (outcomes.Count == 1 && outcomes[0] == "Done");
}

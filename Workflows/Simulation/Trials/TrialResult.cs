using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>What a process did when it was tried out. Times are those of the virtual clock.</summary>
public sealed record TrialResult
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where the virtual clock stood when nothing more happened, or when it was stopped.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Which bound stopped it; null: it came to its end.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>What of the scenario did not hold; null for a trial without expectations, and when all held.</summary>
    public ScenarioFailure? Failure { get; init; }

    /// <summary>Expectations that held.</summary>
    public int Held { get; init; }

    public required IReadOnlyList<TrialCase> Cases { get; init; }

    /// <summary>Every instance that ran, in the order they were started.</summary>
    public required IReadOnlyList<TrialInstance> Instances { get; init; }

    /// <summary>Everything that happened, in order.</summary>
    public required IReadOnlyList<TrialEntry> Timeline { get; init; }
}

/// <summary>One case of a trial as it stood at the end.</summary>
/// <param name="Name">What the scenario calls it.</param>
/// <param name="Complaint">The case: its tasks, clocks with their explanation, facts, status.</param>
/// <param name="Rules">The rules it ran under.</param>
/// <param name="Messages">What it would have sent, in order.</param>
public sealed record TrialCase(string Name, Complaint Complaint, CaseRules Rules, IReadOnlyList<MessageRow> Messages);

/// <summary>One workflow instance of a trial as it stood at the end.</summary>
/// <param name="Stored">Its columns and state.</param>
/// <param name="Journal">What its activities did, in order.</param>
public sealed record TrialInstance(StoredInstance Stored, IReadOnlyList<JournalRow> Journal);

/// <summary>One thing that happened.</summary>
/// <param name="At">When, by the virtual clock.</param>
/// <param name="Case">Which case, by its place among the trial's cases.</param>
/// <param name="Type">One of <see cref="CaseEvents"/>, or <see cref="Refused"/>.</param>
/// <param name="By">Who or what did it.</param>
/// <param name="Data">The event's data.</param>
/// <param name="Message">The message, where one was queued.</param>
public sealed record TrialEntry(DateTimeOffset At, int Case, string Type, Actor By, JsonElement Data, MessageRow? Message = null)
{
    /// <summary>Somebody tried and was refused: <c>task</c>, <c>titleZh</c>, <c>titleEn</c>, <c>outcome</c>, <c>code</c>, <c>message</c>.</summary>
    public const string Refused = "refused";
}

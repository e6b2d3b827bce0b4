namespace CaseManagement.Domain.Authority;

/// <summary>What a gate guards: <c>close</c>, <c>reply</c>, <c>pay</c>, <c>reopen</c>, <c>archive</c>, <c>delete</c>,
/// <c>lesson</c> (what must hold for a closed case to become a lesson, and who releases it), <c>task:</c>shape or <c>document:</c>template.</summary>
public static class GateAction
{
    public const string Close = "close";
    public const string Reply = "reply";
    public const string Pay = "pay";
    public const string Reopen = "reopen";
    public const string Archive = "archive";
    public const string Delete = "delete";

    public const string Lesson = "lesson";

    /// <summary>The actions without a key.</summary>
    public static IReadOnlyList<string> Plain { get; } = [Close, Reply, Pay, Reopen, Archive, Delete, Lesson];

    /// <summary>Completing the task of a shape.</summary>
    public static string Task(string key) => "task:" + key;

    /// <summary>Issuing a document.</summary>
    public static string Document(string template) => "document:" + template;
}

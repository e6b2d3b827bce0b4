using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>
/// What a rung does to the case. Candidates are written as everywhere in a pack (a role, <c>role@department</c>, <c>role@lead</c>, <c>handler</c>),
/// or ask the organisation chart: <c>head:lead</c>, <c>head:department</c>, <c>up</c>, <c>up:role</c>, <c>user:id</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(NotifyAction), "notify")]
[JsonDerivedType(typeof(AskAction), "ask")]
[JsonDerivedType(typeof(ReasonAction), "reason")]
[JsonDerivedType(typeof(ReassignAction), "reassign")]
[JsonDerivedType(typeof(RaiseAction), "raise")]
[JsonDerivedType(typeof(ApproveAction), "approve")]
[JsonDerivedType(typeof(PenaltyAction), "penalty")]
public abstract record RungAction;

/// <summary>Sends a message by a template.</summary>
public sealed record NotifyAction(IReadOnlyList<string> To, string Template) : RungAction;

/// <summary>Opens a task with a form.</summary>
public sealed record AskAction(string Form, IReadOnlyList<string> Who) : RungAction;

/// <summary>Asks why it is late.</summary>
public sealed record ReasonAction(string Who) : RungAction;

/// <summary>Gives the open tasks to other candidates.</summary>
public sealed record ReassignAction(string To) : RungAction;

/// <summary>Raises the level.</summary>
/// <param name="Level">The level to raise to; none raises by one.</param>
public sealed record RaiseAction(string? Level) : RungAction;

/// <summary>Opens an approval chain.</summary>
public sealed record ApproveAction(string Chain) : RungAction;

/// <summary>Proposes a penalty worked out by a calculator.</summary>
public sealed record PenaltyAction(string Calculator, string To) : RungAction;

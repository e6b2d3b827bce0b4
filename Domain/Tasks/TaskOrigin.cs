namespace CaseManagement.Domain.Tasks;

/// <summary>The shape of the running process that asks for a task, and what it calls it.</summary>
public sealed record TaskOrigin(Guid Instance, string Shape, string TitleZh, string TitleEn);

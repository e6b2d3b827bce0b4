namespace CaseManagement.Domain.Clocks;

/// <summary>One stretch of working time on a day. An end of 00:00 is the midnight that ends the day.</summary>
public readonly record struct WorkSpan(TimeOnly Start, TimeOnly End)
{
    public TimeSpan Length => (End == TimeOnly.MinValue ? TimeSpan.FromDays(1) : End.ToTimeSpan()) - Start.ToTimeSpan();
}

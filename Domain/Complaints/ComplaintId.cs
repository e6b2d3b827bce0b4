namespace CaseManagement.Domain.Complaints;

/// <summary>Identifies a complaint, consultation or suggestion. Version 7, so ids sort by their moment of creation.</summary>
public readonly record struct ComplaintId(Guid Value)
{
    public static ComplaintId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public override string ToString() => Value.ToString();
}

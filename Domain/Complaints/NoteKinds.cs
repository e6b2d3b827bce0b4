namespace CaseManagement.Domain.Complaints;

/// <summary>What a remark is, where it is more than one.</summary>
public static class NoteKinds
{
    /// <summary>What was said on the telephone.</summary>
    public const string Call = "call";
}

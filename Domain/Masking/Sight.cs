using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Masking;

/// <summary>How much of the personal data of one case one reader is shown: the one table of the product about it.</summary>
/// <param name="Standing">As what they read it.</param>
public sealed record Sight(Standing Standing)
{
    // columns in the order of Standing: Program, Works, Answers, Colleague, Reads, Audits
    private static readonly Dictionary<DataClass, Shown[]> Table = new()
    {
        [DataClass.Name] = [Shown.Full, Shown.Full, Shown.Full, Shown.Part, Shown.Part, Shown.Part],
        [DataClass.Phone] = [Shown.Full, Shown.Full, Shown.Part, Shown.Part, Shown.Part, Shown.Part],
        [DataClass.Email] = [Shown.Full, Shown.Full, Shown.Part, Shown.Part, Shown.Part, Shown.Part],
        [DataClass.Address] = [Shown.Full, Shown.Full, Shown.Part, Shown.Part, Shown.Part, Shown.Part],
        [DataClass.Protected] = [Shown.Full, Shown.Part, Shown.Part, Shown.Hidden, Shown.Hidden, Shown.Hidden],
        [DataClass.Respondent] = [Shown.Full, Shown.Full, Shown.Full, Shown.Hidden, Shown.Hidden, Shown.Part],
        [DataClass.Words] = [Shown.Full, Shown.Full, Shown.Full, Shown.Part, Shown.Part, Shown.Part],
    };

    /// <summary>Whoever registers a case reads what they have just said.</summary>
    public static Sight Open { get; } = new(Standing.Program);

    /// <summary>The identity is kept from this reader; then no part of a name is shown, for in a small unit a family name tells who.</summary>
    public bool Covered { get; init; }

    /// <summary>What is shown to them for a while, because they asked for it with a reason: <see cref="Reveals.Identity"/> and keys of facts.</summary>
    public IReadOnlyList<string> Revealed { get; init; } = [];

    /// <summary>Nothing of the case but sensitive facts and contact data is kept from the reader.</summary>
    public bool ReadsWords => Of(DataClass.Words) == Shown.Full;

    /// <summary>How much is shown of a kind of data.</summary>
    /// <param name="what">The kind.</param>
    /// <param name="fact">The fact, of a protected one.</param>
    public Shown Of(DataClass what, string? fact = null) =>
        Revealed.Contains(what == DataClass.Protected ? fact ?? "" : Reveals.Identity) ? Shown.Full
        : !Covered ? Table[what][(int)Standing]
        : what == DataClass.Words ? Shown.Part
        : Shown.Hidden;

    /// <summary>What a person is shown of a case they may know of.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="who">The person.</param>
    /// <param name="mayAct">They may act on it.</param>
    /// <param name="reading">As what they read it where they may not.</param>
    /// <param name="now">The case's own time; null: what was revealed for a while does not count.</param>
    /// <param name="actsForOther">They do a task of it for somebody else, and are shown what whoever works on it is shown.</param>
    public static Sight Of(Complaint complaint, CaseRules rules, Performer who, bool mayAct, Standing reading, DateTimeOffset? now, bool actsForOther = false)
    {
        var kept = complaint.Confidentiality;
        var knows = CaseConfidentiality.ShowsIdentity(complaint, rules, who, mayAct);
        var isCovered = mayAct ? !knows : complaint.CoversIdentity || CaseConfidentiality.Hides("complainant", complaint, rules, who);
        var works = (knows && complaint.CoversIdentity) || actsForOther || CaseConfidentiality.IsWorkedOnBy(complaint, who);
        return new Sight(!mayAct ? reading : works ? Standing.Works : Standing.Answers)
        {
            Covered = isCovered,
            Revealed = now is { } at && Reveals.MayBeShown(complaint, rules, who) ? kept.RevealedTo(who.PersonId, at) : [],
        };
    }
}

namespace CaseManagement.Domain.Counting;

/// <summary>What a counter knows of one case: by what it is counted together with others, and whether it counts.</summary>
/// <param name="Key">A hash of the counter's <c>same</c> facts; cases with the same key are counted together.</param>
/// <param name="Distinct">A hash of the value of which different ones are counted; of the case itself where the counter counts cases.</param>
/// <param name="Holds">The counter's <c>where</c> holds: the case counts.</param>
/// <param name="IsNamed">Others may be told its number: it is not kept closely.</param>
/// <param name="Weight">How many it counts for: of awards and events how many the case has, else 1.</param>
/// <param name="At">When what is counted happened, the last time; null: when the case was received.</param>
public sealed record CountedAs(string Key, string Distinct, bool Holds, bool IsNamed = true, int Weight = 1, DateTimeOffset? At = null);

/// <summary>A case of the same group, as the store keeps it.</summary>
/// <param name="Complaint">The case.</param>
/// <param name="Number">The number people know it by; empty where others are not told it.</param>
/// <param name="At">When it was received, or what is counted last happened.</param>
/// <param name="Distinct">As <see cref="CountedAs.Distinct"/>.</param>
/// <param name="Holds">As <see cref="CountedAs.Holds"/>.</param>
/// <param name="Weight">As <see cref="CountedAs.Weight"/>.</param>
public sealed record CountedItem(Guid Complaint, string Number, DateTimeOffset At, string Distinct, bool Holds, int Weight = 1);

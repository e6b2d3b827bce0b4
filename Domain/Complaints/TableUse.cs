using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Complaints;

/// <summary>What came of applying a table to a case.</summary>
/// <param name="Outcomes">The ports the table named; empty where it names none.</param>
/// <param name="Moved">Whether a fact changed.</param>
public readonly record struct TableResult(IReadOnlyList<string> Outcomes, bool Moved);

/// <summary>Applying decision tables to a case: its outputs become facts, with the reason.</summary>
public static class TableUse
{
    /// <summary>Applies one table. A level set by a person is only ever raised; a table may say it never lowers.</summary>
    public static TableResult Apply(CaseAct act, string key)
    {
        var table = act.Rules.Table(key);
        var decision = table.Evaluate(act.Facts, act.Rules.Pack.Levels);
        var complaint = act.Complaint;
        var moved = false;
        foreach (var (fact, value) in decision.Output.Facts)
        {
            switch (fact)
            {
                case "level":
                    var level = act.Rules.Pack.Levels.Take(
                        value.Text!, complaint.Level, act.LevelBefore, mayLower: !table.RaiseOnly && !complaint.LevelIsFloor, table.OneStep);
                    if (level != complaint.Level)
                    {
                        moved = true;
                        complaint.SetLevel(act, level, decision.Why, CaseEvents.LevelChanged, null);
                    }

                    break;
                case "lead" when value.Text is { } lead:
                    moved |= complaint.Lead != lead;
                    complaint.SetLead(act, lead, decision.Why);
                    break;
                default:
                    var changes = complaint.Facts.Apply(new Dictionary<string, FactValue> { [fact] = fact == "departments" && value.Text is { } one ? FactValue.OfList([one]) : value });
                    if (changes.Count > 0)
                    {
                        moved = true;
                        act.Record(CaseEvents.FactsChanged, ("facts", CaseFacts.ToJson(changes)), ("before", CaseFacts.BeforeToJson(changes)), ("table", key),
                            ("whyZh", decision.Why?.Zh), ("whyEn", decision.Why?.En));
                        complaint.Facts.Touched(act, changes);
                        complaint.Tasks.ResolveCandidates(act);
                    }

                    break;
            }
        }

        return new TableResult(decision.Output.Outcomes, moved);
    }
}

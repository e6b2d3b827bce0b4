using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>A severity level in the organisation's own words.</summary>
public sealed record Level(string Key, BilingualText Name);

/// <summary>The levels of a pack, gravest first. Only the order means anything, so A-gravest and C-gravest scales are alike.</summary>
public sealed class LevelScale(IReadOnlyList<Level> levels)
{
    public IReadOnlyList<Level> Levels { get; } = levels;

    public bool Contains(string level) => PlaceOf(level) is not null;

    /// <summary>The first level is graver than the second.</summary>
    /// <exception cref="RuleViolationException"><c>level-unknown</c>: one of them is not on the scale.</exception>
    public bool IsGraver(string level, string than) => Place(level) < Place(than);

    /// <summary>The next graver level; the gravest stays what it is.</summary>
    /// <exception cref="RuleViolationException"><c>level-unknown</c></exception>
    public string OneStepUp(string level) => Levels[Math.Max(0, Place(level) - 1)].Key;

    /// <summary>
    /// The level a complaint takes when a table or a rung proposes one.
    /// </summary>
    /// <param name="proposed">What was worked out.</param>
    /// <param name="current">The level now; null when there is none yet.</param>
    /// <param name="atStimulus">The level when the event that is being settled came in; bounds <paramref name="oneStep"/>.</param>
    /// <param name="mayLower">False for a table that only raises, and whenever a person set the current level: it stands
    /// until something graver is found.</param>
    /// <param name="oneStep">One event moves the level by one step only.</param>
    /// <exception cref="RuleViolationException"><c>level-unknown</c></exception>
    public string Take(string proposed, string? current, string? atStimulus, bool mayLower, bool oneStep)
    {
        var place = Place(proposed);
        if (current is null)
        {
            return proposed;
        }

        if (oneStep && atStimulus is not null)
        {
            place = Math.Clamp(place, Place(atStimulus) - 1, Place(atStimulus) + 1);
            place = Math.Clamp(place, 0, Levels.Count - 1);
        }

        var here = Place(current);
        return place < here || (place > here && mayLower) ? Levels[place].Key : current;
    }

    /// <summary>Place on the scale, 0 is the gravest; null when the level is not on it.</summary>
    public int? PlaceOf(string level)
    {
        for (var place = 0; place < Levels.Count; place++)
        {
            if (Levels[place].Key == level)
            {
                return place;
            }
        }

        return null;
    }

    private int Place(string level) => PlaceOf(level)
        ?? throw new RuleViolationException(new Rule("level-unknown", $"'{level}' is not a level of this process."));
}

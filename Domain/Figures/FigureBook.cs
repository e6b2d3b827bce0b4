using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Figures;

/// <summary>The figures of a process by name, for what and day. Immutable; of two for the same day the one entered later holds.</summary>
public sealed class FigureBook
{
    private readonly Dictionary<(string Name, string For), List<Figure>> _figures = [];

    /// <param name="figures">In the order in which they were entered.</param>
    public FigureBook(IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            if (!_figures.TryGetValue((figure.Name, figure.For), out var known))
            {
                _figures[(figure.Name, figure.For)] = known = [];
            }

            // a correction takes the place of what was entered for the same days
            known.RemoveAll(earlier => earlier.From == figure.From && earlier.Through == figure.Through);
            if (!figure.Value.IsUnknown)
            {
                known.Add(figure);
            }
        }

        foreach (var known in _figures.Values)
        {
            known.Sort((one, other) => one.From.CompareTo(other.From));
        }
    }

    public static FigureBook Empty { get; } = new([]);

    /// <summary>The figures that hold, oldest first.</summary>
    public IEnumerable<Figure> All => _figures.Values.SelectMany(known => known);

    /// <summary>What a figure is on a day: the last that began and has not ended. One for this very thing goes before one for all.</summary>
    /// <param name="name">The fact it stands for.</param>
    /// <param name="forWhat">The supplier, city … it is asked for; null or empty: for all.</param>
    /// <param name="day">The day, in the zone of the process.</param>
    public FactValue At(string name, string? forWhat, DateOnly day) =>
        Holding(name, forWhat ?? "", day)?.Value ?? (forWhat is { Length: > 0 } ? Holding(name, "", day)?.Value : null) ?? FactValue.Unknown;

    /// <summary>
    /// The sum of what was given for periods that lie in this one; null where nothing was, or where it is no number. Days are told apart from months: a period that only partly lies in it counts not at all.
    /// </summary>
    public decimal? Sum(string name, string forWhat, CalendarPeriod period)
    {
        var within = Of(name, forWhat).Where(figure => figure.Through is { } through && figure.From >= period.From && through <= period.Through).ToList();
        return within.Count == 0 || within.Exists(figure => figure.Value.Number is null) ? null : within.Sum(figure => figure.Value.Number!.Value);
    }

    /// <summary>For what a figure was given in a period, in order.</summary>
    public IReadOnlyList<string> GivenFor(string name, CalendarPeriod period) =>
        [.. _figures.Where(known => known.Key.Name == name && known.Value.Exists(figure => figure.From >= period.From && figure.Through <= period.Through))
            .Select(known => known.Key.For).Order(StringComparer.Ordinal)];

    /// <summary>This book with one more figure.</summary>
    public FigureBook With(Figure figure) => new(All.Append(figure));

    private Figure? Holding(string name, string forWhat, DateOnly day) =>
        Of(name, forWhat).LastOrDefault(figure => figure.From <= day && (figure.Through is null || figure.Through >= day));

    private List<Figure> Of(string name, string forWhat) => _figures.GetValueOrDefault((name, forWhat)) ?? [];
}

namespace CaseManagement.Web.Features.Diagrams;

/// <summary>A placed step; text already broken into lines.</summary>
public sealed record DrawnNode(DiagramNode Node, double X, double Y, double Width, double Height, IReadOnlyList<string> Lines);

/// <summary>A point of a way.</summary>
public readonly record struct Spot(double X, double Y);

/// <summary>A way as corners, with its label and where the label starts.</summary>
public sealed record DrawnConnection(IReadOnlyList<Spot> Corners, string? Label, Spot LabelAt, DiagramMark Mark);

/// <summary>
/// A diagram laid out for reading. The designer's positions give rows and columns; columns are drawn close together,
/// and every way runs through the gaps between them, so that no line crosses a step.
/// </summary>
public sealed class DiagramDrawing
{
    public const double NodeWidth = 148;
    private const double LineHeight = 17;
    private const double RemarkHeight = 16;
    private const double Padding = 9;
    private const double Track = 12;
    private const double Margin = 14;

    // signs that no line begins with
    private const string NeverFirst = "）」』】》”’、，。：；！？)";

    private readonly Dictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private readonly int _columns;
    private readonly int _rows;

    private DiagramDrawing(Diagram diagram)
    {
        var xs = Clusters(diagram.Nodes.Select(node => node.X), 60);
        var ys = Clusters(diagram.Nodes.Select(node => node.Y), 30);
        var taken = new HashSet<(int, int)>();
        foreach (var node in diagram.Nodes)
        {
            var (column, row) = (xs[node.X], ys[node.Y]);
            while (!taken.Add((column, row)))
            {
                row++;
            }

            _cells[node.Id] = new Cell(node, column, row, Wrap(node.Title));
        }

        _columns = _cells.Count == 0 ? 0 : _cells.Values.Max(cell => cell.Column) + 1;
        _rows = _cells.Count == 0 ? 0 : _cells.Values.Max(cell => cell.Row) + 1;
        Draw(diagram.Connections);
    }

    public double Width { get; private set; }
    public double Height { get; private set; }
    public IReadOnlyList<DrawnNode> Nodes { get; private set; } = [];
    public IReadOnlyList<DrawnConnection> Connections { get; private set; } = [];

    public static DiagramDrawing Of(Diagram diagram) => new(diagram);

    private void Draw(IReadOnlyList<DiagramConnection> connections)
    {
        var ways = connections
            .Where(one => _cells.ContainsKey(one.From) && _cells.ContainsKey(one.To))
            .GroupBy(one => (one.From, one.To, one.Mark))
            .Select(group => new Way(_cells[group.Key.From], _cells[group.Key.To], Join(group.Select(one => one.Label)), group.Key.Mark))
            .ToList();
        var occupied = _cells.Values.Select(cell => (cell.Column, cell.Row)).ToHashSet();
        foreach (var way in ways)
        {
            way.Plan(occupied);
        }

        SpreadExits(ways);
        var channels = Enumerable.Range(0, _columns + 1).Select(_ => new Tracks()).ToArray();
        var lanes = Enumerable.Range(0, _rows + 1).Select(_ => new Tracks()).ToArray();
        foreach (var way in ways.Where(way => way.Kind != WayKind.Straight).OrderBy(way => way.Span))
        {
            way.TakeTracks(channels, lanes);
        }

        Place(ways, channels, lanes);
    }

    // Ways that leave one step by different ports leave it one under the other, in the order of where they go.
    private static void SpreadExits(List<Way> ways)
    {
        foreach (var exits in ways.GroupBy(way => way.From))
        {
            var ordered = exits.OrderBy(way => way.Direction).ToList();
            exits.Key.Exits = ordered.Count;
            for (var index = 0; index < ordered.Count; index++)
            {
                ordered[index].Exit = index;
            }
        }
    }

    private void Place(List<Way> ways, Tracks[] channels, Tracks[] lanes)
    {
        var lefts = new double[_columns + 1];
        var x = Margin;
        for (var column = 0; column <= _columns; column++)
        {
            var label = ways.Where(way => way.From.Column == column - 1).Select(way => TextWidth(way.Label, 11)).DefaultIfEmpty(0).Max();
            channels[column].Start = x + (label > 0 ? label + 10 : 14);
            x = channels[column].Start + channels[column].Count * Track + (column == 0 && channels[0].Count == 0 ? -14 : 12);
            lefts[column] = x;
            x += NodeWidth;
        }

        Width = lefts[_columns] + Margin;
        var tops = new double[_rows + 1];
        var heights = new double[_rows];
        var y = Margin;
        for (var row = 0; row <= _rows; row++)
        {
            lanes[row].Start = y + 6;
            y += (lanes[row].Count * Track) + (row is 0 ? 2 : 16);
            tops[row] = y;
            if (row < _rows)
            {
                heights[row] = _cells.Values.Where(cell => cell.Row == row).Select(HeightOf).DefaultIfEmpty(0).Max();
                y += heights[row];
            }
        }

        Height = y + 4;
        foreach (var cell in _cells.Values)
        {
            cell.X = lefts[cell.Column];
            cell.Height = HeightOf(cell);
            cell.Y = tops[cell.Row] + ((heights[cell.Row] - cell.Height) / 2);
        }

        Nodes = [.. _cells.Values.Select(cell => new DrawnNode(cell.Node, cell.X, cell.Y, NodeWidth, cell.Height, cell.Lines))];
        Connections = [.. ways.Select(way => way.Draw(channels, lanes))];
    }

    private static double HeightOf(Cell cell) => Math.Max(
        (2 * Padding) + (cell.Lines.Count * LineHeight) + (cell.Node is { Remark: null, Mark: DiagramMark.None } ? 0 : RemarkHeight),
        cell.Exits > 1 ? (cell.Exits * 18) + 8 : 0);

    private static string? Join(IEnumerable<string?> labels)
    {
        var said = labels.Where(label => !string.IsNullOrEmpty(label)).Distinct().ToList();
        return said.Count == 0 ? null : string.Join(" / ", said);
    }

    private static Dictionary<double, int> Clusters(IEnumerable<double> values, double apart)
    {
        var clusters = new Dictionary<double, int>();
        var (index, start) = (-1, double.NegativeInfinity);
        foreach (var value in values.Distinct().Order())
        {
            if (value - start >= apart)
            {
                (index, start) = (index + 1, value);
            }

            clusters[value] = index;
        }

        return clusters;
    }

    /// <summary>Breaks a title into at most three lines of the step's width; what is left ends in an ellipsis, the whole stays in the tooltip.</summary>
    private static List<string> Wrap(string title)
    {
        const double widest = NodeWidth - 20;
        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(title))
        {
            if (line.Length > 0 && TextWidth(line + piece, 13) > widest)
            {
                lines.Add(line.TrimEnd());
                line = piece.TrimStart();
            }
            else
            {
                line += piece;
            }
        }

        lines.Add(line.TrimEnd());
        return lines.Count <= 3 ? lines : [lines[0], lines[1], lines[2] + "…"];
    }

    // A Chinese sign is a piece; a Latin word with the space after it is one.
    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var index = 1; index <= text.Length; index++)
        {
            if (index == text.Length || (!NeverFirst.Contains(text[index]) && (text[index] > 0x2E7F || text[index - 1] > 0x2E7F || text[index - 1] == ' ')))
            {
                yield return text[start..index];
                start = index;
            }
        }
    }

    /// <summary>A small line as far as it fits into a step.</summary>
    public static string Fit(string remark)
    {
        const double widest = NodeWidth - 12;
        var fits = remark;
        while (fits.Length > 1 && TextWidth(fits, 11.5) > widest)
        {
            fits = fits[..^1];
        }

        return fits.Length == remark.Length ? remark : fits[..^1].TrimEnd() + "…";
    }

    internal static double TextWidth(string? text, double size) =>
        (text ?? "").Sum(sign => sign > 0x2E7F ? 1 : 0.56) * size;

    internal sealed class Cell(DiagramNode node, int column, int row, List<string> lines)
    {
        public DiagramNode Node => node;
        public int Column => column;
        public int Row => row;
        public IReadOnlyList<string> Lines => lines;
        public int Exits { get; set; } = 1;
        public double X { get; set; }
        public double Y { get; set; }
        public double Height { get; set; }
        public double MiddleY => Y + (Height / 2);
    }
}

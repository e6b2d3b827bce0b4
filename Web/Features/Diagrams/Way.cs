namespace CaseManagement.Web.Features.Diagrams;

/// <summary>How a way runs.</summary>
internal enum WayKind
{
    /// <summary>Along its row, with nothing between.</summary>
    Straight,

    /// <summary>Through one gap between columns.</summary>
    Elbow,

    /// <summary>Through a gap, along a lane between rows, through another gap.</summary>
    Lane,
}

/// <summary>Parallel lines inside one gap; two lines share a track when they do not overlap.</summary>
internal sealed class Tracks
{
    private readonly List<List<(double From, double To, object Owner)>> _tracks = [];

    public int Count => _tracks.Count;
    public double Start { get; set; }

    /// <summary>A free track for a stretch. Lines to the same step may run as one.</summary>
    public int Take(double from, double to, object owner)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        var free = _tracks.FindIndex(track => track.TrueForAll(
            one => ReferenceEquals(one.Owner, owner) || high < one.From || low > one.To));
        if (free < 0)
        {
            free = _tracks.Count;
            _tracks.Add([]);
        }

        _tracks[free].Add((low, high, owner));
        return free;
    }

    public double At(int track) => Start + (track * 12);
}

/// <summary>One way between two steps, from plan to corners.</summary>
internal sealed class Way(DiagramDrawing.Cell from, DiagramDrawing.Cell to, string? label, DiagramMark mark)
{
    private int _lane;
    private int _firstTrack;
    private int _laneTrack;
    private int _lastTrack;

    public DiagramDrawing.Cell From => from;
    public DiagramDrawing.Cell To => to;
    public string? Label => label;
    public WayKind Kind { get; private set; }
    public int Exit { get; set; }
    public int Span => Math.Abs(to.Column - from.Column) + Math.Abs(to.Row - from.Row);

    /// <summary>Ways that go up leave above those that go straight, and these above those that go down.</summary>
    public double Direction => Kind == WayKind.Lane ? (_lane <= from.Row ? -100 + to.Row : 100 + to.Row) : to.Row - from.Row;

    public void Plan(HashSet<(int Column, int Row)> occupied)
    {
        var between = Enumerable.Range(from.Column + 1, Math.Max(0, to.Column - from.Column - 1));
        if (to.Column > from.Column && between.All(column => !occupied.Contains((column, to.Row))))
        {
            Kind = from.Row == to.Row ? WayKind.Straight : WayKind.Elbow;
            return;
        }

        // Back ways run above the upper of the two rows, forward ways below the lower one.
        Kind = WayKind.Lane;
        _lane = to.Column <= from.Column ? Math.Min(from.Row, to.Row) : Math.Max(from.Row, to.Row) + 1;
        if (to.Row > from.Row && to.Column <= from.Column)
        {
            _lane = to.Row;
        }
        else if (to.Row < from.Row && to.Column > from.Column)
        {
            _lane = to.Row + 1;
        }
    }

    public void TakeTracks(Tracks[] channels, Tracks[] lanes)
    {
        // Rows and columns stand in for places until those are known; a quarter keeps neighbours apart.
        if (Kind == WayKind.Elbow)
        {
            _firstTrack = channels[from.Column + 1].Take(from.Row, to.Row, to);
            return;
        }

        var lane = _lane - 0.5;
        _firstTrack = channels[from.Column + 1].Take(from.Row, lane, from);
        _laneTrack = lanes[_lane].Take(from.Column + 0.75, to.Column - 0.25, to);
        _lastTrack = channels[to.Column].Take(lane, to.Row, to);
    }

    public DrawnConnection Draw(Tracks[] channels, Tracks[] lanes)
    {
        var start = new Spot(from.X + DiagramDrawing.NodeWidth, ExitY());
        var end = new Spot(to.X, to.MiddleY);
        List<Spot> corners = [start];
        if (Kind == WayKind.Straight && Math.Abs(start.Y - end.Y) > 0.5)
        {
            var x = end.X - 10;
            corners.AddRange([new(x, start.Y), new(x, end.Y)]);
        }
        else if (Kind == WayKind.Elbow)
        {
            var x = channels[from.Column + 1].At(_firstTrack);
            corners.AddRange([new(x, start.Y), new(x, end.Y)]);
        }
        else if (Kind == WayKind.Lane)
        {
            var (x1, y, x2) = (channels[from.Column + 1].At(_firstTrack), lanes[_lane].At(_laneTrack), channels[to.Column].At(_lastTrack));
            corners.AddRange([new(x1, start.Y), new(x1, y), new(x2, y), new(x2, end.Y)]);
        }

        corners.Add(end);
        return new DrawnConnection(corners, label, new Spot(start.X + 5, start.Y - 4), mark);
    }

    private double ExitY() => from.Exits == 1
        ? from.MiddleY
        : from.Y + (from.Height * (Exit + 0.5) / from.Exits);
}

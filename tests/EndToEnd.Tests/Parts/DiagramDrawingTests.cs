using CaseManagement.EndToEnd.Tests.Samples;
using CaseManagement.Web.Features.Diagrams;

namespace CaseManagement.EndToEnd.Tests.Parts;

/// <summary>A diagram can be read: no line crosses a step, no two steps overlap.</summary>
public sealed class DiagramDrawingTests
{
    private readonly DiagramDrawing _drawing = DiagramDrawing.Of(SampleDiagram.Get(ofCase: true));

    [Fact]
    public void No_way_crosses_a_step()
    {
        var crossings =
            from way in _drawing.Connections
            from leg in way.Corners.Zip(way.Corners.Skip(1))
            from node in _drawing.Nodes
            where Crosses(leg.First, leg.Second, node)
            select node.Node.Id;

        Assert.Empty(crossings);
    }

    [Fact]
    public void Ways_run_level_or_upright()
    {
        var slanted = _drawing.Connections
            .SelectMany(way => way.Corners.Zip(way.Corners.Skip(1)))
            .Where(leg => Math.Abs(leg.First.X - leg.Second.X) > 0.5 && Math.Abs(leg.First.Y - leg.Second.Y) > 0.5);

        Assert.Empty(slanted);
    }

    [Fact]
    public void Steps_do_not_overlap_and_lie_inside_the_drawing()
    {
        var overlapping =
            from one in _drawing.Nodes
            from other in _drawing.Nodes
            where one != other
                && one.X < other.X + other.Width && other.X < one.X + one.Width
                && one.Y < other.Y + other.Height && other.Y < one.Y + one.Height
            select (one.Node.Id, other.Node.Id);

        Assert.Empty(overlapping);
        Assert.All(_drawing.Nodes, node => Assert.True(node.X >= 0 && node.Y >= 0 && node.X + node.Width <= _drawing.Width && node.Y + node.Height <= _drawing.Height));
        Assert.All(_drawing.Connections.SelectMany(way => way.Corners), corner => Assert.True(corner.X >= 0 && corner.Y >= 0 && corner.X <= _drawing.Width && corner.Y <= _drawing.Height));
    }

    [Fact]
    public void Ways_between_the_same_two_steps_are_one_with_both_labels()
    {
        var diagram = new Diagram
        {
            Title = "t",
            Nodes = [new("a", "A", 0, 0), new("b", "B", 300, 0)],
            Connections = [new("a", "b", "yes"), new("a", "b", "no")],
        };

        var way = Assert.Single(DiagramDrawing.Of(diagram).Connections);

        Assert.Equal("yes / no", way.Label);
    }

    [Fact]
    public void Steps_drawn_on_the_same_spot_are_drawn_apart()
    {
        var diagram = new Diagram
        {
            Title = "t",
            Nodes = [new("a", "A", 0, 0), new("b", "B", 0, 0)],
            Connections = [new("a", "b"), new("b", "a"), new("a", "a"), new("a", "gone")],
        };

        var drawing = DiagramDrawing.Of(diagram);

        Assert.NotEqual(drawing.Nodes[0].Y, drawing.Nodes[1].Y);
        Assert.Equal(3, drawing.Connections.Count);
    }

    [Fact]
    public void A_diagram_without_steps_is_empty() =>
        Assert.Empty(DiagramDrawing.Of(new Diagram { Title = "t", Nodes = [], Connections = [] }).Nodes);

    // A leg may touch a step's edge, where ways begin and end, but not run through it.
    private static bool Crosses(Spot from, Spot to, DrawnNode node) =>
        Math.Max(from.X, to.X) > node.X + 1 && Math.Min(from.X, to.X) < node.X + node.Width - 1
        && Math.Max(from.Y, to.Y) > node.Y + 1 && Math.Min(from.Y, to.Y) < node.Y + node.Height - 1;
}

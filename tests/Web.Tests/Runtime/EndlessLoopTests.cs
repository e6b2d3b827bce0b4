using System.Text.Json;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Web.Tests.Runtime;

public sealed class EndlessLoopTests
{
    [Fact]
    public async Task A_circle_of_immediate_activities_ends_in_an_incident_that_is_kept_and_other_instances_go_on()
    {
        await using var product = new SqliteRuntime();

        var circle = product.StartAsync(Lines("circle", ("a", "b"), ("b", "a")));
        var others = Enumerable.Range(0, 5).Select(i => product.StartAsync(Lines($"other{i}", ("a", "b")))).ToList();
        var id = await circle;
        var finished = await Task.WhenAll(others);
        await product.RestartAsync();

        var instance = await product.ReadAsync(id);
        var incident = Assert.Single(instance.Incidents);
        Assert.Equal((WorkflowSubStatus.Faulted, typeof(BurstLimitException).FullName), (instance.SubStatus, incident.ExceptionType));
        foreach (var other in finished)
        {
            Assert.Equal(WorkflowSubStatus.Finished, (await product.ReadAsync(other)).SubStatus);
        }
    }

    private static string Lines(string id, params (string From, string To)[] connections) => JsonSerializer.Serialize(new
    {
        definitionId = id,
        root = new
        {
            id = "Flowchart1",
            type = "Elsa.Flowchart",
            activities = ((string[])["a", "b"]).Select(a => new
            {
                id = a,
                type = "Elsa.WriteLine",
                text = new { typeName = "String", expression = new { type = "Literal", value = a } },
            }),
            connections = connections.Select(c => new { source = new { activity = c.From, port = "Done" }, target = new { activity = c.To, port = "In" } }),
        },
    });
}

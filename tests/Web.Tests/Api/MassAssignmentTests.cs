using System.Text.Json.Nodes;
using CaseManagement.Web.Tests.Access;

namespace CaseManagement.Web.Tests.Api;

/// <summary>What is not a request's to say is refused, and nothing is changed: states, owners, levels, what the process works out.</summary>
public sealed class MassAssignmentTests : IAsyncDisposable
{
    private static readonly string[] Owned = ["status", "level", "handler", "lead", "leadDepartment", "assignee", "number", "closedAt", "trackingCode", "version", "roles", "id"];

    private readonly AccessOrganisation _organisation = new();

    public ValueTask DisposeAsync() => _organisation.DisposeAsync();

    [Fact]
    public async Task No_request_of_the_API_takes_a_member_it_does_not_know()
    {
        await _organisation.InitializeAsync();
        using var program = _organisation.WithKey(AccessOrganisation.Key);
        var path = $"/api/v1/complaints/{_organisation.Fill("{case}")}";
        var before = await program.AskAsync(path);
        var taken = new List<string>();
        foreach (var entry in AccessTable.All.Where(e => e is { Realm: Realm.Api, Method: "POST" or "PUT", Body: not null }))
        {
            foreach (var owned in Owned)
            {
                var body = JsonNode.Parse(_organisation.Fill(entry.Body!)) as JsonObject ?? [];
                if (body.ContainsKey(owned) || Knows(entry, owned))
                {
                    continue;
                }

                body[owned] = "planted";
                using var request = new HttpRequestMessage(new HttpMethod(entry.Method), "/" + _organisation.Fill(entry.Path)) { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
                using var answer = await program.SendAsync(request, TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    taken.Add($"{entry.Route} takes {owned}");
                }
            }
        }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
        Assert.Equal(before.ToJsonString(), (await program.AskAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task What_the_process_owns_is_written_neither_as_a_fact_nor_from_the_portal()
    {
        await _organisation.InitializeAsync();
        using var program = _organisation.WithKey(AccessOrganisation.Key);
        var path = $"/api/v1/complaints/{_organisation.Fill("{case}")}";
        var before = await program.AskAsync(path);
        foreach (var owned in new[] { "status", "level", "lead", "handler", "kind", "reopenings", "receivedAt", "approval:approve" })
        {
            using var answer = await program.PostAsync(new Uri(path + "/facts", UriKind.Relative), new StringContent(new JsonObject { [owned] = "planted", ["reason"] = "test" }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is 400 or 409, $"{owned}: {(int)answer.StatusCode}");
        }

        Assert.Equal(before.ToJsonString(), (await program.AskAsync(path)).ToJsonString());
        var cases = (await program.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>();
        var visitor = _organisation.Visitor();
        await visitor.GetAsync("/portal/standard-complaint?lang=en");
        await visitor.PostAsync(
            "/portal/standard-complaint", ("Subject", "From outside"), ("Description", "Words"), ("f.subject", "From outside"), ("f.description", "Words"), ("f.name", "Wang"), ("f.phone", "13800000000"),
            ("f.status", "closed"), ("f.level", "major"), ("f.lead", "finance"), ("f.handler", "li"), ("status", "closed"), ("lead", "finance"), ("handler", "li"));

        var now = await program.AskAsync("/api/v1/complaints");
        Assert.All(now["items"]!.AsArray(), one => Assert.Equal(("open", "service"), (one!["status"].Text(), one["leadDepartment"].Text())));
        Assert.All(now["items"]!.AsArray(), one => Assert.Null(one!["assignee"]));
        Assert.InRange(now["total"]!.GetValue<int>(), cases, cases + 1);
    }

    // a member that is the request's own
    private static bool Knows(AccessEntry entry, string member) => (entry.Path, member) switch
    {
        ("api/v1/complaints/{id:guid}/level" or "api/v1/complaints/{id:guid}/level/preview" or "api/v1/complaints/{id:guid}/confidentiality", "level") => true,
        ("api/v1/complaints/{id:guid}/facts", _) => true, // by facts, below
        (_, "version") => entry.Path.StartsWith("api/v1/processes/", StringComparison.Ordinal) || entry.Path.StartsWith("api/v1/calendars/", StringComparison.Ordinal),
        _ => false,
    };
}

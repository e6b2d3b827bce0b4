using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence.Lessons;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Cases;

/// <summary>What was filled in is found by its form, and a closed case becomes a lesson: it names nobody, is released by whoever the process says and found by its words.</summary>
public sealed class LessonPageTests(Site site) : IClassFixture<Site>
{
    private const string Attitude = "客服人员态度恶劣";
    private static readonly (string Name, string Value)[] Good =
    [
        ("Title", "接听态度引发的投诉"), ("Situation", "来电人多次转接后情绪激动。"), ("Cause", "坐席未按话术致歉。"), ("Measures", "当天回电致歉，话术复训。"), ("Advice", "转接前先说明原因。"),
    ];

    [Fact]
    public async Task A_lesson_waits_for_the_manager_names_nobody_and_is_then_found_by_everybody()
    {
        var complaint = (await site.CaseAsync(Attitude)).Complaint;
        var (address, li, wu) = ($"/lessons/of/{complaint.Id}", await site.AsAsync("li"), await site.AsAsync("wu"));

        // a register holds what its reader sees
        Assert.Contains(complaint.Number, await li.ReadAsync("/registers/standard-complaint/handling?state=open"), StringComparison.Ordinal);
        Assert.DoesNotContain(complaint.Number, await (await site.AsAsync("zhao")).ReadAsync("/registers/standard-complaint/handling"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await li.GetAsync("/registers/standard-complaint/nothing")).StatusCode);

        // so does the API, and those who take lists out get it as a file
        const string register = "/api/v1/registers/standard-complaint/handling";
        var step = JsonNode.Parse(await li.ReadAsync(register + "?state=open&pageSize=200"))!["items"]!.AsArray().Single(one => (string?)one!["number"] == complaint.Number)!;
        Assert.Equal(complaint.Id.ToString(), (string?)step["complaint"]);
        Assert.Equal(0, (int?)JsonNode.Parse(await (await site.AsAsync("zhao")).ReadAsync(register))!["total"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await li.GetAsync(register + "?state=soon")).StatusCode);
        const string file = "/registers/standard-complaint/handling";
        Assert.Equal(HttpStatusCode.NotFound, (await li.PostAfterAsync(file, file + "/csv")).StatusCode);
        Assert.Contains(complaint.Number, await (await (await site.AsAsync("zhou")).PostAfterAsync(file, file + "/csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // open cases teach nothing yet
        Assert.Equal(HttpStatusCode.Conflict, (await li.PostAfterAsync(address, address, Good)).StatusCode);
        await li.PostAfterAsync($"/cases/{complaint.Id}", $"/cases/{complaint.Id}/actions/withdraw", ("f.reason", "已和解"));
        Assert.Contains(address, await li.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);

        // who is known of the case is covered beforehand and refused when typed, as are numbers
        var form = await li.ReadAsync(address);
        Assert.DoesNotContain(complaint.Complainant.Phone!, form, StringComparison.Ordinal);
        foreach (var personal in new[] { complaint.Complainant.Name!, "13912345678" })
        {
            var refused = await li.PostAsync(address, [.. Good.Select(field => field.Name == "Cause" ? ("Cause", $"{personal} 未收到致歉。") : field)]);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("Cause-error", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(0, await site.AskAsync(db => db.Lessons.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await li.PostAsync(address, Good)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await li.PostAsync(address, Good)).StatusCode);
        var id = await site.AskAsync(db => db.Lessons.Select(l => l.Id).SingleAsync());

        // nobody else sees it before it is released, and who proposed it does not release it
        var zhao = await site.AsAsync("zhao");
        Assert.Equal(HttpStatusCode.NotFound, (await zhao.GetAsync($"/lessons/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await li.PostAsync($"/lessons/{id}/release")).StatusCode);
        Assert.Contains(Good[0].Value, await wu.ReadAsync("/lessons"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await wu.PostAsync($"/lessons/{id}/return")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.PostAsync($"/lessons/{id}/release")).StatusCode);

        Assert.Contains(Good[0].Value, await zhao.ReadAsync("/lessons?q=" + Uri.EscapeDataString("话术 致歉")), StringComparison.Ordinal);
        Assert.DoesNotContain(Good[0].Value, await zhao.ReadAsync("/lessons?q=" + Uri.EscapeDataString("话术 漏电")), StringComparison.Ordinal);
        var answered = JsonNode.Parse(await zhao.ReadAsync("/api/v1/lessons?q=" + Uri.EscapeDataString("话术 致歉")))!["items"]![0]!;
        Assert.Equal((Good[0].Value, Good[4].Value), ((string?)answered["title"], (string?)answered["advice"]));
        Assert.Null(answered["complaint"]);
        Assert.Contains(Good[2].Value, await (await zhao.PostAfterAsync("/lessons", "/lessons/csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var read = await zhao.ReadAsync($"/lessons/{id}");
        Assert.Contains(Good[2].Value, read, StringComparison.Ordinal);
        Assert.DoesNotContain(complaint.Number, read, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await wu.PostAfterAsync($"/lessons/{id}", $"/lessons/{id}/withdraw", ("remark", "已过时"))).StatusCode);
        Assert.DoesNotContain(Good[0].Value, await zhao.ReadAsync("/lessons"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await zhao.GetAsync($"/api/v1/lessons/{id}")).StatusCode);
        Assert.Equal(LessonState.Withdrawn, await site.AskAsync(db => db.Lessons.Select(l => l.State).SingleAsync()));
        Assert.Equal(
            ["lesson.proposed", "lesson.released", "lesson.withdrawn"],
            await site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "lessons").OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync()));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;
using CaseManagement.Workflows.Simulation.Trials;

namespace CaseManagement.Workflows.Tests.Simulation;

/// <summary>Trying the standard process out: what nobody, everybody and chosen behaviour lead to, and what cannot be read.</summary>
public class TrialTests
{
    private static readonly DateTimeOffset Monday = new(2026, 9, 7, 1, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_nobody_does_anything_every_rung_acts_at_its_time_and_everybody_above_is_told()
    {
        var result = await TryAsync(new Behaviour());

        var one = Assert.Single(result.Cases);
        var reply = one.Complaint.Clocks.All["reply"];
        Assert.Equal(CaseStatus.Open, one.Complaint.Status);
        Assert.Equal((ClockState.Breached, Monday.AddHours(24)), (reply.State, reply.BreachedAt));
        Assert.Equal([Monday.AddHours(20), Monday.AddHours(24), Monday.AddHours(48)], reply.Rungs.Select(r => r.FiredAt!.Value));
        Assert.Equal(ClockState.Breached, one.Complaint.Clocks.All["resolution"].State);
        Assert.Contains(one.Messages, m => m is { Template: "overdue", Recipient: "manager", Escalation: true });
        Assert.Contains(one.Messages, m => m.Template == "receipt" && m.BodyZh.Length > 0 && m.BodyEn.Length > 0);
        var told = result.Timeline.Where(e => e.Type == CaseEvents.Escalated).Select(e => e.Data.GetProperty("to").GetString()).ToList();
        Assert.Contains("supervisor", told);
        Assert.Contains("manager", told);
        Assert.Null(result.StoppedBy);
    }

    [Fact]
    public async Task Where_everything_is_done_at_once_the_case_is_closed_in_time_without_an_escalation()
    {
        var result = await TryAsync(new Behaviour { After = TimeSpan.Zero });

        var one = Assert.Single(result.Cases);
        Assert.Equal(CaseStatus.Closed, one.Complaint.Status);
        Assert.All(one.Complaint.Clocks.All.Values, c => Assert.NotEqual(ClockState.Breached, c.State));
        Assert.DoesNotContain(result.Timeline, e => e.Type is CaseEvents.Escalated or CaseEvents.Incident or TrialEntry.Refused);
        Assert.All(one.Complaint.Tasks.All, t => Assert.False(t.IsOpen));
    }

    [Fact]
    public async Task Tasks_done_late_breach_and_still_go_on()
    {
        var result = await TryAsync(new Behaviour { After = TimeSpan.FromHours(30) });

        var reply = Assert.Single(result.Cases).Complaint.Clocks.All["reply"];
        Assert.Equal((ClockState.Breached, Monday.AddHours(24), Monday.AddHours(30)), (reply.State, reply.BreachedAt, reply.MetAt));
    }

    [Fact]
    public async Task A_chosen_outcome_is_taken_and_a_task_left_alone_stays_open()
    {
        var material = await TryAsync(new Behaviour { After = TimeSpan.FromHours(1), Outcomes = new Dictionary<string, string> { ["handle"] = "NeedMaterial", [Behaviour.Complainant] = Behaviour.LeftAlone } });
        var left = await TryAsync(new Behaviour { After = TimeSpan.FromHours(1), Outcomes = new Dictionary<string, string> { ["handle"] = Behaviour.LeftAlone } });

        Assert.Contains(material.Timeline, e => e.Type == CaseEvents.MaterialRequested);
        Assert.Contains(material.Timeline, e => e.Type == CaseEvents.ClockPaused);
        var waiting = Assert.Single(Assert.Single(left.Cases).Complaint.Tasks.Open, t => t.Key == "handle");
        Assert.Null(waiting.Outcome);
    }

    [Fact]
    public async Task Outcomes_that_lead_round_and_round_are_stopped_and_said()
    {
        var result = await TryAsync(new Behaviour { After = TimeSpan.FromMinutes(1), Outcomes = new Dictionary<string, string> { ["handle"] = "NeedMaterial" } });

        Assert.Equal("going-in-circles", result.StoppedBy);
        Assert.NotEmpty(result.Timeline);
    }

    [Fact]
    public async Task A_process_that_never_rests_is_stopped()
    {
        var files = new Dictionary<string, string>(GeneratedCases.Pack.Files);
        var workflow = JsonNode.Parse(files["workflows/standard-suggestion.json"])!;
        var activities = workflow["root"]!["activities"]!.AsArray();
        var task = activities.Single(a => (string?)a!["id"] == "instruct")!;
        activities.Remove(task);
        activities.Add(JsonNode.Parse("""{"id": "instruct", "nodeId": "instruct", "name": "instruct", "type": "Elsa.Delay", "version": 1, "timeSpan": {"typeName": "TimeSpan", "expression": {"type": "Literal", "value": "00:00:01"}}}"""));
        var connections = workflow["root"]!["connections"]!.AsArray();
        connections.Clear();
        connections.Add(JsonNode.Parse("""{"source": {"activity": "suggested", "port": "Done"}, "target": {"activity": "instruct", "port": "In"}}"""));
        connections.Add(JsonNode.Parse("""{"source": {"activity": "instruct", "port": "Done"}, "target": {"activity": "instruct", "port": "In"}}"""));
        files["workflows/standard-suggestion.json"] = workflow.ToJsonString();

        var result = await TryAsync(new Behaviour(), "suggestion", PackReader.Read(files).Pack!);

        Assert.Equal("too-many-timers", result.StoppedBy);
    }

    [Fact]
    public async Task What_cannot_be_registered_is_refused_by_field()
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await TryAsync(new Behaviour(), registration: new Registration { Channel = "pigeon", Subject = "A", Description = "" }));

        Assert.Equal(["channel", "description"], refused.Problems.Select(p => p.Field).Order());
    }

    [Fact]
    public async Task A_trial_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await new Trial(Plans(GeneratedCases.Pack), GeneratedCases.Configuration).RunAsync(Complaint(), Clerk, Monday, new Behaviour(), cancelled.Token));
    }

    [Fact]
    public async Task A_scenario_shows_what_it_caused_up_to_where_it_fails()
    {
        var scenario = """
            {"id": "x", "process": "standard-complaint", "calendars": {"office": "golden-2026"}, "steps": [
              {"at": "2026-09-07T09:00", "register": {"as": "c", "channel": "phone", "subject": "A", "description": "B", "category": "service"}},
              {"expect": {"complaint": "c", "status": "open"}},
              {"at": "2026-09-08T10:00", "expect": {"complaint": "c", "status": "closed"}},
              {"at": "2026-09-20T10:00", "note": {"complaint": "c", "text": "never"}}]}
            """;

        var result = await ShowAsync(scenario);

        Assert.Equal(3, result.Failure!.Step);
        Assert.Equal(new ScenarioDifference("status", "open", "closed"), Assert.Single(result.Failure.Differences));
        Assert.Equal(1, result.Held);
        Assert.Equal("c", Assert.Single(result.Cases).Name);
        Assert.Contains(result.Timeline, e => e.Type == CaseEvents.ClockBreached);
        Assert.DoesNotContain(result.Timeline, e => e.Type == CaseEvents.Noted);
    }

    [Theory]
    [InlineData("""{"process": "standard-complaint"}""", "steps", "required")]
    [InlineData("""{"process": "other", "steps": [{}]}""", "process", "process-other")]
    [InlineData("""{"zone": "Mars/Olympus", "steps": [{}]}""", "zone", "zone-unknown")]
    [InlineData("""{"settings": {"moons": 2}, "steps": [{}]}""", "settings.moons", "setting-unknown")]
    [InlineData("""{"calendars": {"office": "nowhere"}, "steps": [{}]}""", "calendars.office", "calendar-unknown")]
    [InlineData("""{"steps": [{"at": "tomorrow"}]}""", "steps[0].at", "moment-unreadable")]
    [InlineData("""{"steps": [{"at": "2026-09-08T10:00"}, {"at": "2026-09-07T10:00"}]}""", "steps[1].at", "moment-earlier")]
    [InlineData("""{"steps": [{"at": "2026-09-08T10:00"}, {"at": "2046-09-07T10:00"}]}""", "steps[1].at", "out-of-range")]
    [InlineData("""{"steps": [{"dance": {}}]}""", "steps[0].dance", "verb-unknown")]
    [InlineData("""{"steps": [{"register": {"as": "c"}}]}""", "steps[0].register.channel", "required")]
    [InlineData("""{"steps": [{"note": {"complaint": "c", "text": "x"}}]}""", "steps[0].note.complaint", "complaint-unknown")]
    [InlineData("""{"steps": [{"expect": {"status": "open"}}]}""", "steps[0].expect.complaint", "required")]
    [InlineData("""{"steps": [{"register": {"as": "c", "channel": "phone"}, "note": {"complaint": "c", "text": "x"}}]}""", "steps[0].note", "verbs-many")]
    [InlineData("""{"steps": [7]}""", "steps[0]", "type-wrong")]
    [InlineData("[]", "$", "type-wrong")]
    public async Task A_scenario_that_cannot_be_read_is_refused_by_place(string scenario, string place, string code)
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(async () => await ShowAsync(scenario));

        Assert.Contains(refused.Problems, p => (p.Field, p.Code) == (place, code));
    }

    [Theory]
    [InlineData("""{"level": {"complaint": "c", "level": 5}}""")]
    [InlineData("""{"changeLimit": {"limit": "reply", "scope": "newCases", "reason": "x", "amount": "many"}}""")]
    [InlineData("""{"changeCalendar": {"calendar": "nowhere", "reason": "x"}}""")]
    [InlineData("""{"changeCalendar": {"calendar": "office", "reason": "x", "holidays": ["soon"]}}""")]
    [InlineData("""{"expect": {"complaint": "c", "tasks": 5}}""")]
    [InlineData("""{"expect": {"complaint": "c", "clocks": {"reply": 5}}}""")]
    public async Task A_value_of_another_type_fails_its_step_and_nothing_else(string step)
    {
        var result = await ShowAsync("""{"steps": [{"register": {"as": "c", "channel": "phone", "subject": "A", "description": "B"}}, """ + step + "]}");

        Assert.Equal(2, result.Failure!.Step);
        Assert.Single(result.Cases);
    }

    private static readonly Performer Clerk = new() { Actor = new Actor(ActorKind.Person, "clerk", "clerk"), Memberships = [new Membership("desk")] };

    private static Registration Complaint(string kind = "complaint") => new()
    {
        Kind = kind,
        Channel = "phone",
        Subject = "A lamp",
        Description = "It broke.",
        Category = "service",
        Complainant = new Complainant { Name = "Somebody", Phone = "555" },
    };

    private static ProcessPlans Plans(ProcessPack pack) => new(new ProcessVersionInUse(pack, 7));

    private static async Task<TrialResult> TryAsync(Behaviour behaviour, string kind = "complaint", ProcessPack? pack = null, Registration? registration = null) =>
        await new Trial(Plans(pack ?? GeneratedCases.Pack), GeneratedCases.Configuration).RunAsync(registration ?? Complaint(kind), Clerk, Monday, behaviour, Cancel);

    private static async Task<TrialResult> ShowAsync(string scenario)
    {
        using var document = JsonDocument.Parse(scenario);
        var fixtures = new Dictionary<string, WorkCalendarDocument> { ["golden-2026"] = GeneratedCases.Office.ToDocument(), ["office"] = GeneratedCases.Office.ToDocument() };
        return await new ScenarioRunner(GeneratedCases.Pack, fixtures).ShowAsync(document.RootElement, Cancel);
    }
}

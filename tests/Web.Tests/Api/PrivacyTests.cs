using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>What the API tells of cases that are kept closely, and to those who are kept out.</summary>
public sealed class PrivacyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Reason = "An informant's case, for few eyes.";

    private static readonly string[] Leaders = ["zhou", "wu"];

    private static readonly string[] Lists =
    [
        "complaints", "complaints?status=open", "complaints?q=Repair", "complaints?q=Wang", "complaints?department=service", "complaints?assignee=li", "complaints?assignee=none",
        "complaints?overdue=false&sort=dueAt", "complaints?sort=-level&pageSize=2", "tasks", "tasks?state=all", "tasks?role=staff", "tasks?department=service", "tasks?due=week",
    ];

    [Theory]
    [InlineData("zhang")]
    [InlineData("zhou")]
    [InlineData("wang")]
    [InlineData("wu")]
    [InlineData("auditor")]
    public async Task Lists_and_totals_are_the_same_with_and_without_cases_the_reader_may_not_see(string person)
    {
        using var reader = host.Client(person);
        await RegisterAsync("Repair, seen by all");
        var before = await ReadAllAsync(reader);

        for (var i = 0; i < 5; i++)
        {
            await KeptByLiAsync("Repair, hidden", ConfidentialityLevel.Restricted);
        }

        Assert.Equal(before, await ReadAllAsync(reader));
    }

    [Fact]
    public async Task A_restricted_case_is_there_for_its_handler_and_for_nobody_by_rank()
    {
        var id = await KeptByLiAsync("Hidden", ConfidentialityLevel.Restricted);

        using var li = host.Client("li");
        Assert.Equal("restricted", (await li.AskAsync($"/api/v1/complaints/{id}"))["confidentiality"].Text());
        foreach (var person in new[] { "zhou", "zhang", "wu", "auditor" })
        {
            using var client = host.Client(person);
            await client.AskAsync($"/api/v1/complaints/{id}", 404);
            await client.AskAsync($"/api/v1/complaints/{id}/timeline", 404);
            await client.AskAsync($"/api/v1/complaints/{id}/attachments", 404);
            await client.AskAsync($"/api/v1/audit?entity=complaint:{id}", 404);
        }
    }

    [Fact]
    public async Task A_sealed_case_is_there_for_those_it_names()
    {
        var id = await RegisterAsync("Against a leader");
        using var zhou = host.Client("zhou");
        await zhou.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "sealed", people = Leaders, reason = Reason });

        using var wu = host.Client("wu");
        using var li = host.Client("li");
        await wu.AskAsync($"/api/v1/complaints/{id}");
        await li.AskAsync($"/api/v1/complaints/{id}", 404);
        Assert.DoesNotContain(id, (await li.AskAsync("/api/v1/tasks")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lowering_takes_two_people_and_no_program()
    {
        var id = await RegisterAsync("Raised too high");
        using var zhou = host.Client("zhou");
        using var wu = host.Client("wu");
        using var program = host.Client();
        await zhou.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "sealed", people = Leaders, reason = Reason });

        Assert.Equal("confidentiality.heads-only", (await program.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "ordinary", reason = Reason }, 409)).Code());
        var asked = await zhou.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "identity", reason = Reason });
        Assert.Equal(("sealed", "identity"), (asked["confidentiality"].Text(), asked["confidentialityAsked"]!["level"].Text()));
        Assert.Equal("confidentiality.second-person", (await zhou.TellAsync($"/api/v1/complaints/{id}/confidentiality/decision", new { agrees = true }, 409)).Code());
        Assert.Equal("identity", (await wu.TellAsync($"/api/v1/complaints/{id}/confidentiality/decision", new { agrees = true }))["confidentiality"].Text());
        Assert.Equal("reason-too-short", (await wu.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "restricted", reason = "no" }, 400)).Code());
        await wu.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "9", reason = Reason }, 400);
        await wu.TellAsync($"/api/v1/complaints/{id}/confidentiality/decision", new { }, 400);
    }

    [Fact]
    public async Task Who_is_named_while_holding_a_case_loses_it_at_once_and_their_notices_with_it()
    {
        var id = await RegisterAsync("Rude on the phone");
        using var li = host.Client("li");
        using var zhang = host.Client("zhang");
        using var zhou = host.Client("zhou");
        var task = await ClaimAsync(li, id);
        var notice = await QueueAsync(id, "user:li");

        await zhou.TellAsync($"/api/v1/complaints/{id}/respondent", new { person = "li" });

        await li.AskAsync($"/api/v1/complaints/{id}", 404);
        Assert.Equal("no-such-task", (await li.TellAsync($"/api/v1/tasks/{task}/claim", new { }, 404)).Code());
        Assert.DoesNotContain(id, (await li.AskAsync("/api/v1/tasks?assignee=me")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(MessageStates.Dropped, (await FindAsync(notice)).State);
        Assert.Null((await zhang.AskAsync($"/api/v1/tasks?complaint={id}"))["items"]![0]!["assignee"]);
        Assert.Equal("not-a-candidate", (await zhou.TellAsync($"/api/v1/tasks/{task}/assign", new { to = "li" }, 403)).Code());
        await zhang.TellAsync($"/api/v1/tasks/{task}/claim", new { });
    }

    [Fact]
    public async Task With_a_head_who_is_complained_of_their_whole_team_loses_the_case()
    {
        var id = await RegisterAsync("About the head of service");
        using var li = host.Client("li");
        using var zhang = host.Client("zhang");
        using var wu = host.Client("wu");
        await ClaimAsync(li, id);

        await wu.TellAsync($"/api/v1/complaints/{id}/respondent", new { person = "周涛" });

        await li.AskAsync($"/api/v1/complaints/{id}", 404);
        await zhang.AskAsync($"/api/v1/complaints/{id}", 404);
        Assert.Equal("unbound", await OneAsync(db => db.CaseParties.Where(p => p.ComplaintId == Guid.Parse(id) && p.Kind == PartyKinds.Unbound).Select(p => p.Kind).SingleAsync()));

        await wu.TellAsync($"/api/v1/complaints/{id}/respondent", new { notStaff = true });
        await zhang.AskAsync($"/api/v1/complaints/{id}");
    }

    [Fact]
    public async Task Who_declares_an_interest_gives_the_case_up()
    {
        var id = await RegisterAsync("A neighbour complains");
        using var li = host.Client("li");
        using var zhang = host.Client("zhang");
        await ClaimAsync(li, id);

        await li.TellAsync($"/api/v1/complaints/{id}/interest", new { reason = "My neighbour." }, 204);

        await li.AskAsync($"/api/v1/complaints/{id}", 404);
        Assert.Equal("interest.declared", (await zhang.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Select(e => e!["type"].Text()).Single(t => t == "interest.declared"));
    }

    [Fact]
    public async Task A_program_reads_covered_identities_and_closely_kept_cases_only_with_a_scope_for_it()
    {
        using var program = host.Client();
        var said = Sample.Complaint("Covered");
        said["complainant"] = new { name = "Wang", phone = "13800000000", confidential = true };
        said["respondent"] = new { person = "the-accused" };
        var covered = (await program.TellAsync("/api/v1/complaints", said, 201))["id"].Text();
        await program.TellAsync($"/api/v1/complaints/{covered}/facts", new { respondentPerson = "the-accused-too" });
        var hidden = await KeptByLiAsync("Hidden from programs", ConfidentialityLevel.Restricted);
        using var plain = await host.WithKeyAsync("cases.read", "audit.read", "tasks.read");
        using var trusted = await host.WithKeyAsync("cases.read", "audit.read", "cases.restricted");

        await plain.AskAsync($"/api/v1/complaints/{hidden}", 404);
        Assert.DoesNotContain(hidden, (await plain.AskAsync("/api/v1/tasks")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-accused-too", (await plain.AskAsync($"/api/v1/complaints/{covered}")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-accused-too", (await plain.AskAsync($"/api/v1/audit?entity=complaint:{covered}")).ToJsonString(), StringComparison.Ordinal);
        await trusted.AskAsync($"/api/v1/complaints/{hidden}");
        Assert.Contains("the-accused-too", (await trusted.AskAsync($"/api/v1/complaints/{covered}")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_covered_identity_is_shown_to_who_answers_for_the_case_once_it_is_recorded_why()
    {
        using var program = host.Client();
        var said = Sample.Complaint("Covered, to be revealed");
        said["complainant"] = new { name = "Informant Jia", phone = "13712340001", confidential = true };
        var id = (await program.TellAsync("/api/v1/complaints", said, 201))["id"].Text();
        using var zhou = host.Client("zhou");
        using var auditor = host.Client("auditor");
        var path = $"/api/v1/complaints/{id}/reveal";

        Assert.Equal("reason-too-short", (await zhou.TellAsync(path, new { purpose = "contact", reason = "short" }, 400)).Code());
        Assert.Equal("reveal.purpose-unknown", (await zhou.TellAsync(path, new { purpose = "curiosity", reason = "I would like to know." }, 409)).Code());
        await program.TellAsync(path, new { purpose = "contact", reason = "To call the complainant back." }, 403);
        Assert.DoesNotContain("revealed", Types(await zhou.AskAsync($"/api/v1/complaints/{id}/timeline")));

        var shown = await zhou.TellAsync(path, new { purpose = "contact", reason = "To call the complainant back." });

        Assert.Equal(("Informant Jia", "13712340001"), (shown["name"].Text(), shown["phone"].Text()));
        Assert.Contains("revealed", Types(await zhou.AskAsync($"/api/v1/complaints/{id}/timeline")));
        Assert.DoesNotContain("Informant Jia", (await zhou.AskAsync($"/api/v1/complaints/{id}")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Informant Jia", (await zhou.AskAsync($"/api/v1/complaints/{id}/reveal"))["name"].Text());
        Assert.Equal("reveal.nothing", (await auditor.AskAsync($"/api/v1/complaints/{id}/reveal", 409)).Code());
    }

    [Fact]
    public async Task An_auditor_is_shown_contact_data_when_a_head_agrees_and_a_personal_key_proves_nothing()
    {
        using var program = host.Client();
        using var auditor = host.Client("auditor");
        using var zhou = host.Client("zhou");
        using var zhang = host.Client("zhang");
        var id = (await program.TellAsync("/api/v1/complaints", Sample.Complaint("Looked at by an auditor"), 201))["id"].Text();
        var path = $"/api/v1/complaints/{id}/reveal";

        var asked = await auditor.TellAsync(path, new { purpose = "audit", reason = "To check whom was called." }, 202);
        Assert.Equal("audit", asked["purpose"].Text());
        Assert.Equal("reveal.nothing", (await auditor.AskAsync(path, 409)).Code());
        Assert.Equal("confidentiality.second-person", (await auditor.TellAsync($"{path}/decision", new { person = "auditor", agrees = true }, 409)).Code());
        Assert.Equal("confidentiality.second-person", (await zhang.TellAsync($"{path}/decision", new { person = "auditor", agrees = true }, 409)).Code());
        await zhou.TellAsync($"{path}/decision", new { person = "auditor" }, 400);
        await zhou.TellAsync($"{path}/decision", new { person = "auditor", agrees = true }, 204);

        Assert.Equal(("Wang", "13800000000"), (await auditor.AskAsync(path) is var shown ? shown["name"].Text() : "", shown["phone"].Text()));
        var told = (await zhou.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Single(e => e!["type"].Text() == "revealed")!;
        Assert.Equal(("zhou", "auditor"), (told["by"]!["id"].Text(), told["data"]!["askedBy"].Text()));

        // whoever has the key of a supervisor is not for that the supervisor
        var covered = (await program.TellAsync("/api/v1/complaints", Confidential("Covered, by key"), 201))["id"].Text();
        using var key = await host.WithKeyOfAsync("zhou", "cases.write");
        Assert.Equal("proof-needed", (await key.TellAsync($"/api/v1/complaints/{covered}/reveal", new { purpose = "contact", reason = "To call the complainant back." }, 403)).Code());
    }

    private static Dictionary<string, object> Confidential(string subject)
    {
        var said = Sample.Complaint(subject);
        said["complainant"] = new { name = "Informant Jia", phone = "13712340001", confidential = true };
        return said;
    }

    [Fact]
    public async Task Of_the_eleventh_reveal_of_a_day_the_head_is_told_once()
    {
        using var program = host.Client();
        using var wu = host.Client("wu");
        var covered = (await program.TellAsync("/api/v1/complaints", Confidential("Covered, revealed often"), 201))["id"].Text();
        var ordinary = (await program.TellAsync("/api/v1/complaints", Sample.Complaint("Ordinary, revealed often"), 201))["id"].Text();
        for (var i = 0; i < 12; i++)
        {
            await wu.TellAsync($"/api/v1/complaints/{(i % 2 == 0 ? covered : ordinary)}/reveal", new { purpose = "verify", reason = "To check who they are." });
        }

        var told = await OneAsync(db => db.Messages.AsNoTracking().Where(m => m.Template == "@many-reveals").ToListAsync());
        Assert.Equal("user:zhou", Assert.Single(told).Recipient);
        Assert.DoesNotContain("Informant", told[0].BodyEn, StringComparison.Ordinal);

        // about no single case: a head may not see the last one
        Assert.Equal(Guid.Empty, told[0].ComplaintId);
    }

    private static List<string> Types(System.Text.Json.Nodes.JsonNode timeline) => [.. timeline.AsArray().Select(e => e!["type"].Text())];

    private static async Task<List<string>> ReadAllAsync(HttpClient reader)
    {
        var read = new List<string>();
        foreach (var list in Lists)
        {
            var answer = await reader.GetAsync(new Uri("/api/v1/" + list, UriKind.Relative), TestContext.Current.CancellationToken);
            read.Add($"{(int)answer.StatusCode} {list} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        return read;
    }

    private async Task<string> RegisterAsync(string subject)
    {
        using var program = host.Client();
        return (await program.TellAsync("/api/v1/complaints", Sample.Complaint(subject), 201))["id"].Text();
    }

    private async Task<string> KeptByLiAsync(string subject, ConfidentialityLevel level)
    {
        var id = await RegisterAsync(subject);
        using var li = host.Client("li");
        await ClaimAsync(li, id);
        await li.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = level.ToString(), reason = Reason });
        return id;
    }

    private static async Task<string> ClaimAsync(HttpClient client, string id)
    {
        var task = (await client.AskAsync($"/api/v1/tasks?complaint={id}"))["items"]![0]!["id"].Text();
        await client.TellAsync($"/api/v1/tasks/{task}/claim", new { });
        return task;
    }

    private async Task<Guid> QueueAsync(string id, string recipient)
    {
        var message = new MessageRow
        {
            Id = Guid.CreateVersion7(),
            ComplaintId = Guid.Parse(id),
            Template = "due",
            Recipient = recipient,
            Channel = "inbox",
            SubjectZh = "提醒",
            SubjectEn = "Reminder",
            BodyZh = "提醒",
            BodyEn = "Reminder",
            State = MessageStates.Noticed,
            CreatedAt = ApiHost.Start,
        };
        await OneAsync(async db =>
        {
            db.Messages.Add(message);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return message.Id;
    }

    private Task<MessageRow> FindAsync(Guid id) => OneAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken));

    private async Task<T> OneAsync<T>(Func<CaseManagementDbContext, Task<T>> question)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await question(db);
    }
}

using System.Net;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>A complainant whose name and numbers stand nowhere else, and who finds them on which pages and answers.</summary>
public sealed class PlantedIdentityTests(AccessOrganisation organisation) : IClassFixture<AccessOrganisation>
{
    private const string Reason = "需要回电核实情况和地址。";

    // what is known of the complainant, and what stands in the words of the case alone
    private const string Name = "钟离朔";
    private static readonly string[] Contact = ["13987650001", "zhongli.shuo@planted.example"];
    private static readonly string[] Written = ["13987650002", "other.shuo@planted.example", "110101199003074514", "4111111111111111"];

    private static readonly string[] Pages =
    [
        "/inbox?view=open", "/inbox?view=open&columns=number,complainant", "/inbox?view=mine", "/inbox?q=热水器", "/inbox?view=escalated", "/inbox/preview/{0}", "/cases/{0}",
        "/cases/{0}/print", "/cases/{0}/timeline", "/cases/{0}/letters/{1}", "/board", "/notifications", "/outbox", "/jobs", "/incidents", "/audit", "/audit?of=cases&type=noted", "/messages/quarantine",
        "/api/v1/complaints?pageSize=200", "/api/v1/complaints?q=热水器", "/api/v1/complaints/{0}", "/api/v1/complaints/{0}/timeline", "/api/v1/complaints/{0}/attachments",
        "/api/v1/tasks?state=all", "/api/v1/audit?entity=complaint:{0}", "/api/v1/incidents", "/api/v1/jobs",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CaseRuntime Cases => organisation.Services.GetRequiredService<CaseRuntime>();

    [Fact]
    public async Task Who_finds_a_complainants_data_where_is_as_the_table_of_masks_says()
    {
        var (id, letter) = await CaseAsync(confidential: false);

        foreach (var (person, finds) in new (string, string[])[]
        {
            ("li", [Name, .. Contact, .. Written]), ("leads-here", [Name, .. Written]), ("head-here", [Name, .. Written]),
            ("sun", []), ("reader-here", []), ("auditor", []), ("owner", []), ("admin", []), ("zhao", []), ("reader-there", []), ("leads-there", []), ("head-there", []),
        })
        {
            Assert.Equal((person, finds.Order().ToArray()), (person, await FoundAsync(person, id, letter)));
        }
    }

    [Fact]
    public async Task Of_a_covered_identity_only_its_handler_finds_anything()
    {
        var (id, letter) = await CaseAsync(confidential: true);

        foreach (var person in new[] { "leads-here", "head-here", "sun", "reader-here", "auditor", "owner", "admin", "zhao" })
        {
            Assert.Equal((person, Array.Empty<string>()), (person, await FoundAsync(person, id, letter)));
        }

        Assert.Equal(Contact.Concat(Written).Append(Name).Order(), await FoundAsync("li", id, letter));
    }

    [Fact]
    public async Task A_file_of_a_list_holds_no_number_from_a_subject_and_says_who_took_it()
    {
        await CaseAsync(confidential: false);
        var head = await organisation.AsAsync("head-here");
        await head.ReadAsync("/inbox?view=open");

        var file = await Browser.TextOf(await head.PostAsync("/inbox/export?view=open", ("reason", "quarterly review")));

        Assert.Contains(Name, file, StringComparison.Ordinal);
        Assert.All(Contact.Concat(Written), planted => Assert.DoesNotContain(planted, file, StringComparison.Ordinal));
        Assert.True(await organisation.AskAsync(db => Task.FromResult(db.ConfigurationEvents.Any(e => e.Type == "export.downloaded" && e.ActorId == "head-here"))));
    }

    [Fact]
    public async Task A_head_is_shown_contact_data_with_a_reason_and_an_auditor_once_the_head_agrees()
    {
        var (id, _) = await CaseAsync(confidential: false);
        var (head, auditor) = (await organisation.AsAsync("head-here"), await organisation.AsAsync("auditor"));
        await head.ReadAsync($"/cases/{id}");

        Assert.Equal(HttpStatusCode.BadRequest, (await head.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "contact"), ("f.reason", "太短"))).StatusCode);
        Assert.Contains(Contact[0], await head.FollowAsync(await head.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "contact"), ("f.reason", Reason))), StringComparison.Ordinal);

        await auditor.ReadAsync($"/cases/{id}");
        var asked = await auditor.FollowAsync(await auditor.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "audit"), ("f.reason", Reason)));
        Assert.DoesNotContain(Contact[0], asked, StringComparison.Ordinal);
        Assert.Contains("等待另一人同意", await head.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        await head.FollowAsync(await head.PostAsync($"/cases/{id}/actions/reveal-agree", ("f.person", "auditor")));
        Assert.Contains(Contact[0], await auditor.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_reaches_a_complainant_whose_address_the_writer_is_not_shown()
    {
        var (id, _) = await CaseAsync(confidential: false);
        var head = await organisation.AsAsync("head-here");
        var page = await head.ReadAsync($"/cases/{id}");
        Assert.DoesNotContain(Contact[1], page, StringComparison.Ordinal);

        await head.FollowAsync(await head.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Text", "我们明天上门。")));

        Assert.Contains(Contact[1], await organisation.AskAsync(db => Task.FromResult(db.Messages.Where(m => m.ComplaintId == id && m.BodyZh == "我们明天上门。").Select(m => m.Address).Single())), StringComparison.Ordinal);
    }

    // every planted string the person meets anywhere
    private async Task<string[]> FoundAsync(string person, Guid id, Guid letter)
    {
        var browser = await organisation.AsAsync(person);
        var read = new List<string>();
        foreach (var page in Pages)
        {
            read.Add(await Browser.TextOf(await browser.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, id, letter))));
        }

        var all = string.Concat(read);
        return [.. Contact.Concat(Written).Append(Name).Where(planted => all.Contains(planted, StringComparison.Ordinal)).Order()];
    }

    /// <summary>A case of the service department that 李敏 handles, with everything people write on cases.</summary>
    private async Task<(Guid Id, Guid Letter)> CaseAsync(bool confidential)
    {
        var words = string.Join("，", Written.Append(Name));
        var registered = (await Cases.RegisterAsync(
            new Registration
            {
                Channel = "phone",
                Subject = $"{Name}的热水器漏水，回电{Written[0]}",
                Description = $"我是{words}。",
                Category = "speed",
                Complainant = new() { Name = Name, Phone = Contact[0], Email = Contact[1], Confidential = confidential },
            },
            new Performer { Actor = Actor.ComplainantByPortal }, Token))!.Complaint;
        var (li, id, letter) = ((await organisation.PersonAsync("li")).AsPerformer(), registered.Id.Value, Guid.CreateVersion7());
        await Cases.ActAsync(
            id, li,
            act =>
            {
                foreach (var task in act.Complaint.Tasks.Open.Where(t => t.Assignee is null && t.Admits(li)).ToList())
                {
                    act.Complaint.Tasks.Claim(act, task.Id);
                }

                act.Complaint.Note(act, $"备注：{words}");
                act.Complaint.LogContact(act, new Contact(false, true, Name, act.At, 3, $"通话：{words}"));
                act.Complaint.IssueLetter(act, new Letter(letter, $"L-{id:N}", $"致{Name}", $"函：{words}", "zh-CN", null));
                act.Complaint.Attach(act, new Attachment($"{Name}-{Written[0]}.txt", "text/plain", 1, new string('a', 64)) { Id = Guid.CreateVersion7() });
            },
            Token);
        return (id, letter);
    }
}

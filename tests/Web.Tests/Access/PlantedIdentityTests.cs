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

    private static readonly Planted Open = new("钟离朔", ["13987650001", "zhongli.shuo@planted.example"], ["13987650002", "other.shuo@planted.example", "110101199003074514", "4111111111111111"]);
    private static readonly Planted Covered = new("公孙度", ["13687650003", "gongsun.du@planted.example"], ["13687650004", "other.du@planted.example", "31010119850101451X", "5500000000000004"]);

    // shown to some for a while in one test: of the same words another would find too many
    private static readonly Planted Shown = new("淳于岚", ["13587650005", "chunyu.lan@planted.example"], ["13587650006", "other.lan@planted.example", "440106199004055518", "378282246310005"]);

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
        var (id, letter) = await CaseAsync(Open);

        foreach (var (person, finds) in new (string, string[])[]
        {
            ("li", [Open.Name, .. Open.Contact, .. Open.Written]), ("leads-here", [Open.Name, .. Open.Written]), ("head-here", [Open.Name, .. Open.Written]),
            ("sun", []), ("reader-here", []), ("auditor", []), ("owner", []), ("admin", []), ("zhao", []), ("reader-there", []), ("leads-there", []), ("head-there", []),
        })
        {
            Assert.Equal($"{person}: {string.Join(' ', finds.Order())}", $"{person}: {await FoundAsync(person, Open, id, letter)}");
        }
    }

    [Fact]
    public async Task Of_a_covered_identity_only_its_handler_finds_anything()
    {
        var (id, letter) = await CaseAsync(Covered);

        foreach (var person in new[] { "leads-here", "head-here", "sun", "reader-here", "auditor", "owner", "admin", "zhao" })
        {
            Assert.Equal($"{person}: ", $"{person}: {await FoundAsync(person, Covered, id, letter)}");
        }

        Assert.Equal(string.Join(' ', Covered.All.Order()), await FoundAsync("li", Covered, id, letter));
    }

    [Fact]
    public async Task A_file_of_a_list_holds_no_number_from_a_subject_and_says_who_took_it()
    {
        await CaseAsync(Open);
        var head = await organisation.AsAsync("head-here");
        await head.ReadAsync("/inbox?view=open");

        var file = await Browser.TextOf(await head.PostAsync("/inbox/export?view=open", ("reason", "quarterly review")));

        Assert.Contains(Open.Name, file, StringComparison.Ordinal);
        Assert.All(Open.Contact.Concat(Open.Written), planted => Assert.DoesNotContain(planted, file, StringComparison.Ordinal));
        Assert.True(await organisation.AskAsync(db => Task.FromResult(db.ConfigurationEvents.Any(e => e.Type == "export.downloaded" && e.ActorId == "head-here"))));
    }

    [Fact]
    public async Task A_head_is_shown_contact_data_with_a_reason_and_an_auditor_once_the_head_agrees()
    {
        var (id, _) = await CaseAsync(Shown);
        var (head, auditor) = (await organisation.AsAsync("head-here"), await organisation.AsAsync("auditor"));
        await head.ReadAsync($"/cases/{id}");

        Assert.Equal(HttpStatusCode.BadRequest, (await head.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "contact"), ("f.reason", "太短"))).StatusCode);
        Assert.Contains(Shown.Contact[0], await head.FollowAsync(await head.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "contact"), ("f.reason", Reason))), StringComparison.Ordinal);

        await auditor.ReadAsync($"/cases/{id}");
        var asked = await auditor.FollowAsync(await auditor.PostAsync($"/cases/{id}/actions/reveal", ("f.fields", "identity"), ("f.purpose", "audit"), ("f.reason", Reason)));
        Assert.DoesNotContain(Shown.Contact[0], asked, StringComparison.Ordinal);
        Assert.Contains("等待另一人同意", await head.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        await head.FollowAsync(await head.PostAsync($"/cases/{id}/actions/reveal-agree", ("f.person", "auditor")));
        Assert.Contains(Shown.Contact[0], await auditor.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_reaches_a_complainant_whose_address_the_writer_is_not_shown()
    {
        var (id, _) = await CaseAsync(Open);
        var head = await organisation.AsAsync("head-here");
        var page = await head.ReadAsync($"/cases/{id}");
        Assert.All(Open.Contact, planted => Assert.DoesNotContain(planted, page, StringComparison.Ordinal));

        await head.FollowAsync(await head.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Text", "我们明天上门。")));

        Assert.Contains(await organisation.AskAsync(db => Task.FromResult(db.Messages.Where(m => m.ComplaintId == id && m.BodyZh == "我们明天上门。").Select(m => m.Address).Single())), Open.Contact);
    }

    // every planted string the person meets anywhere
    private async Task<string> FoundAsync(string person, Planted planted, Guid id, Guid letter)
    {
        var browser = await organisation.AsAsync(person);
        var read = new List<string>();
        foreach (var page in Pages)
        {
            read.Add(await Browser.TextOf(await browser.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, id, letter))));
        }

        var all = string.Concat(read);
        return string.Join(' ', planted.All.Where(one => all.Contains(one, StringComparison.Ordinal)).Order());
    }

    /// <summary>A case of the service department that 李敏 handles, with everything people write on cases.</summary>
    private async Task<(Guid Id, Guid Letter)> CaseAsync(Planted planted)
    {
        var (name, contact, written) = (planted.Name, planted.Contact, planted.Written);
        var words = string.Join("，", written.Append(name));
        var registered = (await Cases.RegisterAsync(
            new Registration
            {
                Channel = "phone",
                Subject = $"{name}的热水器漏水，回电{written[0]}",
                Description = $"我是{words}。",
                Category = "speed",
                Complainant = new() { Name = name, Phone = contact[0], Email = contact[1], Confidential = planted == Covered },
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
                act.Complaint.LogContact(act, new Contact(false, true, name, act.At, 3, $"通话：{words}"));
                act.Complaint.IssueLetter(act, new Letter(letter, $"L-{id:N}", $"致{name}", $"函：{words}", "zh-CN", null));
                act.Complaint.Attach(act, new Attachment($"{name}-{written[0]}.txt", "text/plain", 1, new string('a', 64)) { Id = Guid.CreateVersion7() });
            },
            Token);
        return (id, letter);
    }

    /// <summary>What is known of a complainant, and what stands in the words of the case alone.</summary>
    private sealed record Planted(string Name, string[] Contact, string[] Written)
    {
        public IEnumerable<string> All => Contact.Concat(Written).Append(Name);
    }
}

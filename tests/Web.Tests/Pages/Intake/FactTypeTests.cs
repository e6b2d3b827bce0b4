using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Web.Tests.Portal;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Intake;

/// <summary>A process asks for a fact of every type there is: at the staff's desk all are filled, on the portal all but those that name who works on the case.</summary>
public sealed partial class FactTypeTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Facts = """
        [{"key": "xText", "type": "text"}, {"key": "xNumber", "type": "number"}, {"key": "xMoney", "type": "money"}, {"key": "xBoolean", "type": "boolean"},
         {"key": "xChoice", "type": "choice", "options": [{"key": "a"}, {"key": "b"}]}, {"key": "xChoices", "type": "choices", "options": [{"key": "a"}, {"key": "b"}]},
         {"key": "xDate", "type": "date"}, {"key": "xInstant", "type": "instant"}, {"key": "xPerson", "type": "person"}, {"key": "xPeople", "type": "people"},
         {"key": "xRole", "type": "role"}, {"key": "xDepartment", "type": "department"}, {"key": "xFile", "type": "file"}, {"key": "xOther", "type": "file"},
         {"key": "xRows", "type": "rows", "columns": [{"key": "what", "type": "text"}, {"key": "much", "type": "money"}, {"key": "hurt", "type": "boolean"},
           {"key": "sort", "type": "choice", "options": [{"key": "a"}, {"key": "b"}]}, {"key": "sorts", "type": "choices", "options": [{"key": "a"}, {"key": "b"}]}, {"key": "on", "type": "date"}]},
         {"key": "xStaffRows", "type": "rows", "columns": [{"key": "who", "type": "person"}]}]
        """;

    private static readonly (string Name, string Value)[] Common =
    [
        ("f.xText", "型号 K9"), ("f.xNumber", "３"), ("f.xMoney", "1,200.50"), ("f.xBoolean", "true"), ("f.xChoice", "b"), ("f.xChoices", ""), ("f.xChoices", "a"), ("f.xChoices", "b"),
        ("f.xDate", "2026-11-20"), ("f.xInstant", "2026-11-20T09:30"), ("f.xDepartment", "quality"),
        ("f.xRows[0].what", "门把手"), ("f.xRows[0].much", "80"), ("f.xRows[0].hurt", "false"), ("f.xRows[0].sort", "a"), ("f.xRows[0].sorts", "a"), ("f.xRows[0].sorts", "b"), ("f.xRows[0].on", "2026-11-19"), ("f.xRows[1].what", ""),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_desk_fills_facts_of_every_type_and_files_answer_the_fields_they_were_chosen_in()
    {
        await PublishAsync();
        var desk = await site.AsAsync("chen");
        var blank = await desk.ReadAsync("/intake");
        Assert.Contains("name=\"files.xFile\"", blank, StringComparison.Ordinal);
        (string Name, string Value)[] typed =
        [
            ("process", "standard-complaint"), ("kind", "complaint"), ("key", Browser.FieldOf(blank, "key")), ("f.channel", "phone"), ("f.subject", "门把手松动"), ("f.description", "装上三天就松了。"),
            ("f.category", "goods"), .. Common, ("f.xPerson", "li"), ("f.xPeople", "li"), ("f.xPeople", "wu"), ("f.xRole", "supervisor"), ("f.xStaffRows[0].who", "li"),
            ("f.xFile", Guid.NewGuid().ToString()),
        ];

        var missing = await Browser.TextOf(await desk.SendAsync("/intake", [.. typed, ("step", "review")], [("files._files", "来信.pdf", SampleFiles.Pdf())]));
        Assert.Contains("id=\"matter-xFile-error\"", missing, StringComparison.Ordinal);
        var letter = Assert.Single(Tickets(missing, "_files"));

        var read = await desk.SendAsync("/intake", [.. typed, ("step", "review"), ("staged._files", letter)], [("files.xFile", "正面.jpg", SampleFiles.Jpeg()), ("files.xFile", "背面.png", SampleFiles.Png()), ("files._files", "现场.heic", SampleFiles.UntidyHeic())]);
        var back = await Browser.TextOf(read);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Contains("<dd>正面.jpg", back, StringComparison.Ordinal);
        Assert.Contains("“现场.heic”里可能写有拍摄的地点和时间", back, StringComparison.Ordinal);
        var photos = Tickets(back, "xFile");

        var answer = await desk.PostAsync("/intake", [.. typed, ("step", "register"), .. Tickets(back, "_files").Select(t => ("staged._files", t)), .. photos.Select(p => ("staged.xFile", p))]);

        var page = await desk.FollowAsync(answer);
        var complaint = (await site.CaseAsync("门把手松动")).Complaint;
        AssertCommon(complaint, AttachmentSource.Staff);
        Assert.Equal("li", complaint.Facts["xPerson"].Text);
        Assert.Equal(["li", "wu"], complaint.Facts["xPeople"].List!);
        Assert.Equal("supervisor", complaint.Facts["xRole"].Text);
        Assert.Equal("li", complaint.Facts["xStaffRows"].Rows!.Single()["who"].Text);
        Assert.Equal(["来信.pdf", "现场.heic", "正面.jpg", "背面.png"], complaint.Attachments.Select(a => a.Name));
        Assert.Contains("正面.jpg、背面.png", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portal_asks_for_all_but_who_works_on_the_case()
    {
        await PublishAsync();
        var browser = site.Complainant();
        var blank = await browser.ReadAsync("/portal");
        Assert.Contains("name=\"files.xFile\"", blank, StringComparison.Ordinal);
        Assert.DoesNotMatch("name=\"f\\.x(Person|People|Role|StaffRows)", blank);
        (string Name, string Value)[] typed =
        [
            ("kind", "complaint"), ("step", "send"), ("key", Browser.FieldOf(blank, "key")), ("website", ""), ("f.category", "goods"), ("f.description", "门铃不响"), ("f.identity", "open"),
            ("f.phone", "138 0000 2046"), .. Common, ("f.xFile", Guid.NewGuid().ToString()),
        ];

        var refused = await browser.SendAsync("/portal/standard-complaint", typed, [("files.xOther", "a.svg", "<svg/>"u8.ToArray()), ("files", "说明.txt", SampleFiles.Text())]);
        var page = await Browser.TextOf(refused);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("id=\"matter-xFile-error\"", page, StringComparison.Ordinal);
        Assert.Contains("没有收下“a.svg”", Regex.Match(page, "id=\"matter-xOther-error\">.*").Value, StringComparison.Ordinal);

        var sent = await browser.SendAsync(
            "/portal/standard-complaint", [.. typed.Where(t => t.Name != "key"), ("key", Browser.FieldOf(page, "key")), ("staged", Tickets(page, null).Single())],
            [("files.xFile", "正面.jpg", SampleFiles.Jpeg()), ("files.xFile", "背面.png", SampleFiles.Png())]);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var complaint = (await site.CaseAsync("门铃不响")).Complaint;
        AssertCommon(complaint, AttachmentSource.Portal);
        Assert.Equal(["说明.txt", "正面.jpg", "背面.png"], complaint.Attachments.Select(a => a.Name));
    }

    private static void AssertCommon(Complaint complaint, AttachmentSource source)
    {
        var facts = complaint.Facts;
        Assert.Equal("型号 K9", facts.Text("xText"));
        Assert.Equal((3m, 1200.50m), (facts["xNumber"].Number, facts["xMoney"].Number));
        Assert.True(facts.Is("xBoolean"));
        Assert.Equal("b", facts.Text("xChoice"));
        Assert.Equal(["a", "b"], facts["xChoices"].List!);
        Assert.Equal(new DateOnly(2026, 11, 20), facts["xDate"].Date);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero), facts["xInstant"].Instant!.Value.ToUniversalTime());
        Assert.Equal("quality", facts.Text("xDepartment"));
        var row = Assert.Single(facts["xRows"].Rows!);
        Assert.Equal(("门把手", (decimal?)80m, (bool?)false, "a", (DateOnly?)new DateOnly(2026, 11, 19)), (row["what"].Text, row["much"].Number, row["hurt"].Boolean, row["sort"].Text, row["on"].Date));
        Assert.Equal(["a", "b"], row["sorts"].List!);
        Assert.Equal(complaint.Attachments.Where(a => a.MediaType is "image/jpeg" or "image/png").Select(a => a.Id.ToString()), facts["xFile"].List!);
        Assert.All(complaint.Attachments, a => Assert.Equal(source, a.Source));
    }

    /// <summary>The standard process with a fact of every type on its registration form.</summary>
    private async Task PublishAsync()
    {
        var facts = JsonNode.Parse(Facts)!.AsArray();
        Name(facts);
        foreach (var fact in facts)
        {
            fact!["by"] = "complainant";
        }

        var pack = new StandardPack()
            .Change("facts.json", json => facts.ToList().ForEach(f => json["facts"]!.AsArray().Add(f!.DeepClone())))
            .Change("forms.json", json => facts.ToList().ForEach(f => json["forms"]![0]!["fields"]!.AsArray().Add(
                (string)f!["key"]! == "xFile" ? new JsonObject { ["fact"] = "xFile", ["required"] = true } : new JsonObject { ["fact"] = (string)f["key"]! })));
        var installer = site.Services.GetRequiredService<ProcessInstaller>();
        var imported = await installer.ImportAsync(pack.Files, null, Actor.Workflow, Token);
        Assert.DoesNotContain(imported.Findings, f => f.Severity == Domain.Packs.FindingSeverity.Error);
        try
        {
            await installer.PublishAsync(imported.Key, imported.Version!.Value, null, Actor.Workflow, confirms: null, Token);
        }
        catch (PowersNotConfirmedException asked)
        {
            await installer.PublishAsync(imported.Key, imported.Version!.Value, null, Actor.Workflow, PublishReview.DigestOf(asked.Powers), Token);
        }
    }

    private static void Name(JsonArray items)
    {
        foreach (var one in items.OfType<JsonObject>())
        {
            one["name"] = new JsonObject { ["zh"] = "名" + (string)one["key"]!, ["en"] = "n " + (string)one["key"]! };
            one.Select(member => member.Value).OfType<JsonArray>().ToList().ForEach(Name);
        }
    }

    private static List<string> Tickets(string page, string? field) =>
        [.. Ticket().Matches(page).Where(m => m.Groups[1].Value == (field is null ? "" : "." + field)).Select(m => m.Groups[2].Value)];

    [GeneratedRegex("name=\"staged([^\"]*)\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}

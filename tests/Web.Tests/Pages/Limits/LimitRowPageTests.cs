using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Limits;

/// <summary>The administrator adds, moves and removes whole limits on the page, with conditions chosen in words.</summary>
public sealed class LimitRowPageTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = $"/limits/{OwnerHost.Process}";

    [Fact]
    public async Task A_limit_is_added_with_a_condition_in_words_moved_and_removed_and_each_is_undone_from_the_history()
    {
        var admin = await host.SignInAsync("admin");
        var form = await admin.ReadAsync($"{Page}/add?clock=resolution");
        Assert.Contains("Add a limit", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"between\">is between (both included)</option>", form, StringComparison.Ordinal);

        var added = await admin.PostAsync($"{Page}/add?clock=resolution", $"{Page}/add", Added("Resolution of grave ones", "level", "is", "Serious"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var page = await admin.ReadAsync(Page);
        Assert.Contains("Resolution of grave ones", page, StringComparison.Ordinal);
        Assert.Contains("Level: Serious", page, StringComparison.Ordinal);
        var key = await host.QueryAsync(db => db.LimitChanges.OrderByDescending(c => c.Id).Select(c => c.LimitKey).FirstAsync());
        Assert.Contains("\"level\":\"serious\"", await host.QueryAsync(db => db.LimitChanges.OrderByDescending(c => c.Id).Select(c => c.Patch).FirstAsync()), StringComparison.Ordinal);

        var move = Href(page, "Move “Resolution of grave ones” down");
        var moves = await admin.ReadAsync(move);
        Assert.Contains("Move the limit “Resolution of grave ones”", moves, StringComparison.Ordinal);
        var moved = await admin.PostAsync(move, $"{Page}/{key}/move", new() { ["Before"] = Regex.Match(moves, "name=\"Before\" value=\"([^\"]*)\"").Groups[1].Value, ["Scope"] = "newCases", ["Reason"] = "later" });
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Contains("Place among the limits of its clock: no. 1 → no. 2", await admin.ReadAsync(Page), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync($"{Page}/{key}/remove", $"{Page}/{key}/remove", new() { ["Scope"] = "newCases" })).StatusCode);
        var removed = await admin.PostAsync($"{Page}/{key}/remove", $"{Page}/{key}/remove", new() { ["Scope"] = "newCases", ["Reason"] = "no longer" });
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.DoesNotContain($"{Page}/{key}/remove", await admin.ReadAsync(Page), StringComparison.Ordinal);

        for (var undone = 0; undone < 3; undone++)
        {
            var undo = Regex.Match(await admin.ReadAsync(Page), $"{Page}/changes/\\d+/undo").Value;
            Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync(undo, undo, new() { ["reason"] = "back" })).StatusCode);
        }

        Assert.DoesNotContain($"{Page}/{key}/remove", await admin.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(6, await host.QueryAsync(db => db.LimitChanges.CountAsync(c => c.LimitKey == key && c.Scope == LimitChangeScope.NewCases)));
    }

    [Fact]
    public async Task Removing_a_clocks_last_limit_says_plainly_that_open_cases_have_no_due_time_then()
    {
        var admin = await host.SignInAsync("admin");
        var open = await host.RegisterAsync();

        var page = await OwnerHost.TextOf(await admin.GetAsync($"{Page}/reply/remove"));
        var file = await (await admin.PostAsync($"{Page}/reply/remove", $"{Page}/reply/remove/cases.csv", [])).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("This is the clock's last limit", page, StringComparison.Ordinal);
        Assert.Contains("Their clock runs on without a due time", page, StringComparison.Ordinal);
        Assert.Contains(open.Number, page, StringComparison.Ordinal);
        Assert.Contains(open.Number + ",First reply,", file, StringComparison.Ordinal);
        Assert.Contains(",no due time,", file, StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.LimitKey == "reply")));
    }

    [Theory]
    [InlineData("NameEn", "", "Missing: the name")]
    [InlineData("When[0].Fact", "colour", "colour")]
    [InlineData("Amount", "24:00:00", "can be read in two ways")]
    [InlineData("MayPause", "the pope", "the pope")]
    [InlineData("Before", "reply", "The clock has no such limit")]
    public async Task What_an_added_limit_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(string field, string typed, string said)
    {
        var admin = await host.SignInAsync("admin");
        var edit = Added("Another resolution", "people", "between", "3 to 9");
        edit[field] = typed;

        var answer = await admin.PostAsync($"{Page}/add?clock=resolution", $"{Page}/add", edit);

        var page = await OwnerHost.TextOf(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("为检查而增", page, StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.Patch.Contains("Another resolution"))));
    }

    [Theory]
    [InlineData("people", "between", "3 to 9", "\"people\":\"[3..9]\"")]
    [InlineData("people", "ge", "10", "\"people\":\"\\u003E= 10\"")]
    [InlineData("level", "not", "Serious", "\"level\":\"not(serious)\"")]
    [InlineData("anonymous", "is", "Yes", "\"anonymous\":\"true\"")]
    [InlineData("respondentDepartment", "given", "", "\"respondentDepartment\":\"not(null)\"")]
    [InlineData("departments", "count", "2", "\"departments\":\"count \\u003E= 2\"")]
    public async Task A_condition_is_chosen_without_any_code_and_shown_as_it_was_chosen(string fact, string compare, string value, string written)
    {
        var admin = await host.SignInAsync("admin");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync($"{Page}/add?clock=material", $"{Page}/add", Added("Tried", fact, compare, value, "material"))).StatusCode);

        var stored = await host.QueryAsync(db => db.LimitChanges.OrderByDescending(c => c.Id).FirstAsync());
        Assert.Contains(written, stored.Patch, StringComparison.Ordinal);
        var editor = await admin.ReadAsync($"{Page}?limit={stored.LimitKey}");
        Assert.Contains($"<option value=\"{compare}\" selected", editor, StringComparison.Ordinal);
        Assert.Contains(value.Length == 0 ? "name=\"When[0].Test\"" : $"name=\"When[0].Test\" value=\"{(compare == "between" ? "3..9" : value)}\"", editor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_pause_is_set_on_the_page_said_as_a_sentence_and_whoever_is_not_meant_finds_no_button_and_is_refused()
    {
        await using var own = new OwnerHost();
        var (admin, handler, supervisor) = (await own.SignInAsync("admin"), await own.SignInAsync("li"), await own.SignInAsync("zhou"));
        var editor = await admin.ReadAsync($"{Page}?limit=resolution");
        var edit = Shown(editor);
        edit["MayPause"] = "Supervisor";
        edit["PauseBefore.Anchor"] = "before";
        edit["PauseBefore.Amount"] = "1";
        edit["PauseBefore.Unit"] = "days";
        edit["Scope"] = "openCases";
        edit["Reason"] = "supervisors decide";
        edit["step"] = "apply";
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution", edit)).StatusCode);
        Assert.Contains("May be paused by: Supervisor, before the moment 1 day before it is due.", await admin.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(["{\"may\":{\"pause\":{\"who\":[\"supervisor\"],\"before\":\"due - 1 days\"}}}"], await own.QueryAsync(db => db.LimitChanges.Select(c => c.Patch).ToListAsync()));

        var complaint = await own.RegisterAsync();
        var path = $"/cases/{complaint.Id}";
        Assert.DoesNotContain("clocks/resolution/pause", await handler.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("clocks/resolution/pause", await supervisor.ReadAsync(path), StringComparison.Ordinal);
        var refused = await handler.PostAsync(path, $"{path}/clocks/resolution/pause", new() { ["f.reason"] = "awaiting-material" });
        Assert.Contains("This time limit says who may pause it; you are not among them.", await OwnerHost.TextOf(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_sees_no_way_to_add_move_or_remove_and_has_none()
    {
        var handler = await host.SignInAsync("li");

        var page = await handler.ReadAsync(Page);

        Assert.DoesNotContain("/remove", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/add", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.GetAsync($"{Page}/add")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.GetAsync($"{Page}/reply/remove")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.PostAsync(Page, $"{Page}/reply/remove", new() { ["Scope"] = "openCases", ["Reason"] = "mine" })).StatusCode);
    }

    // what the editor shows, as a browser would send it
    private static Dictionary<string, string?> Shown(string editor)
    {
        var form = editor[editor.IndexOf("id=\"ed\"", StringComparison.Ordinal)..];
        var fields = new Dictionary<string, string?>();
        foreach (Match one in Regex.Matches(form, "<input (?<a>[^>]*)>"))
        {
            var attributes = one.Groups["a"].Value;
            var name = Regex.Match(attributes, "name=\"([^\"]*)\"").Groups[1].Value;
            if (name.Length > 0 && name != "__RequestVerificationToken" && (!Regex.IsMatch(attributes, "type=\"(checkbox|radio)\"") || attributes.Contains("checked", StringComparison.Ordinal)))
            {
                fields[name] = WebUtility.HtmlDecode(Regex.Match(attributes, "value=\"([^\"]*)\"").Groups[1].Value);
            }
        }

        foreach (Match one in Regex.Matches(form, "<select [^>]*name=\"(?<n>[^\"]*)\"[^>]*>(?<o>.*?)</select>", RegexOptions.Singleline))
        {
            fields[one.Groups["n"].Value] = WebUtility.HtmlDecode(Regex.Match(one.Groups["o"].Value, "value=\"([^\"]*)\" selected").Groups[1].Value);
        }

        return fields;
    }

    private static string Href(string page, string label) => Regex.Match(page, $"href=\"([^\"]+)\" aria-label=\"{Regex.Escape(label)}\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);

    private static Dictionary<string, string?> Added(string name, string fact, string compare, string value, string clock = "resolution") => new()
    {
        ["All"] = "true",
        ["Clock"] = clock,
        ["Before"] = clock,
        ["NameZh"] = "为检查而增",
        ["NameEn"] = name,
        ["Amount"] = "3",
        ["Unit"] = "days",
        ["From"] = "receivedAt",
        ["Calendar"] = "office",
        ["CountFrom"] = "instant",
        ["EndOf"] = "endOfDay",
        ["IfNonWorking"] = "keep",
        ["When[0].Fact"] = fact,
        ["When[0].Compare"] = compare,
        ["When[0].Test"] = value,
        ["When[1].Compare"] = "is",
        ["ExtendReason"] = "true",
        ["Steps[0].Key"] = "overdue",
        ["Steps[0].At.Anchor"] = "due",
        ["Steps[0].Do[0].Kind"] = "notify",
        ["Steps[0].Do[0].Who"] = "Supervisor",
        ["Steps[0].Do[0].What"] = "overdue",
        ["Scope"] = "newCases",
        ["Reason"] = "head office asks",
        ["step"] = "apply",
    };
}

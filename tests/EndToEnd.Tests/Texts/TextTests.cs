using System.Text.RegularExpressions;
using System.Xml.Linq;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Features.Board;
using CaseManagement.Web.Features.Calendars;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Errors;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Texts;

/// <summary>Every text exists in Chinese and English, and nowhere else.</summary>
public sealed partial class TextTests
{
    // Texts picked by a value: the pattern in the source, and the keys it can make.
    private static readonly Dictionary<string, IEnumerable<string>> Picked = new()
    {
        ["Shared:Clock{"] = Names<ClockLook>("Clock"),
        ["Shared:Day{"] = Names<DayLook>("Day"),
        ["Shared:Why{"] = Names<WhyPart>("Why"),
        ["Shared:Place{"] = Names<ShellPlace>("Place"),
        ["Shared:Timeline{"] = Names<TimelineKind>("Timeline"),
        ["Shared:Node{"] = Names<NodeLook>("Node").Where(key => key != "NodePlain"),
        ["Shared:Mark{"] = Names<DiagramMark>("Mark").Where(key => key != "MarkNone"),
        ["Shared:Weekday{"] = Enumerable.Range(0, 7).Select(day => $"Weekday{day}"),
        ["Shared:Month{"] = Enumerable.Range(1, 12).Select(month => $"Month{month}"),
        ["Shared:Said_{"] = Split("Said_", "done completed claimed released written registered published applied undone saved"),
        ["Bindings:Group_{"] = Split("Group_", "departments roles channels"),
        ["Bindings:Wrong_{"] = Names<CaseManagement.Web.Configuration.NameMistake>("Wrong_"),
        ["Processes:Zip_{"] = Names<CaseManagement.Workflows.Simulation.ZipMistake>("Zip_"),
        ["Inbox:Group{"] = Names<InboxGroupKind>("Group").Where(key => key != "GroupAsSorted"),
        ["Inbox:Sort_{"] = Split("Sort_", $"{InboxFilter.DueFirst} {InboxFilter.GravestFirst} {InboxFilter.NewestFirst} {InboxFilter.OldestFirst} closed {InboxFilter.ByDepartment} {InboxFilter.ByHandler}"),
        ["Records:Do_{"] = Split("Do_", "add rename move retire restore"),
        ["Records:Would_{"] = Split("Would_", "add rename move retire restore pause"),
        ["Records:Marked_{"] = Split("Marked_", "held restricted to-erase"),
        ["Records:Cycle_{"] = Split("Cycle_", "Never Day Month Year"),
        ["Records:Full_{"] = Split("Full_", "Block Extend"),
        ["Records:Unit_{"] = Split("Unit_", "days weeks months years"),
        ["Board:By_{"] = Split("By_", $"{BoardFilter.ByHandler} {BoardFilter.ByDepartment} {BoardFilter.ByLimit}"),
        ["Cases:Step{"] = Split("Step", $"{StepLook.Done} {StepLook.Failed}"),
        ["Calendars:Look{"] = Names<CalendarDayLook>("Look"),
        ["Calendars:Meaning{"] = Names<DayMeaning>("Meaning"),
        ["Limits:Do_{"] = Split("Do_", "notify ask reason reassign raise approve penalty"),
        ["Calendars:WeekdayShort{"] = Enumerable.Range(0, 7).Select(day => $"WeekdayShort{day}"),
        ["Steps:Wrong_{"] = Split("Wrong_", "number choice length"),
        ["Jobs:Job_{"] = Split("Job_", "maintenance reports safety-sweep notice-mails file-scan file-sweep audit-night audit-week daily-checks"),
        ["Jobs:JobWhat_{"] = Split("JobWhat_", "maintenance reports safety-sweep notice-mails file-scan file-sweep audit-night audit-week daily-checks"),
        ["Audit:Fault_{"] = Names<CaseManagement.Domain.Auditing.AuditFault>("Fault_"),
        ["Audit:Via_{"] = Split("Via_", "session key portal recorded delegation break-glass"),
        // that each type which is recorded has its text: Web.Tests
        ["Audit:Type_{"] = Read(Repository.File("Web/Features/Audit/AuditText.en.resx")).Keys.Where(key => key.StartsWith("Type_", StringComparison.Ordinal)),
        ["Keys:State_{"] = Names<KeyState>("State_"),
        ["Keys:Scope_{"] = ApiScopes.All.Select(scope => $"Scope_{scope}"),
        ["Channels:Channel_{"] = Split("Channel_", "sms webhook"),
        ["Limits:Compare_{"] = Split("Compare_", "is not ge gt le lt between count given missing written"),
        ["Limits:Only{"] = Split("Only", "Pause Resume Extend Promise PauseBefore PromiseBefore"),
        ["Quarantine:Reason_{"] = Split("Reason_", "NoToken WrongToken Automatic TooMany NoCase SeveralCases"),
        ["Quarantine:Channel_{"] = Split("Channel_", "email sms webhook"),
        ["Users:Rule_{"] = Split("Rule_", "role.own role.apart role.last-administrator role.second-person role.held"),
        ["SignIn:Password_{"] = Split("Password_", "TooShort TooLong Unreadable Common Named Uniform Same"),
        ["Delegations:Stand_{"] = Names<CaseManagement.Web.Features.Delegations.DelegationStand>("Stand_"),
        ["BreakGlass:Stand_{"] = Names<CaseManagement.Web.Features.BreakGlass.BreakGlassStand>("Stand_"),
        ["BreakGlass:End_{"] = ["End_NotNeeded", "End_Over"],
        ["Delegations:Kind_{"] = Names<CaseManagement.Domain.Tasks.TaskKind>("Kind_"),
        ["Lessons:State_{"] = Split("State_", "Proposed Returned Withdrawn"),
        ["Lessons:Wrong_{"] = Split("Wrong_", "required too-long personal-data"),
        ["Registers:State_{"] = Split("State_", "All Open Late Done"),
        ["Account:Duty_{"] = Split("Duty_", "Password Authenticator"),
        ["Templates:Channel_{"] = Split("Channel_", "email sms webhook letter inbox phone fax board"),
        ["Cases:Lang_{"] = Split("Lang_", "zh-CN en"),
        ["Portal:Title_{"] = Split("Title_", "complaint consultation suggestion"),
        ["Portal:Received_{"] = Split("Received_", "complaint consultation suggestion"),
        ["Follow:CaseTitle_{"] = Split("CaseTitle_", "complaint consultation suggestion"),
        ["Follow:Withdraw_{"] = Split("Withdraw_", "complaint consultation suggestion"),
        ["Follow:WithdrawTitle_{"] = Split("WithdrawTitle_", "complaint consultation suggestion"),
        ["Portal:Heading_{"] = Split("Heading_", "complaint consultation suggestion"),
        ["Errors:{"] = new[] { 400, 403, 404, 409, 429, 500, 503 }
            .SelectMany(code => Split(new ErrorPage(code, "").Kind, "Title What Do")),
    };

    // Keys chosen by a condition, or handed to a text by code.
    private static readonly string[] Conditional =
    [
        "Shared:WorkingDays", "Shared:WorkingHours", "Shared:Editing", "Shared:Edit", "Shared:Yes", "Shared:No",
        "Shared:OpenTasks", "Shared:OpenFailures",
        "Shared:SingleKeysOn", "Shared:SingleKeysOff", "Shared:SwitchOn", "Shared:SwitchOff",
        "Shared:FileCovered", "Shared:FileFromComplainant", "Shared:FileNotTaken", "Shared:FilePending", "Shared:FileRefused", "Shared:FileTellsPlace", "Shared:FileTellsPlaceDesk", "Shared:OpenMails",
        "Cases:Watch", "Cases:Unwatch", "Jobs:Lead", "Jobs:LeadOwn", "Keys:Keys", "Keys:MyKeys",
        "Limits:MayPauseBy", "Limits:MayResumeBy", "Limits:MayExtendBy", "Limits:MayPromiseBy", "Limits:PauseBefore", "Limits:PromiseBefore",
        "Bindings:ChannelKnown", "Bindings:ChannelNew", "Bindings:InChart", "Bindings:NotInChart", "Bindings:KeepBound", "Bindings:KeepOpen",
        "BreakGlass:EndedAt", "BreakGlass:OpenUntil", "BreakGlass:ReviewBy", "BreakGlass:ReviewLate",
        "Audit:LastGood", "Audit:LastBad", "Audit:StaysBroken", "Limits:MoveNow", "Limits:MoveTitle", "Limits:RemoveNow", "Limits:RemoveTitle",
        "Templates:NameZh", "Templates:NameEn", "Templates:SubjectZh", "Templates:SubjectEn", "Templates:BodyZh", "Templates:BodyEn",
        "Templates:ExampleIn_zh-CN", "Templates:ExampleIn_en",
        "SignIn:OidcRefused", "SignIn:OidcNotLinked", "SignIn:OidcLinkedElsewhere", "SignIn:OidcOtherPerson", "SignIn:OidcUnavailable", "Groups:GroupsMean", "Groups:NoProviders",
        "Users:InvitationHolds", "Users:ResetHolds", "Users:NoSuchRole", "Users:OnlyWhole", "Users:WithCode", "Users:WithPassword",
        .. Split("Templates:template-", "block helper name open partial too-long too-many-tags unescaped unknown"),
        .. Split("Shared:FileKind_", "amr docx heic jpeg jpg m4a mov mp3 mp4 pdf png txt webp xlsx zip"),
        .. Split("Lessons:", "Situation Cause Measures Advice None NoneFound Release PutForward"),
        "Records:ByLaw", "Records:OfDraft", "Records:OfVersion", "Records:DueAlready", "Records:DueMonth", "Records:DueYear", "Records:DueLater",
        "Shared:DateFull", "Shared:DateFullYear", "Shared:DateBrief", "Shared:DateBriefYear", "Shared:DateList", "Shared:DateListYear",
    ];

    public static TheoryData<string> Resources() =>
        new(Directory.EnumerateFiles(Repository.File("Web/Features"), "*Text.resx", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)));

    [Theory, MemberData(nameof(Resources))]
    public void Chinese_and_English_have_the_same_texts(string file)
    {
        var chinese = Read(Repository.File(file));
        var english = Read(Repository.File(Path.ChangeExtension(file, ".en.resx")));

        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese.Concat(english), text => Assert.NotEqual("", text.Value));
        // a date's pattern takes of year, month, day, weekday and month name what its language needs
        Assert.All(chinese.Where(text => !text.Key.StartsWith("Date", StringComparison.Ordinal)), text => Assert.Equal(Placeholders(text.Value), Placeholders(english[text.Key])));
    }

    [Theory, MemberData(nameof(Resources))]
    public void English_holds_no_Chinese(string file)
    {
        var english = Read(Repository.File(Path.ChangeExtension(file, ".en.resx")));

        // the switch names the other language in that language
        Assert.DoesNotContain(english, text => Chinese().IsMatch(text.Value) && !text.Key.StartsWith("OtherLanguage", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_that_is_asked_for_exists_and_every_text_is_asked_for()
    {
        var existing = Resources().Select(row => row.Data)
            .SelectMany(file => Read(Repository.File(file)).Keys.Select(key => $"{Views.FeatureOf(Repository.File(file))}:{key}"))
            .ToHashSet();

        var asked = Asked().ToHashSet();

        var (missing, idle) = (string.Join(' ', asked.Except(existing).Order()), string.Join(' ', existing.Except(asked).Order()));
        Assert.True(missing.Length + idle.Length == 0, $"Asked for and not there: {missing}\nThere and not asked for: {idle}");
    }

    [Fact]
    public void No_view_holds_a_literal_text()
    {
        var literals = Views.Razor
            .SelectMany(file => Views.LiteralsOf(File.ReadAllText(file)).Select(text => $"{Path.GetFileName(file)}: {text}"))
            .Where(text => !Allowed().IsMatch(text));

        Assert.True(!literals.Any(), string.Join(Environment.NewLine, literals));
    }

    [Theory]
    [InlineData("<p>Hello there</p>", "Hello there")]
    [InlineData("<p>@T[\"A\"] 件</p>", "件")]
    [InlineData("@if (x) { <b>late</b> }", "late")]
    [InlineData("<a title=\"Open it\">@x</a>", "Open it")]
    public void The_scanner_sees_a_literal(string razor, string literal) =>
        Assert.Contains(Views.LiteralsOf(razor), text => text.Contains(literal, StringComparison.Ordinal));

    [Fact]
    public void No_code_holds_Chinese_text()
    {
        // comments may quote a text; strings may not hold one
        var lines = Views.CSharp.SelectMany(file => File.ReadLines(file)
            .Where(line => Chinese().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.Empty(lines);
    }

    private static IEnumerable<string> Asked()
    {
        foreach (var file in Views.Razor.Concat(Views.CSharp))
        {
            foreach (Match match in Ask().Matches(File.ReadAllText(file)))
            {
                var shared = match.Groups[1].Value == "S" || Views.FeatureOf(file) == "Shared" || Views.FeatureOf(file) == "TagHelpers";
                var key = $"{(shared ? "Shared" : Views.FeatureOf(file))}:{match.Groups[3].Value}";
                if (match.Groups[2].Value == "$")
                {
                    var pattern = key[..(key.IndexOf('{', StringComparison.Ordinal) + 1)];
                    Assert.True(Picked.TryGetValue(pattern, out var keys), $"{pattern} in {Path.GetFileName(file)} is not listed.");
                    foreach (var one in keys!)
                    {
                        yield return $"{key[..key.IndexOf(':', StringComparison.Ordinal)]}:{one}";
                    }
                }
                else
                {
                    yield return key;
                }
            }
        }

        foreach (var key in Conditional)
        {
            yield return key;
        }
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(file).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order();

    private static IEnumerable<string> Names<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + name);

    private static IEnumerable<string> Split(string prefix, string names) => names.Split(' ').Select(name => prefix + name);

    [GeneratedRegex(@"\b(S|T|text)\[(\$?)""([^""]+)""")]
    private static partial Regex Ask();

    [GeneratedRegex(@"\{(\d)")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\u4E00-\u9FFF]")]
    private static partial Regex Chinese();

    // names of keys on the keyboard, of a standard, and of the languages in themselves
    [GeneratedRegex(@": (Ctrl|Alt|Enter|Esc|SHA-256|中文|English)$")]
    private static partial Regex Allowed();
}

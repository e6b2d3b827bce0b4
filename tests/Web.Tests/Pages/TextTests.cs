using System.Globalization;
using System.Reflection;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Tests;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Features.Account;
using CaseManagement.Web.Features.Audit;
using CaseManagement.Web.Features.BreakGlass;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Channels;
using CaseManagement.Web.Features.Checks;
using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Features.Groups;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Keys;
using CaseManagement.Web.Features.Letters;
using CaseManagement.Web.Features.Moves;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Quarantine;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Features.Simulation;
using CaseManagement.Web.Features.Templates;
using CaseManagement.Web.Features.Users;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Tests.Pages;

public sealed partial class TextTests
{
    private static readonly string[] Languages = ["zh-CN", "en"];

    public static TheoryData<Type> Resources() =>
    [
        typeof(PageWords), typeof(RuleWords), typeof(CaseWords), typeof(EventWords), typeof(RefusalWords), typeof(InboxWords), typeof(IntakeWords),
        typeof(SimulationWords), typeof(UsersText), typeof(AccountText), typeof(KeysText), typeof(SignInText), typeof(FindingAdvice), typeof(HistoryTexts),
        typeof(TemplatesText), typeof(ChannelsText), typeof(QuarantineText), typeof(LettersText), typeof(AuditText), typeof(GroupsText), typeof(ChecksText), typeof(BreakGlassText), typeof(EditorWords), typeof(ApiText),
    ];

    [Theory, MemberData(nameof(Resources))]
    public void Chinese_and_English_have_the_same_texts_with_the_same_places(Type resource)
    {
        var (chinese, english) = (All(resource, "zh-CN"), All(resource, "en"));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese, text => Assert.Equal(Places(text.Value), Places(english[text.Key])));
        Assert.DoesNotContain(english, text => text.Value.Any(c => c is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public void Every_type_of_event_has_a_title_in_both_languages()
    {
        var types = typeof(CaseEvents).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.All(Languages, language => Assert.Empty(types.Except(All(typeof(EventWords), language).Keys)));
        Assert.All(Languages, language => Assert.Empty(types.Select(t => "Type_" + t).Except(All(typeof(AuditText), language).Keys)));
    }

    /// <summary>What is recorded of configuration, access, reads and operations: the types that are written where it is recorded.</summary>
    [Fact]
    public void Every_type_of_event_that_is_recorded_beside_cases_has_a_title_in_both_languages()
    {
        var types = Directory.EnumerateFiles(Path.Combine(SharedMaterial.Root, "Web"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Migrations", StringComparison.Ordinal) && Path.GetFileName(file) != "ApiScopes.cs").Select(File.ReadAllText)
            .SelectMany(text => Recorded().Matches(text).SelectMany(call => EventTypes().Matches(call.Value)).Concat(EventConstants().Matches(text)))
            .Select(m => m.Groups[1].Value).Where(type => !type.EndsWith(".json", StringComparison.Ordinal) && !type.EndsWith(".sig", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(types.Count, 80, int.MaxValue);

        Assert.All(Languages, language => Assert.Empty(types.Select(t => "Type_" + t).Except(All(typeof(AuditText), language).Keys)));
    }

    [Fact]
    public void Every_rule_of_cases_tasks_clocks_and_facts_has_a_text_in_both_languages()
    {
        var codes = new[] { typeof(ComplaintRules), typeof(ConfidentialityRules), typeof(TaskRules), typeof(CaseManagement.Domain.Clocks.ClockRules) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => ((Rule)f.GetValue(null)!).Code)
            .Concat(typeof(FactRefusals).GetFields().Select(f => (string)f.GetRawConstantValue()!))
            .ToList();

        Assert.All(Languages, language => Assert.Empty(codes.Except(All(typeof(RuleWords), language).Keys)));
    }

    /// <summary>Rules wherever they are declared, and the codes that are written where a request is refused.</summary>
    [Fact]
    public void Every_code_that_a_program_may_be_refused_with_is_said_in_both_languages()
    {
        var rules = new[] { typeof(Rule), typeof(MigrationRefusals), typeof(ApiTexts) }
            .Select(t => t.Assembly).SelectMany(a => a.GetTypes()).SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(Rule) && f.DeclaringType?.ContainsGenericParameters == false).Select(f => ((Rule)f.GetValue(null)!).Code).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(rules.Count, 100, int.MaxValue);
        var written = Directory.EnumerateFiles(Path.Combine(SharedMaterial.Root, "Web"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(text => Refusals().Matches(text)).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).ToList();
        Assert.InRange(written.Count, 20, int.MaxValue);

        foreach (var language in Languages)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var texts = new ApiTexts(Localizer<ApiText>(), Localizer<RuleWords>(), Localizer<RefusalWords>(), Localizer<UsersText>());
            Assert.DoesNotContain(rules.Concat(written), code => texts.Say(code) is null);
        }
    }

    [Fact]
    public void Every_rule_of_roles_and_every_scope_of_a_key_has_a_text_in_both_languages()
    {
        var rules = typeof(RoleRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => "Rule_" + ((Rule)f.GetValue(null)!).Code).ToList();
        var faults = Enum.GetNames<PasswordFault>().Select(name => "Password_" + name);

        Assert.All(Languages, language => Assert.Empty(rules.Except(All(typeof(UsersText), language).Keys)));
        Assert.All(Languages, language => Assert.Empty(ApiScopes.All.Select(scope => "Scope_" + scope).Except(All(typeof(KeysText), language).Keys)));
        Assert.All(Languages, language => Assert.Empty(faults.Except(All(typeof(SignInText), language).Keys)));
    }

    [Fact]
    public void Every_reason_why_a_case_cannot_move_has_a_text_in_both_languages()
    {
        var codes = typeof(MigrationRefusals).GetFields().Select(f => (string)f.GetRawConstantValue()!)
            .Concat(typeof(MigrationRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Rule)f.GetValue(null)!).Code))
            .ToList();

        Assert.All(Languages, language => Assert.Empty(codes.Except(All(typeof(RefusalWords), language).Keys)));
    }

    [Fact]
    public void Every_part_of_a_process_its_members_and_what_they_may_be_are_named_in_both_languages()
    {
        static IEnumerable<Member> All(IEnumerable<Member> members) => members.SelectMany(member => All(member.Members).Prepend(member));
        var keys = PartKinds.All.SelectMany(kind => new[] { $"k.{kind.Key}", $"k.{kind.Key}.about" }
                .Concat(All(kind.Members).SelectMany(member => (member.Source.StartsWith('=') ? member.Source[1..].Split('|').Select(word => $"w.{word}") : []).Append($"m.{member.Label}"))))
            .ToHashSet();

        Assert.All(Languages, language => Assert.Empty(keys.Except(TextTests.All(typeof(EditorWords), language).Keys)));
    }

    [Fact]
    public void Every_finding_says_how_to_mend_it_in_both_languages()
    {
        var codes = new[] { typeof(FindingCodes), typeof(PlanFindings) }.SelectMany(t => t.GetFields()).Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.All(Languages, language => Assert.Empty(codes.Except(All(typeof(FindingAdvice), language).Keys)));
    }

    [Theory]
    [InlineData("zh-CN", "这一步不被允许（moon-phase）。没有改动任何东西。")]
    [InlineData("en", "This is not allowed (moon-phase). Nothing has changed.")]
    public void A_rule_without_a_text_of_its_own_is_named(string language, string said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(said, new RuleTexts(Localizer<RuleWords>()).Say(new Rule("moon-phase", "x"), null));
    }

    private static Dictionary<string, string> All(Type resource, string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var localizer = Services().GetRequiredService<IStringLocalizerFactory>().Create(resource);
        return localizer.GetAllStrings(includeParentCultures: language == "zh-CN").ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal);
    }

    private static IStringLocalizer<T> Localizer<T>() => Services().GetRequiredService<IStringLocalizer<T>>();

    private static ServiceProvider Services() => new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    [System.Text.RegularExpressions.GeneratedRegex(@"(?:RecordAsync|RecordRoleAsync|ChainedAsync|OnceAnHourAsync|ChangeAsync|StoreAsync|DecideAsync)\([^;]*;")]
    private static partial System.Text.RegularExpressions.Regex Recorded();

    [System.Text.RegularExpressions.GeneratedRegex("\"([a-z]+(?:-[a-z]+)*(?:\\.[a-z-]+)+)\"")]
    private static partial System.Text.RegularExpressions.Regex EventTypes();

    [System.Text.RegularExpressions.GeneratedRegex("const string \\w+ = \"([a-z]+(?:-[a-z]+)*(?:\\.[a-z-]+)+)\";")]
    private static partial System.Text.RegularExpressions.Regex EventConstants();

    [System.Text.RegularExpressions.GeneratedRegex("new (?:ApiProblemException|ApiProblem)\\(\\s*StatusCodes\\.\\w+,\\s*\"([^\"]+)\"|new InputProblem\\([^,()]+,\\s*\"([^\"]+)\"")]
    private static partial System.Text.RegularExpressions.Regex Refusals();

    private static IEnumerable<string> Places(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct().Order();
}

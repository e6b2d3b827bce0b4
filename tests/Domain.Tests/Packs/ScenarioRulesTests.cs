using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Tests.Classification;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>Rules that the packs' own scenarios try alone, and the values they submit.</summary>
public sealed class ScenarioRulesTests
{
    [Theory]
    [MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void Tables_give_what_the_scenarios_calculate(string name)
    {
        var pack = SharedPacks.Read(name);
        foreach (var step in SharedPacks.Steps(pack, "calculate").Where(step => step.GetProperty("calculate").TryGetProperty("table", out _)))
        {
            var asked = step.GetProperty("calculate");
            var table = pack.Tables[asked.GetProperty("table").GetString()!];

            var decision = table.Evaluate(Given(pack, asked.GetProperty("facts")), pack.Levels);

            foreach (var expected in step.GetProperty("expect").GetProperty("outputs").EnumerateObject())
            {
                Assert.Equal(FactCoercion.Coerce(pack.Facts.Find(expected.Name)!, expected.Value).Value, decision.Output.Facts[expected.Name]);
            }
        }
    }

    [Fact]
    public void The_scenarios_calculate_tables_on_both_sides_of_a_bound()
    {
        var tables = SharedPacks.Names.Select(SharedPacks.Read)
            .SelectMany(pack => SharedPacks.Steps(pack, "calculate"))
            .Count(step => step.GetProperty("calculate").TryGetProperty("table", out _));

        Assert.True(tables >= 5, "The scenarios no longer try tables alone, so the test above proves nothing.");
    }

    [Theory]
    [MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void Everything_the_scenarios_submit_is_accepted(string name)
    {
        var pack = SharedPacks.Read(name);
        var forms = SharedPacks.Steps(pack, "complete").Select(step => step.GetProperty("complete"))
            .Where(complete => complete.TryGetProperty("data", out _))
            .SelectMany(complete => complete.GetProperty("data").EnumerateObject())
            .Select(member => (member, FactOrigin.Form));
        var typed = SharedPacks.Steps(pack, "facts")
            .SelectMany(step => step.GetProperty("facts").GetProperty("set").EnumerateObject())
            .Select(member => (member, FactOrigin.Handler));
        var registered = SharedPacks.Steps(pack, "register").Select(step => step.GetProperty("register"))
            .Where(register => register.TryGetProperty("facts", out _))
            .SelectMany(register => register.GetProperty("facts").EnumerateObject())
            .Select(member => (member, pack.Facts.Find(member.Name)!.By == FactSource.Reference ? FactOrigin.Administrator : FactOrigin.Handler));

        Assert.All(forms.Concat(typed).Concat(registered), submitted =>
        {
            var result = pack.Facts.Accept(submitted.member.Name, submitted.member.Value, submitted.Item2, pack.Identity.Zone);
            Assert.True(result.IsGood, $"{submitted.member}: {result.Refusal}");
        });
    }

    [Theory]
    [InlineData("lossAmount", "499.99", "ordinary", "Goodwill")]
    [InlineData("lossAmount", "500", "major", "Property")]
    [InlineData("lossAmount", "null", "ordinary", "Goodwill")]
    public void A_property_loss_is_major_from_five_hundred_yuan(string fact, string value, string level, string port)
    {
        var pack = SharedPacks.Read("appliance-retail-major-complaints");
        var complaint = Given(pack, JsonDocument.Parse($$"""{"harms": ["property"], "{{fact}}": {{value}}}""").RootElement);

        Assert.Equal(level, pack.Tables["level"].Evaluate(complaint, pack.Levels).Output.Facts["level"].Text);
        Assert.Equal([port], pack.Tables["types"].Evaluate(complaint, pack.Levels).Output.Outcomes);
    }

    [Fact]
    public void A_complaint_of_three_types_takes_three_ports()
    {
        var pack = SharedPacks.Read("appliance-retail-major-complaints");
        var complaint = Given(pack, JsonDocument.Parse("""{"harms": ["lawsuit", "injury", "media"]}""").RootElement);

        var decision = pack.Tables["types"].Evaluate(complaint, pack.Levels);

        Assert.Equal(["Injury", "Media", "Lawsuit"], decision.Output.Outcomes);
        Assert.Equal("loss-prevention", decision.Output.Facts["lead"].Text);
    }

    [Fact]
    public void Departments_are_collected_and_the_gravest_matter_leads()
    {
        var pack = SharedPacks.Read("hospital-patient-complaints");
        var complaint = Given(pack, JsonDocument.Parse("""{"matters": ["billing", "nursing", "medical"]}""").RootElement);

        var departments = pack.Tables["routing"].Evaluate(complaint, pack.Levels).Output.Facts["departments"];
        complaint["departments"] = departments;
        var lead = pack.Tables["lead"].Evaluate(complaint, pack.Levels);

        Assert.Equal(["medical-affairs", "nursing", "finance"], departments.List!);
        Assert.Equal("medical-affairs", lead.Output.Facts["lead"].Text);
        Assert.Equal("最重一项：医疗质量与纠纷", lead.Why!.Zh);
    }

    [Theory]
    [InlineData("lifts", "engineering")]
    [InlineData("vehicles", "security")]
    [InlineData("management", "service")]
    public void Routing_follows_the_category_tree(string category, string lead)
    {
        var pack = SharedPacks.Read("property-owner-complaints");
        var complaint = new Complaint(pack.Categories).With("category", FactValue.Of(category));

        Assert.Equal(lead, pack.Tables["routing"].Evaluate(complaint, pack.Levels).Output.Facts["lead"].Text);
    }

    [Theory]
    [InlineData(2, null, "general")]
    [InlineData(3, null, "hot")]
    [InlineData(9, null, "hot")]
    [InlineData(10, null, "major")]
    [InlineData(3, "filed", "major")]
    public void Owners_who_complain_together_raise_the_level(int people, string? litigation, string level)
    {
        var pack = SharedPacks.Read("property-owner-complaints");
        var complaint = new Complaint(pack.Categories).With("people", FactValue.Of(people)).With("litigation", FactValue.Of(litigation));

        Assert.Equal(level, pack.Tables["level"].Evaluate(complaint, pack.Levels).Output.Facts["level"].Text);
    }

    [Theory]
    [InlineData("major", "quality-major", 12)]
    [InlineData("ordinary", "quality-ordinary", 8)]
    public void The_first_limit_of_a_clock_whose_condition_holds_is_in_force(string level, string key, int hours)
    {
        var pack = SharedPacks.Read("dealer-channel-complaints");

        var limit = pack.LimitFor("quality", new Complaint().With("level", FactValue.Of(level)))!;

        Assert.Equal(key, limit.Key);
        Assert.Equal(hours, limit.Rule(pack.Settings(), pack.Facts).Amount);
        Assert.Null(pack.LimitFor("quality", new Complaint()));
    }

    [Fact]
    public void A_limit_follows_the_readings_that_were_chosen()
    {
        var pack = SharedPacks.Read("autoparts-quality-complaints");
        var next = pack.Limit("verify-next")!;

        Assert.Equal("verifiedAt", next.Rule(pack.Settings(), pack.Facts).From);
        var chosen = pack.Settings(new Dictionary<string, FactValue> { ["spacingFrom"] = FactValue.Of("verifyPlannedAt") });
        var rule = next.Rule(chosen, pack.Facts);
        Assert.Equal("verifyPlannedAt", rule.From);
        Assert.Equal("上次验证计划时间", rule.FromName!.Zh);
    }

    private static Complaint Given(ProcessPack pack, JsonElement facts)
    {
        var complaint = new Complaint(pack.Categories);
        foreach (var member in facts.EnumerateObject())
        {
            complaint[member.Name] = pack.Facts.Find(member.Name) is { } fact
                ? FactCoercion.Coerce(fact, member.Value, pack.Identity.Zone).ValueOrThrow()
                : member.Value.Deserialize<FactValue>()!;
        }

        // The one derived fact a table reads; value expressions are worked out by the workflow runtime.
        complaint.Derive("refundOpen", reader =>
            reader.Read("lossOn").Date is { } loss && reader.Read("purchasedOn").Date is { } bought
                ? FactValue.Of(loss <= bought.AddMonths(3))
                : FactValue.Unknown);
        return complaint;
    }
}

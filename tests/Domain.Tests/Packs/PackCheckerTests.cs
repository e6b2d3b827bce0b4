using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class PackCheckerTests
{
    private const string Standard = "standard-complaint";

    [Theory]
    [InlineData("pack.json", "calendar", "\"other\"", "calendar-unknown")]
    [InlineData("pack.json", "kinds[0].workflow", "\"other\"", "workflow-unknown")]
    [InlineData("pack.json", "kinds[0].form", "\"other\"", "form-unknown")]
    [InlineData("pack.json", "kinds[0].kind", "\"praise\"", "option-unknown")]
    [InlineData("pack.json", "changeApproval", "\"other\"", "chain-unknown")]
    [InlineData("pack.json", "openReadings", "[\"other\"]", "setting-unknown")]
    [InlineData("pack.json", "settings[+]", "{\"key\": \"new\", \"question\": {\"zh\": \"a\", \"en\": \"b\"}, \"type\": \"boolean\", \"default\": true}", "setting-unread")]
    [InlineData("pack.json", "labels.Watch", null, "label-missing")]
    [InlineData("pack.json", "policy.clauses[0].id", "\"99\"", "clause-uncited")]
    [InlineData("organisation.json", "roles[0].department", "\"other\"", "department-unknown")]
    [InlineData("facts.json", "facts[0].key", "\"people\"", "fact-redeclared")]
    [InlineData("facts.json", "facts[0].by", "\"derived\"", "value-missing")]
    [InlineData("facts.json", "facts[0].type", "\"choice\"", "options-missing")]
    [InlineData("facts.json", "facts[0].type", "\"rows\"", "value-missing")]
    [InlineData("facts.json", "facts[5].max", "-1", "value-wrong")]
    [InlineData("facts.json", "facts[+]", "{\"key\": \"d\", \"name\": {\"zh\": \"a\", \"en\": \"b\"}, \"type\": \"number\", \"by\": \"derived\", \"value\": \"people * factor\"}", "fact-unknown")]
    [InlineData("forms.json", "forms[0].fields[3].fact", "\"other\"", "fact-unknown")]
    [InlineData("forms.json", "forms[0].fields[3]", "{\"fact\": \"supporting\", \"required\": true}", "fact-not-writable")]
    [InlineData("forms.json", "forms[0].fields[3]", "{\"fact\": \"clock:reply\", \"required\": true}", "fact-not-writable")]
    [InlineData("forms.json", "forms[0].fields[3]", "{\"fact\": \"product\", \"minRows\": 1}", "value-wrong")]
    [InlineData("forms.json", "forms[1].fields[0].required", "[{\"taskOutcome\": \"Dnoe\"}]", "option-unknown")]
    [InlineData("forms.json", "forms[0].signatures", "[{\"key\": \"s\", \"name\": {\"zh\": \"a\", \"en\": \"b\"}, \"perRow\": \"product\"}]", "value-wrong")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"wound\": true}", "fact-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"injury\": \"yes\"}", "option-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"people\": \"many\"}", "option-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"channel\": \"phone, fax\"}", "option-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"channel\": \">= 3\"}", "value-wrong")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"people\": \"count >= 3\"}", "value-wrong")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"people\": \">= crowd\"}", "fact-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"people\": \">= settings.crowd\"}", "setting-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"count:other\": \">= 3\"}", "counter-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"clock:other\": \"met\"}", "clock-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"clock:reply\": \"late\"}", "option-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"approval:other\": \"approved\"}", "chain-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"rounds:other\": 1}", "plan-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"document:other\": \"signed\"}", "template-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"signed:handling.other\": true}", "signature-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].if", "{\"task:other\": \"Done\"}", "task-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].clause", "\"77\"", "clause-unknown")]
    [InlineData("tables.json", "tables[0].rows[0].then", "{\"closedAt\": \"2026-01-01T00:00:00Z\", \"level\": \"serious\"}", "fact-not-writable")]
    [InlineData("tables.json", "tables[0].rows[0].then", "{\"people\": 3}", "value-missing")]
    [InlineData("tables.json", "tables[0].otherwise", null, "table-without-otherwise")]
    [InlineData("tables.json", "tables[1].key", "\"other\"", "table-unused")]
    [InlineData("tables.json", "tables[1].key", "\"other\"", "table-unknown")]
    [InlineData("tables.json", "tables[0].hit", "\"unique\"", "table-overlap")]
    [InlineData("limits.json", "limits[0].from", "\"subject\"", "fact-not-a-moment")]
    [InlineData("limits.json", "limits[0].from", "\"heardAt\"", "fact-unknown")]
    [InlineData("limits.json", "limits[0].from", "{\"setting\": \"other\"}", "setting-unknown")]
    [InlineData("limits.json", "limits[0].ifNonWorking", "{\"setting\": \"other\"}", "setting-unknown")]
    [InlineData("limits.json", "limits[0].to", "\"subject\"", "fact-not-a-moment")]
    [InlineData("limits.json", "limits[0].unit", "\"fortnights\"", "limit-invalid")]
    [InlineData("limits.json", "limits[0].amount", null, "limit-invalid")]
    [InlineData("limits.json", "limits[5].promised", null, "limit-invalid")]
    [InlineData("limits.json", "limits[0].calendar", "\"other\"", "calendar-unknown")]
    [InlineData("limits.json", "limits[1].pause", "[\"other\"]", "pause-reason-unknown")]
    [InlineData("limits.json", "limits[1].extend.approval", "\"other\"", "chain-unknown")]
    [InlineData("limits.json", "limits[0].rungs", "[]", "clock-without-rung")]
    [InlineData("limits.json", "limits[0].clock", "\"other\"", "clock-not-started")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0].notify", "[\"other\"]", "role-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0].notify", "[\"gm@lead\"]", "role-not-per-department")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0].notify", "[\"staff@other\"]", "department-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0].template", "\"other\"", "template-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"ask\": \"other\", \"who\": [\"gm\"]}", "form-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"raise\": \"worst\"}", "option-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"approve\": \"other\"}", "chain-unknown")]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"penalty\": \"other\", \"to\": \"gm\"}", "calculator-unknown")]
    [InlineData("calendars.json", "calendars[0].week", "{\"mon\": [], \"sat\": []}", "calendar-without-working-day")]
    [InlineData("approvals.json", "chains[0].steps[0].who", "\"other\"", "role-unknown")]
    [InlineData("approvals.json", "chains[0].covers", "[\"other\"]", "fact-unknown")]
    [InlineData("approvals.json", "chains[0].stamps", "\"subject\"", "fact-not-a-moment")]
    [InlineData("gates.json", "gates[0].action", "\"task:other\"", "action-unknown")]
    [InlineData("gates.json", "gates[0].action", "\"sing\"", "action-unknown")]
    [InlineData("gates.json", "gates[0].only", "[\"other\"]", "role-unknown")]
    [InlineData("gates.json", "gates[0].clause", "\"77\"", "clause-unknown")]
    [InlineData("templates.json", "templates[0].via", "[\"pigeon\"]", "member-wrong")]
    [InlineData("templates.json", "templates[0].to", "\"other\"", "role-unknown")]
    [InlineData("reports.json", "reports[0].measures[1].baseName", null, "share-without-base")]
    [InlineData("reports.json", "reports[0].measures[1].on", "\"subject\"", "fact-not-a-moment")]
    [InlineData("reports.json", "reports[0].by", "[\"other\"]", "fact-unknown")]
    [InlineData("reports.json", "reports[0].task", "{\"who\": [\"gm\"], \"form\": \"other\"}", "form-unknown")]
    [InlineData("records.json", "retention[0].from", "\"subject\"", "fact-not-a-moment")]
    [InlineData("records.json", "archive", "\"other\"", "department-unknown")]
    [InlineData("scenarios/happy-path.json", "process", "\"other\"", "scenario-foreign")]
    public void A_reference_that_leads_nowhere_is_found(string file, string path, string? json, string code)
    {
        var findings = new EditedPack(Standard).Set(file, path, json).Findings();

        Assert.Contains(findings, finding => finding.Code == code && finding.Message.IsComplete && finding.JsonPath[0] == '$');
    }

    [Theory]
    [InlineData("calculators.json", "calculators[0].rows[0].value", "\"basePoints * weight\"", "fact-unknown")]
    [InlineData("calculators.json", "calculators[0].rows[0].value", "\"settings.other\"", "setting-unknown")]
    [InlineData("calculators.json", "calculators[0].approval", "\"other\"", "chain-unknown")]
    [InlineData("calculators.json", "calculators[0].total", "\"cause\"", "fact-not-writable")]
    [InlineData("calculators.json", "calculators[0].to", "\"other\"", "role-unknown")]
    [InlineData("verifications.json", "plans[0].clock", "\"other\"", "clock-unknown")]
    [InlineData("verifications.json", "plans[0].form", "\"other\"", "form-unknown")]
    [InlineData("verifications.json", "plans[0].plannedFact", "\"cause\"", "fact-not-a-moment")]
    [InlineData("verifications.json", "plans[0].review.who", "[\"other\"]", "role-unknown")]
    [InlineData("counters.json", "counters[0].same", "[\"other\"]", "fact-unknown")]
    [InlineData("counters.json", "counters[0].of", "\"award:other\"", "calculator-unknown")]
    [InlineData("counters.json", "counters[0].reach", "\"sideways\"", "value-wrong")]
    [InlineData("templates.json", "templates[2].attach", "[\"cause\"]", "fact-unknown")]
    [InlineData("pack.json", "settings[0].options[0].key", "\"cause\"", "fact-not-a-moment")]
    public void Money_verification_and_counting_are_looked_at_as_well(string file, string path, string json, string code)
    {
        var findings = new EditedPack("autoparts-quality-complaints").Set(file, path, json)
            .Set("pack.json", "settings[0].default", file == "pack.json" ? json : "\"verifiedAt\"")
            .Findings();

        Assert.Contains(findings, finding => finding.Code == code);
    }

    [Theory]
    [InlineData("{\"people\": \"< 3\"}", "{\"people\": \">= 3\"}", false)]
    [InlineData("{\"people\": \"<= 3\"}", "{\"people\": \">= 3\"}", true)]
    [InlineData("{\"people\": \"[1..3)\"}", "{\"people\": \"[3..9]\"}", false)]
    [InlineData("{\"people\": \"(3..4)\"}", "{\"people\": \"> 3, 2\"}", true)]
    [InlineData("{\"people\": \"< settings.objectionDays\"}", "{\"people\": \">= settings.objectionDays\"}", false)]
    [InlineData("{\"people\": \"<= settings.objectionDays\"}", "{\"people\": \">= settings.objectionDays\"}", true)]
    [InlineData("{\"channel\": \"phone\"}", "{\"channel\": \"web, letter\"}", false)]
    [InlineData("{\"channel\": \"not(phone)\"}", "{\"channel\": \"web\"}", true)]
    [InlineData("{\"channel\": \"not(phone)\"}", "{\"channel\": \"phone, null\"}", true)]
    [InlineData("{\"category\": \"service\"}", "{\"category\": \"speed\"}", true)]
    [InlineData("{\"category\": \"service\"}", "{\"category\": \"goods\"}", false)]
    [InlineData("{\"departments\": \"service\"}", "{\"departments\": \"quality\"}", true)]
    [InlineData("{\"departments\": \"count < 2\"}", "{\"departments\": \"count >= 2\"}", false)]
    [InlineData("{\"injury\": true}", "{\"injury\": \"not(true)\"}", false)]
    [InlineData("{\"injury\": true, \"people\": 3}", "{\"injury\": false, \"people\": 3}", false)]
    [InlineData("{\"injury\": true}", "{\"people\": 3}", true)]
    [InlineData("[{\"injury\": true}, {\"media\": true}]", "[{\"injury\": false, \"media\": \"null, false\"}]", false)]
    public void Two_rows_of_a_unique_table_that_can_both_match_are_found(string first, string second, bool overlap)
    {
        string Row(string condition) => $$$"""{"if": {{{condition}}}, "then": {"lead": "service"}, "why": {"zh": "a", "en": "b"}}""";
        var pack = new EditedPack(Standard)
            .Set("tables.json", "tables[1].hit", "\"unique\"")
            .Set("tables.json", "tables[1].rows", $"[{Row(first)}, {Row(second)}]");

        Assert.Equal(overlap, pack.Findings().Any(finding => finding.Code == FindingCodes.TableOverlap));
    }

    [Fact]
    public void A_rung_that_can_never_act_is_a_warning()
    {
        var findings = new EditedPack("icp-website-reports").Set("limits.json", "limits[1].rungs[0].at", "\"due\"").Findings();

        Assert.Equal((FindingCodes.LimitInvalid, FindingSeverity.Warning), (Assert.Single(findings).Code, findings[0].Severity));
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>limits.json</c>.</summary>
internal static partial class LimitsReader
{
    private static readonly string[] ActionKinds = ["notify", "ask", "reason", "reassign", "raise", "approve", "penalty"];

    public static IReadOnlyList<LimitDefinition> Read(PackObject json) => json.Keyed("limits", Limit, limit => limit.Key, required: true);

    public static IReadOnlyList<Named> PauseReasons(PackObject json) => json.Keyed("pauseReasons", IdentityReader.Named, reason => reason.Key);

    public static LimitDefinition Limit(PackObject json)
    {
        var key = json.Key();
        if (!json.Has("unit"))
        {
            json.Missing("unit");
        }

        return new LimitDefinition(
            key, json.Names("name"), json.Has("clock") ? json.Key("clock") : key, json.Reading("unit") ?? PolicyReading.Of("none"))
        {
            When = json.Condition("when"),
            From = json.Reading("from"),
            To = json.TextOrNull("to"),
            Amount = json.Reading("amount"),
            Promised = json.TextOrNull("promised"),
            Calendar = json.TextOrNull("calendar"),
            CountFrom = json.Word<CountFrom>("countFrom", CountFrom.Instant),
            EndOf = json.Has("endOf") ? json.Word<EndOf>("endOf") : null,
            IfNonWorking = DayOff(json),
            Reset = json.Flag("reset"),
            Notice = json.TextOrNull("notice"),
            PauseReasons = json.Texts("pause"),
            Extension = Extension(json),
            May = May(json),
            Rungs = json.Keyed("rungs", Rung, rung => rung.Rung.Key, required: true),
            Clauses = json.Clauses(),
        };
    }

    private static PolicyReading DayOff(PackObject json) => json.Member("ifNonWorking") is { ValueKind: JsonValueKind.Object }
        ? json.Reading("ifNonWorking")!
        : PolicyReading.Of(json.Word<IfNonWorking>("ifNonWorking", IfNonWorking.Keep).ToString().ToLowerInvariant());

    private static ExtensionRule? Extension(PackObject json)
    {
        if (json.Object("extend") is not { } extend)
        {
            return null;
        }

        var max = extend.Object("max");
        var rule = new ExtensionRule
        {
            Times = extend.Whole("times"),
            Max = max is null ? null : Length(max, extend),
            Approval = extend.TextOrNull("approval"),
            ReasonRequired = !extend.Has("reason") || extend.Flag("reason"),
            Before = extend.Has("before") ? Time(extend, "before") : null,
        };
        max?.Finish();
        extend.Finish();
        return rule;
    }

    private static List<ClockDeedRule> May(PackObject json)
    {
        var rules = new List<ClockDeedRule>();
        if (json.Object("may") is not { } may)
        {
            return rules;
        }

        foreach (var deed in Enum.GetValues<ClockDeed>())
        {
            if (may.Object(Word(deed)) is { } rule)
            {
                // until when more time may be asked for stands in "extend"; a pause may end at any time
                var isBounded = deed is ClockDeed.Pause or ClockDeed.Promise;
                if (!isBounded && rule.Has("before"))
                {
                    rule.Wrong("before", "只有暂停和承诺可以限定时间；延期的时间写在 extend 里", "only pause and promise have a last moment; that of an extension stands in extend");
                }

                var before = isBounded && rule.Has("before") ? Time(rule, "before") : null;
                rules.Add(new ClockDeedRule(deed) { Who = rule.Texts("who"), Before = before });
                rule.Finish();
            }
        }

        may.Finish();
        return rules;
    }

    /// <summary>A deed as packs write it.</summary>
    internal static string Word(ClockDeed deed) => deed.ToString().ToLowerInvariant();

    private static Duration? Length(PackObject json, PackObject extend)
    {
        var amount = json.Number("amount") ?? 0;
        var unit = json.Word<LimitUnit>("unit");
        try
        {
            return new Duration(amount, unit);
        }
        catch (InvalidTimeRuleException refused)
        {
            extend.Error(FindingCodes.LimitInvalid, "max", TimeRuleText.Of(refused).Zh, refused.Message);
            return null;
        }
    }

    private static RungDefinition Rung(PackObject json)
    {
        // how many may be left to a setting; until it is read there is one of it
        var setting = SettingIn().Match(json.TextOrNull("at") ?? "") is { Success: true } open ? open.Groups[1].Value : null;
        var at = setting is null ? Time(json, "at") : Time(json, "at", SettingIn().Replace(json.Text("at"), "1", 1));
        return new RungDefinition(new Rung(json.Key(), at, [.. json.List("do", Action, required: true).OfType<RungAction>()]), json.Condition("when")) { Setting = setting };
    }

    private static RungTime Time(PackObject json, string name) => Time(json, name, json.Text(name));

    private static RungTime Time(PackObject json, string name, string text)
    {
        try
        {
            return text.Length == 0 ? RungTime.Due : RungTime.Parse(text);
        }
        catch (InvalidTimeRuleException refused)
        {
            var code = refused.Code == "duration.ambiguous" ? FindingCodes.DurationAmbiguous : FindingCodes.LimitInvalid;
            json.Error(code, name, TimeRuleText.Of(refused).Zh, refused.Message);
            return RungTime.Due;
        }
    }

    private static RungAction? Action(PackObject json)
    {
        var kinds = ActionKinds.Where(json.Has).ToList();
        if (kinds.Count != 1)
        {
            json.Findings.Error(
                FindingCodes.MemberWrong, json.File, json.Path,
                "每个动作只能是 notify、ask、reason、reassign、raise、approve、penalty 之一",
                "An action is exactly one of notify, ask, reason, reassign, raise, approve and penalty");
            return null;
        }

        return kinds[0] switch
        {
            "notify" => new NotifyAction(json.Texts("notify"), json.Text("template")),
            "ask" => new AskAction(json.Text("ask"), json.Texts("who", required: true)),
            "reason" => new ReasonAction(json.Text("reason")),
            "reassign" => new ReassignAction(json.Text("reassign")),
            "raise" => new RaiseAction(json.Text("raise") is "one" ? null : json.Text("raise")),
            "approve" => new ApproveAction(json.Text("approve")),
            _ => new PenaltyAction(json.Text("penalty"), json.Text("to")),
        };
    }

    [GeneratedRegex(@"settings\.([\w-]{1,100})", RegexOptions.CultureInvariant)]
    private static partial Regex SettingIn();
}

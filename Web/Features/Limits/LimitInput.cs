using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Limits;

/// <summary>What the editor's fields change, as members of a pack's limit.</summary>
/// <param name="Patch">The members that differ from the limit in force.</param>
/// <param name="Errors">What is wrong with which field, in the reader's language.</param>
/// <param name="StepAt">For each step of the patch its place on the form.</param>
internal sealed record LimitInput(JsonObject Patch, Dictionary<string, string> Errors, IReadOnlyList<int> StepAt)
{
    private const int LongestNumber = 20;
    private const int LongestText = 2_000;

    private static readonly IEqualityComparer<JsonNode?> SameJson = EqualityComparer<JsonNode?>.Create(JsonNode.DeepEquals);

    /// <summary>Steps and tests beyond these are not read.</summary>
    public const int MostSteps = TimeLimit.MaxRungs + 1;
    public const int MostTests = 50;
    public const int MostActions = 10;

    /// <summary>Reads what was typed. Nothing is stored.</summary>
    /// <param name="edit">As typed.</param>
    /// <param name="limit">The limit in force.</param>
    /// <param name="pack">The process.</param>
    /// <param name="calendars">Keys of the calendars there are.</param>
    /// <param name="text">The page's texts.</param>
    public static LimitInput Read(LimitEdit edit, LimitInForce limit, ProcessPack pack, IReadOnlySet<string> calendars, IStringLocalizer<LimitsText> text)
    {
        var shown = LimitEdit.Of(limit, pack);
        var reading = new LimitInput([], new Dictionary<string, string>(StringComparer.Ordinal), []);
        reading.ReadRule(edit, shown, limit.Rule, pack, calendars, text);
        return edit.All ? reading.ReadLists(edit, shown, pack, text) : reading;
    }

    /// <summary>What a proposal found wrong, beside the fields it comes from; the key is empty for the limit as a whole.</summary>
    public Dictionary<string, string> With(IEnumerable<LimitProblem> problems, string language)
    {
        var errors = new Dictionary<string, string>(Errors, StringComparer.Ordinal);
        foreach (var problem in problems)
        {
            errors.TryAdd(FieldOf(problem.Path), problem.Message.In(language));
        }

        return errors;
    }

    /// <summary>A unit, or another choice of a rule, as the API and the packs write it.</summary>
    public static string Word<T>(T choice)
        where T : struct, Enum
    {
        var name = choice.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private string FieldOf(string path)
    {
        if (path.StartsWith("rungs[", StringComparison.Ordinal) && path.IndexOf(']', StringComparison.Ordinal) is var end and > 0
            && int.TryParse(path[6..end], CultureInfo.InvariantCulture, out var at) && at < StepAt.Count)
        {
            var step = $"Steps[{StepAt[at]}]";
            return path[(end + 1)..] switch { ".at" => step + ".At", ".key" => step + ".Key", var part when part.StartsWith(".when", StringComparison.Ordinal) => step + ".When", _ => step };
        }

        return path switch
        {
            "" => "",
            "extend.times" => nameof(LimitEdit.ExtendTimes),
            "extend.approval" => nameof(LimitEdit.ExtendApproval),
            "extend.before" => nameof(LimitEdit.ExtendBefore),
            _ when path.StartsWith("extend.max", StringComparison.Ordinal) => nameof(LimitEdit.ExtendMax),
            _ when path.StartsWith("extend", StringComparison.Ordinal) => nameof(LimitEdit.Extendable),
            _ when path.StartsWith("when", StringComparison.Ordinal) => nameof(LimitEdit.When),
            _ when path.StartsWith("rungs", StringComparison.Ordinal) => nameof(LimitEdit.Steps),
            "name" => nameof(LimitEdit.NameZh),
            "may.pause.before" => nameof(LimitEdit.PauseBefore),
            "may.promise.before" => nameof(LimitEdit.PromiseBefore),
            _ when path.StartsWith("may.", StringComparison.Ordinal) => "May" + char.ToUpperInvariant(path[4]) + path[5..].Split('.', '[')[0],
            _ => char.ToUpperInvariant(path[0]) + path[1..].Split('.', '[')[0],
        };
    }

    private void ReadRule(
        LimitEdit edit, LimitEdit shown, TimeLimit now, ProcessPack pack, IReadOnlySet<string> calendars, IStringLocalizer<LimitsText> text)
    {
        var unit = edit.Unit is null ? now.Unit : LimitDefinition.UnitOf(FactValue.Of(edit.Unit));
        if (unit is null)
        {
            Errors[nameof(LimitEdit.Unit)] = text["UnitUnknown"];
        }
        else if (unit != now.Unit)
        {
            Patch["unit"] = Word(unit.Value);
        }

        // an amount that stands for a setting stays so unless another number is typed
        if (unit is { } counted && counted.TakesAmount() && (edit.Amount ?? edit.Unit) is not null && Amount(edit.Amount, counted, nameof(LimitEdit.Amount), text) is { } amount
            && amount != now.Amount)
        {
            Patch["amount"] = amount;
        }

        if (!string.IsNullOrEmpty(edit.Calendar) && edit.Calendar != shown.Calendar)
        {
            if (!calendars.Contains(edit.Calendar))
            {
                Errors[nameof(LimitEdit.Calendar)] = text["CalendarUnknown"];
            }

            Patch["calendar"] = edit.Calendar == pack.Identity.Calendar ? null : edit.Calendar;
        }

        // an empty field arrives as none
        var none = edit.All ? "" : null;
        Member("from", edit.From ?? none, shown.From);
        Member("to", edit.To ?? none, shown.To);
        Member("promised", edit.Promised ?? none, shown.Promised);
        Member("countFrom", edit.CountFrom, shown.CountFrom);
        Member("endOf", edit.EndOf, shown.EndOf);
        Member("ifNonWorking", edit.IfNonWorking, shown.IfNonWorking);

        void Member(string name, string? typed, string? kept)
        {
            if (typed is not null && typed != (kept ?? ""))
            {
                Patch[name] = typed.Length == 0 ? null : typed.Length > LongestText ? typed[..LongestText] : typed;
            }
        }
    }

    private LimitInput ReadLists(LimitEdit edit, LimitEdit shown, ProcessPack pack, IStringLocalizer<LimitsText> text)
    {
        if (edit.Reset != shown.Reset)
        {
            Patch["reset"] = edit.Reset;
        }

        if (!edit.Pause.Order().SequenceEqual(shown.Pause.Order(), StringComparer.Ordinal))
        {
            Patch["pause"] = edit.Pause.Count == 0 ? null : new JsonArray([.. edit.Pause.Take(MostTests)]);
        }

        if ((edit.Notice ?? "") != shown.Notice)
        {
            Patch["notice"] = string.IsNullOrEmpty(edit.Notice) ? null : edit.Notice;
        }

        var when = ConditionText.Json(edit.When.Take(MostTests), pack);
        if (!JsonNode.DeepEquals(when, ConditionText.Json(shown.When, pack)))
        {
            Patch["when"] = when;
        }

        ReadExtension(edit, shown, text);
        ReadMay(edit, shown, pack, text);
        return ReadSteps(edit, shown, pack, text);
    }

    private void ReadExtension(LimitEdit edit, LimitEdit shown, IStringLocalizer<LimitsText> text)
    {
        if ((edit.Extendable, edit.ExtendTimes ?? "", edit.ExtendMax ?? "", edit.ExtendMaxUnit, edit.ExtendApproval ?? "", edit.ExtendReason)
            == (shown.Extendable, shown.ExtendTimes, shown.ExtendMax, shown.ExtendMaxUnit, shown.ExtendApproval, shown.ExtendReason)
            && StepTime(edit.ExtendBefore, null, text) == StepTime(shown.ExtendBefore, null, text))
        {
            return;
        }

        if (!edit.Extendable)
        {
            Patch["extend"] = null;
            return;
        }

        var extend = new JsonObject();
        if (!string.IsNullOrWhiteSpace(edit.ExtendTimes))
        {
            if (int.TryParse(Typed(edit.ExtendTimes), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0)
            {
                extend["times"] = times;
            }
            else
            {
                Errors[nameof(LimitEdit.ExtendTimes)] = text["TimesUnreadable"];
            }
        }

        if (!string.IsNullOrWhiteSpace(edit.ExtendMax)
            && UnitOf(edit.ExtendMaxUnit, nameof(LimitEdit.ExtendMax), text) is { } unit && Amount(edit.ExtendMax, unit, nameof(LimitEdit.ExtendMax), text) is { } most)
        {
            extend["max"] = new JsonObject { ["amount"] = most, ["unit"] = Word(unit) };
        }

        if (!string.IsNullOrEmpty(edit.ExtendApproval))
        {
            extend["approval"] = edit.ExtendApproval;
        }

        if (StepTime(edit.ExtendBefore, nameof(LimitEdit.ExtendBefore), text) is { } before)
        {
            extend["before"] = before;
        }

        if (!edit.ExtendReason)
        {
            extend["reason"] = false;
        }

        Patch["extend"] = extend;
    }

    private void ReadMay(LimitEdit edit, LimitEdit shown, ProcessPack pack, IStringLocalizer<LimitsText> text)
    {
        var may = MayOf(edit, pack, text, said: true);
        if (!JsonNode.DeepEquals(may, MayOf(shown, pack, text, said: false)))
        {
            Patch["may"] = may.Count == 0 ? null : may;
        }
    }

    private JsonObject MayOf(LimitEdit edit, ProcessPack pack, IStringLocalizer<LimitsText> text, bool said)
    {
        var may = new JsonObject();
        foreach (var (deed, typed, before, field) in (ReadOnlySpan<(string, string?, StepTimeEdit?, string)>)
            [("pause", edit.MayPause, edit.PauseBefore, nameof(LimitEdit.PauseBefore)), ("resume", edit.MayResume, null, ""),
             ("extend", edit.MayExtend, null, ""), ("promise", edit.MayPromise, edit.PromiseBefore, nameof(LimitEdit.PromiseBefore))])
        {
            var rule = new JsonObject();
            if (Listed(typed, pack) is { Count: > 0 } who)
            {
                rule["who"] = new JsonArray([.. who]);
            }

            if (before is not null && StepTime(before, said ? field : null, text) is { } time)
            {
                rule["before"] = time;
            }

            if (rule.Count > 0)
            {
                may[deed] = rule;
            }
        }

        return may;
    }

    private static List<string> Listed(string? typed, ProcessPack pack) =>
        [.. (typed ?? "").Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostTests).Select(one => LimitChoices.CandidateOf(one, pack))];

    private LimitInput ReadSteps(LimitEdit edit, LimitEdit shown, ProcessPack pack, IStringLocalizer<LimitsText> text)
    {
        var kept = edit.Steps.Take(MostSteps).Select((step, at) => (Step: step, At: at))
            .Where(one => !one.Step.Remove && (!string.IsNullOrWhiteSpace(one.Step.Key) || !string.IsNullOrEmpty(one.Step.At.Anchor))).ToList();
        if (LimitEdit.Same(kept.Select(one => Plain(one.Step)), shown.Steps.Select(Plain))
            && kept.Select(one => ConditionText.Json(one.Step.When, pack)).SequenceEqual(shown.Steps.Select(one => ConditionText.Json(one.When, pack)), SameJson))
        {
            return this;
        }

        var steps = new JsonArray();
        foreach (var (step, at) in kept)
        {
            var field = $"Steps[{at}]";
            var rung = new JsonObject { ["key"] = Typed(step.Key) };
            if (string.IsNullOrWhiteSpace(step.Key))
            {
                Errors[field + ".Key"] = text["StepKeyMissing"];
            }

            if (StepTime(step.At, field + ".At", text) is { } time)
            {
                rung["at"] = time;
            }
            else
            {
                Errors.TryAdd(field + ".At", text["StepTimeMissing"]);
            }

            if (ConditionText.Json(step.When.Take(MostTests), pack) is { } when)
            {
                rung["when"] = when;
            }

            rung["do"] = new JsonArray([.. step.Do.Take(MostActions).Where(action => !string.IsNullOrEmpty(action.Kind)).Select(action => ActionOf(action, pack))]);
            steps.Add(rung);
        }

        Patch["rungs"] = steps;
        return this with { StepAt = [.. kept.Select(one => one.At)] };

        static StepEdit Plain(StepEdit step) => step with
        {
            Remove = false,
            When = [],
            At = step.At.Anchor == StepTimeEdit.Due ? new StepTimeEdit { Anchor = StepTimeEdit.Due } : step.At.Anchor == StepTimeEdit.Share ? step.At with { Unit = null } : step.At,
            Do = [.. step.Do.Where(action => !string.IsNullOrEmpty(action.Kind)).Select(action => action with { Who = Blank(action.Who), What = Blank(action.What) })],
        };

        static string? Blank(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed;
    }

    internal static JsonObject ActionOf(ActionEdit action, ProcessPack pack)
    {
        var who = Listed(action.Who, pack);
        var (first, what) = (who.Count > 0 ? who[0] : "", action.What ?? "");
        JsonArray All() => new([.. who]);
        return action.Kind switch
        {
            "notify" => new JsonObject { ["notify"] = All(), ["template"] = what },
            "ask" => new JsonObject { ["ask"] = what, ["who"] = All() },
            "reason" => new JsonObject { ["reason"] = first },
            "reassign" => new JsonObject { ["reassign"] = first },
            "raise" => new JsonObject { ["raise"] = what.Length == 0 ? "one" : what },
            "approve" => new JsonObject { ["approve"] = what },
            "penalty" => new JsonObject { ["penalty"] = what, ["to"] = first },
            _ => [],
        };
    }

    /// <summary>The time as a pack writes it; null when none was chosen, or it is wrong.</summary>
    private string? StepTime(StepTimeEdit at, string? field, IStringLocalizer<LimitsText> text)
    {
        switch (at.Anchor)
        {
            case null or "":
                return null;
            case StepTimeEdit.Due:
                return "due";
            case StepTimeEdit.Share:
                if (int.TryParse(Typed(at.Amount), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100)
                {
                    return $"{percent} %";
                }

                Wrong(text["PercentUnreadable"]);
                return null;
            case StepTimeEdit.BeforeDue or StepTimeEdit.AfterDue or StepTimeEdit.AfterStart:
                var unit = UnitOf(at.Unit, field, text);
                return unit is { } counted && Amount(at.Amount, counted, field, text) is { } amount
                    ? at.Anchor switch
                    {
                        StepTimeEdit.BeforeDue => $"due - {new Duration(amount, counted)}",
                        StepTimeEdit.AfterDue => $"due + {new Duration(amount, counted)}",
                        _ => $"start + {new Duration(amount, counted)}",
                    }
                    : null;
            default:
                Wrong(text["StepTimeMissing"]);
                return null;
        }

        void Wrong(string said)
        {
            if (field is not null)
            {
                Errors.TryAdd(field, said);
            }
        }
    }

    private LimitUnit? UnitOf(string? word, string? field, IStringLocalizer<LimitsText> text)
    {
        if (LimitDefinition.UnitOf(FactValue.Of(word ?? "")) is { } unit && unit.TakesAmount())
        {
            return unit;
        }

        if (field is not null)
        {
            Errors.TryAdd(field, text["UnitUnknown"]);
        }

        return null;
    }

    private decimal? Amount(string? typed, LimitUnit unit, string? field, IStringLocalizer<LimitsText> text)
    {
        var written = Typed(typed);
        string? wrong = null;
        if (written.Length == 0)
        {
            wrong = text["AmountMissing"];
        }
        else if (written.Contains(':', StringComparison.Ordinal))
        {
            wrong = text["AmountAmbiguous"];
        }
        else if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
        {
            wrong = text["AmountUnreadable"];
        }
        else
        {
            try
            {
                return new Duration(amount, unit).Amount;
            }
            catch (InvalidTimeRuleException refused)
            {
                wrong = refused.Code == "duration.not-whole" ? text["AmountNotWhole"] : amount < 0 ? text["AmountNegative"] : text["AmountTooLarge", Duration.MaxYears];
            }
        }

        if (field is not null)
        {
            Errors.TryAdd(field, wrong);
        }

        return null;
    }

    // full-width digits count as digits
    private static string Typed(string? typed) => (typed ?? "").Length > LongestNumber * 5 ? "?" : (typed ?? "").Normalize(NormalizationForm.FormKC).Trim();
}

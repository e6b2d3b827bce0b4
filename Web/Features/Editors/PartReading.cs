using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Web.Features.Editors;

/// <summary>What a form of a part says, as the pack writes it. Nothing is judged here but what cannot be written down at all.</summary>
internal sealed class PartReading(IFormCollection form, ProcessPack pack)
{
    /// <summary>Prefix of the fields of a part.</summary>
    public const string Prefix = "p";

    /// <summary>Elements of one list of a part.</summary>
    public const int MostItems = 200;

    private const int MostTests = 50;
    private const int LongestText = 20_000;

    /// <summary>What could not be written down, by the member's path, in the reader's language.</summary>
    public Dictionary<string, string> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the members of a part.</summary>
    /// <param name="members">Those the form has.</param>
    /// <param name="kept">The part before: what the form does not have stays.</param>
    public JsonObject Read(IReadOnlyList<Member> members, JsonObject? kept)
    {
        var part = new JsonObject();
        foreach (var (name, value) in kept ?? [])
        {
            part[name] = value?.DeepClone();
        }

        Fill(part, members, "");
        return part;
    }

    private void Fill(JsonObject part, IReadOnlyList<Member> members, string path)
    {
        foreach (var member in members)
        {
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var (kept, value) = (part[member.Name], Value(member, at));
            if (member.Kind == MemberKind.Choices && kept is JsonArray order && value is JsonArray chosen)
            {
                var places = order.Select(PartNotation.Of).ToList();
                value = new JsonArray([.. chosen.OrderBy(one => places.IndexOf(PartNotation.Of(one)) is >= 0 and var place ? place
                    : places.Count).Select(one => one!.DeepClone())]);
            }

            // what is off unless somebody turns it on may say so
            if (member.Kind == MemberKind.Flag && value is null && kept is JsonValue flag && flag.TryGetValue<bool>(out var on) && !on)
            {
                continue;
            }

            if (PartNotation.Settle(kept, value) is { } settled)
            {
                part[member.Name] = settled;
            }
            else
            {
                part.Remove(member.Name);
            }
        }
    }

    private JsonNode? Value(Member member, string path) => member.Kind switch
    {
        MemberKind.Names when member.TakesSetting && FactNames.SettingKey(One(path + ".setting")) is { } setting => new JsonObject { ["setting"] = setting },
        MemberKind.Names or MemberKind.LongNames => Names(path),
        MemberKind.Number => Number(member, One(path)),
        MemberKind.Scalar => Scalar(One(path)),
        MemberKind.Flag => One(path) == "true" ? JsonValue.Create(true) : null,
        MemberKind.Choice => ChoiceOf(member, One(path)),
        MemberKind.Choices => Several(member, Many(path)),
        MemberKind.Listed => Several(member, Many(path).SelectMany(one => one.Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(one => LimitChoices.CandidateOf(one, pack))),
        MemberKind.Condition => Condition(path),
        MemberKind.When => One(path + ".mode") switch
        {
            "always" => member.AlwaysByDefault ? null : JsonValue.Create(true),
            "when" => Condition(path) ?? JsonValue.Create(true),
            _ => null,
        },
        MemberKind.Counted => One(path + ".what") switch
        {
            "figure" => Figure(One(path + ".figure")),
            "cases" => Condition(path) ?? new JsonObject(),
            _ => null,
        },
        MemberKind.StepTime => StepTime(path),
        MemberKind.Items => Items(member, path),
        MemberKind.Group => Group(member, path),
        MemberKind.Map => Map(path),
        MemberKind.Hours => Hours(path, One(path)),
        MemberKind.Json => Json(path, One(path)),
        _ => One(path) is { Length: > 0 } text ? JsonValue.Create(text) : null,
    };

    private JsonObject? Names(string path)
    {
        var names = new JsonObject();
        foreach (var language in (string[])["zh", "en"])
        {
            if (One($"{path}.{language}") is { Length: > 0 } text)
            {
                names[language] = text;
            }
        }

        return names.Count == 0 ? null : names;
    }

    private static JsonNode? Number(Member member, string typed) => typed.Length == 0 ? null
        : member.TakesSetting && FactNames.SettingKey(typed) is { } setting ? new JsonObject { ["setting"] = setting }
        : decimal.TryParse(typed.Normalize(NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(typed);

    private static JsonValue? Scalar(string typed) => typed switch
    {
        "" => null,
        "true" or "false" => JsonValue.Create(typed == "true"),
        _ when decimal.TryParse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(typed),
    };

    private static JsonNode? ChoiceOf(Member member, string chosen) => chosen.Length == 0 ? null
        : member.TakesSetting && FactNames.SettingKey(chosen) is { } setting ? new JsonObject { ["setting"] = setting }
        : member.Source is "=true|false" ? JsonValue.Create(chosen == "true")
        : JsonValue.Create(chosen);

    // one clause is written as the clause, as packs do
    private static JsonNode? Several(Member member, IEnumerable<string> chosen) => chosen.Distinct(StringComparer.Ordinal).Take(MostItems).ToList() switch
    {
        [] => null,
        [var one] when member.Name == "clause" => JsonValue.Create(one),
        var many => new JsonArray([.. many]),
    };

    private static JsonValue? Figure(string name) => name.Length == 0 ? null
        : JsonValue.Create(name.StartsWith(FigureNames.External, StringComparison.Ordinal) ? name : FigureNames.External + name);

    private JsonNode? Condition(string path)
    {
        var tests = new List<TestEdit>();
        for (var at = 0; at < MostTests && form.ContainsKey($"{Prefix}.{path}[{at}].Fact"); at++)
        {
            var field = $"{path}[{at}]";
            tests.Add(new TestEdit { Fact = One(field + ".Fact"), Compare = One(field + ".Compare"), Test = One(field + ".Test"), Or = One(field + ".Or") == "true" });
        }

        return ConditionText.Json(tests.Where(test => !string.IsNullOrEmpty(test.Fact)), pack);
    }

    private JsonValue? StepTime(string path)
    {
        var (anchor, amount, unit) = (One(path + ".Anchor"), One(path + ".Amount").Normalize(NormalizationForm.FormKC), One(path + ".Unit"));
        var length = $"{amount} {unit}";
        return anchor switch
        {
            StepTimeEdit.Due => JsonValue.Create("due"),
            StepTimeEdit.BeforeDue => JsonValue.Create($"due - {length}"),
            StepTimeEdit.AfterDue => JsonValue.Create($"due + {length}"),
            StepTimeEdit.AfterStart => JsonValue.Create($"start + {length}"),
            StepTimeEdit.Share => JsonValue.Create($"{amount} %"),
            _ => null,
        };
    }

    private JsonArray? Items(Member member, string path)
    {
        if (!int.TryParse(One(path + ".n"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return member.Required && form.ContainsKey($"{Prefix}.{path}.n") ? [] : null;
        }

        var items = new JsonArray();
        for (var at = 0; at < Math.Min(count, MostItems); at++)
        {
            var place = $"{path}[{at}]";
            if (member.Members is [{ Kind: MemberKind.Action }])
            {
                items.Add(LimitInput.ActionOf(new ActionEdit { Kind = One(place + ".Kind"), Who = One(place + ".Who"), What = One(place + ".What") }, pack));
                continue;
            }

            var item = new JsonObject();
            Fill(item, member.Members, place);
            items.Add(member.KeyAlone && item is { Count: 1 } && item["key"] is JsonValue key ? key.DeepClone() : item);
        }

        return items;
    }

    private JsonObject? Group(Member member, string path)
    {
        var group = new JsonObject();
        Fill(group, member.Members, path);
        return group.Count == 0 || group.All(one => one.Value is JsonArray { Count: 0 }) ? null : group;
    }

    private JsonObject? Map(string path)
    {
        var map = new JsonObject();
        for (var at = 0; at < MostItems && form.ContainsKey($"{Prefix}.{path}[{at}].key"); at++)
        {
            if (One($"{path}[{at}].key") is { Length: > 0 } key && !map.ContainsKey(key))
            {
                map[key] = Names($"{path}[{at}]") ?? new JsonObject();
            }
        }

        return map.Count == 0 ? null : map;
    }

    // 09:00-12:00, 13:00-18:00 → [["09:00","12:00"],["13:00","18:00"]]
    private JsonArray? Hours(string path, string typed)
    {
        if (typed.Length == 0)
        {
            return null;
        }

        var hours = new JsonArray();
        foreach (var span in typed.Normalize(NormalizationForm.FormKC).Split([',', ';', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = span.Split(['-', '–', '—', '~'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (ends is not [var from, var to] || Time(from) is not { } begins || Time(to) is not { } stops || stops <= begins)
            {
                Errors[path] = span;
                hours.Add(new JsonArray(span));
                continue;
            }

            hours.Add(new JsonArray(Written(begins), Written(stops)));
        }

        return hours.Count == 0 ? null : hours;

        static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        static string Written(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private JsonNode? Json(string path, string typed)
    {
        if (typed.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(typed, documentOptions: new JsonDocumentOptions { MaxDepth = PackReader.MaxDepth });
        }
        catch (JsonException) when (typed[0] is not ('{' or '[' or '"'))
        {
            // a name, such as that of a figure
            return JsonValue.Create(typed);
        }
        catch (JsonException refused)
        {
            Errors[path] = PartText.JsonWrong(refused);
            return JsonValue.Create(typed);
        }
    }

    private string One(string path) => Many(path) is [var value, ..] ? value : "";

    private List<string> Many(string path) => form.TryGetValue($"{Prefix}.{path}", out var values)
        ? [.. values.Select(value => value is null || value.Length > LongestText ? "" : value.Trim().ReplaceLineEndings("\n")).Where(value => value.Length > 0)]
        : [];

    /// <summary>Does what a button of a list says: <c>add:rungs</c>, <c>remove:rungs[1]</c>, <c>up:</c>, <c>down:</c>, <c>copy:</c>.</summary>
    /// <param name="part">The part; it is changed.</param>
    /// <param name="act">The button.</param>
    /// <returns>The path of the element the reader goes on with; null where the button says nothing of this part.</returns>
    public static string? Act(JsonObject part, string act)
    {
        var colon = act.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var (verb, path) = (act[..colon], act[(colon + 1)..]);
        if (verb == "add")
        {
            if (ListAt(part, path, make: true) is not { Count: < MostItems } list)
            {
                return null;
            }

            list.Add(new JsonObject());
            return $"{path}[{list.Count - 1}]";
        }

        if (!path.EndsWith(']') || path.LastIndexOf('[') is not (> 0 and var open)
            || !int.TryParse(path[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || ListAt(part, path[..open], make: false) is not { } items || at >= items.Count)
        {
            return null;
        }

        var to = verb switch { "up" => at - 1, "down" => at + 1, _ => at };
        if (to < 0 || to >= items.Count)
        {
            return path;
        }

        var item = items[at];
        if (verb == "copy" && items.Count < MostItems)
        {
            items.Insert(at + 1, item?.DeepClone());
            return $"{path[..open]}[{at + 1}]";
        }

        items.RemoveAt(at);
        if (verb != "remove")
        {
            items.Insert(to, item);
        }

        return verb == "remove" ? path[..open] : $"{path[..open]}[{to}]";
    }

    private static JsonArray? ListAt(JsonObject part, string path, bool make)
    {
        JsonNode? at = part;
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        for (var step = 0; step < steps.Length && at is not null; step++)
        {
            var (name, isLast) = (steps[step], step == steps.Length - 1);
            if (name[0] == '[')
            {
                at = at is JsonArray list && int.TryParse(name[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? list[index] : null;
            }
            else if (at is JsonObject json)
            {
                if (json[name] is null && make)
                {
                    json[name] = isLast ? new JsonArray() : new JsonObject();
                }

                at = json[name];
            }
            else
            {
                at = null;
            }
        }

        return at as JsonArray;
    }

    /// <summary>Value expressions of a part that cannot be read, with the place in them.</summary>
    public static IEnumerable<(string Path, ScriptSyntaxException Wrong)> BadExpressions(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json)
                {
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (name == "value" && value is JsonValue written && written.TryGetValue<string>(out var expression) && Wrong(expression) is { } wrong)
                    {
                        yield return (at, wrong);
                    }

                    foreach (var inner in BadExpressions(value, at))
                    {
                        yield return inner;
                    }
                }

                break;
            case JsonArray list:
                for (var at = 0; at < list.Count; at++)
                {
                    foreach (var inner in BadExpressions(list[at], $"{path}[{at}]"))
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }

    private static ScriptSyntaxException? Wrong(string expression)
    {
        try
        {
            Script.Compile(expression, ScriptKind.Expression);
            return null;
        }
        catch (ScriptSyntaxException wrong)
        {
            return wrong;
        }
    }
}

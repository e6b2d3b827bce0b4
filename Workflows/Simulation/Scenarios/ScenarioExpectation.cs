using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Compares a case with what a step expects of it. Only what is named is compared, but <c>tasks</c> is the whole list of open ones.</summary>
internal sealed class ScenarioExpectation(
    JsonElement expected, CaseOutcome outcome, SimulatedInstallation installation, ScenarioTimes times,
    IReadOnlyList<MovedDueTime> affected, Func<Guid, string> nameOf)
{
    private readonly Complaint _case = outcome.Complaint;
    private readonly CaseFacts _facts = new(outcome.Complaint, outcome.Rules);
    private readonly List<ScenarioDifference> _wrong = [];

    /// <exception cref="ScenarioFailedException">Something is not as expected; all of it is named.</exception>
    public void Compare()
    {
        foreach (var member in expected.EnumerateObject())
        {
            switch (member.Name)
            {
                case "complaint":
                    break;
                case "status" or "level" or "lead":
                    Same(member.Name, _facts.Read(member.Name).Text, member.Value.GetString());
                    break;
                case "departments" or "supporting":
                    SameSet(member.Name, _facts.Read(member.Name).List ?? [], [.. member.Value.EnumerateArray().Select(v => v.GetString()!)]);
                    break;
                case "why":
                    if (_case.Why is not { } why || (why.Zh != member.Value.GetString() && why.En != member.Value.GetString()))
                    {
                        Wrong("why", _case.Why?.Zh, member.Value.GetString());
                    }

                    break;
                case "tasks":
                    Tasks([.. member.Value.EnumerateArray()]);
                    break;
                case "clocks":
                    foreach (var clock in member.Value.EnumerateObject())
                    {
                        Clock(clock.Name, clock.Value);
                    }

                    break;
                case "facts":
                    foreach (var fact in member.Value.EnumerateObject())
                    {
                        Fact(fact.Name, fact.Value);
                    }

                    break;
                case "approvals":
                    foreach (var chain in member.Value.EnumerateObject())
                    {
                        Same($"approval {chain.Name}", _case.Approvals.StateOf(chain.Name, _facts), chain.Value.GetString());
                    }

                    break;
                case "counts":
                    foreach (var count in member.Value.EnumerateObject())
                    {
                        var name = count.Name.Contains(':', StringComparison.Ordinal) ? count.Name : $"count:{count.Name}";
                        Same(count.Name, FactText.Plain(_facts.Read(name)), FactText.Plain(FactValue.Of(count.Value.GetDecimal())));
                    }

                    break;
                case "documents":
                    foreach (var document in member.Value.EnumerateObject())
                    {
                        Document(document.Name, document.Value);
                    }

                    break;
                case "awards":
                    Awards(member.Value);
                    break;
                case "messages":
                    Messages(member.Value);
                    break;
                case "escalations":
                    Escalations(member.Value);
                    break;
                case "links":
                    SameSet("links", _case.Links.Select(Named), [.. member.Value.EnumerateArray().Select(v => v.GetString()!)]);
                    break;
                case "hidden":
                    foreach (var what in member.Value.EnumerateArray().Select(v => v.GetString()!).Where(w => !IsHidden(w)))
                    {
                        Wrong($"hidden {what}", "shown", "hidden");
                    }

                    break;
                case "number":
                    Same("number", _case.Number, member.Value.GetString());
                    break;
                case "affected":
                    Affected(member.Value);
                    break;
                case "journal":
                    Journal(member.Value);
                    break;
                default:
                    throw new ScenarioFailedException($"The expectation '{member.Name}' is not known.");
            }
        }

        if (_wrong.Count > 0)
        {
            var said = _wrong.Select(w => $"{w.What} is {w.Got ?? "absent"}, expected {w.Expected ?? "absent"}");
            throw new ScenarioFailedException($"{times.Write(installation.Clock.GetUtcNow())} {string.Join("; ", said)}", _wrong);
        }
    }

    private void Tasks(IReadOnlyList<JsonElement> wanted)
    {
        var open = _case.Tasks.Open.ToList();
        SameSet("tasks", [.. open.Select(t => t.Each is null ? t.Key : $"{t.Key}:{t.Each}")],
            [.. wanted.Select(w => w.Text("each") is { } each ? $"{w.RequiredText("key")}:{each}" : w.RequiredText("key"))]);
        foreach (var want in wanted)
        {
            if (open.Find(t => t.Key == want.Text("key") && (want.Text("each") is not { } each || t.Each == each)) is not { } task)
            {
                continue;
            }

            if (want.TryGetProperty("candidates", out _))
            {
                SameSet($"candidates of {task.Key}", [.. task.CandidateKeys.Select(Plain)], want.Texts("candidates"));
            }

            if (want.Text("assignee") is { } assignee)
            {
                Same($"assignee of {task.Key}", task.Assignee, assignee);
            }

            if (want.Text("dueAt") is { } dueAt)
            {
                Same($"due time of {task.Key}", times.Write(task.Clock is { } clock ? _case.Clocks.All.GetValueOrDefault(clock)?.DueAt : null), dueAt);
            }
        }
    }

    private void Clock(string key, JsonElement wanted)
    {
        if (_case.Clocks.All.GetValueOrDefault(key) is not { } clock)
        {
            Wrong($"clock {key}", null, "a clock");
            return;
        }

        foreach (var member in wanted.EnumerateObject())
        {
            var what = $"{key}.{member.Name}";
            switch (member.Name)
            {
                case "state":
                    Same(what, CaseClocks.StateName(clock), member.Value.GetString());
                    break;
                case "limit":
                    Same(what, clock.LimitKey, member.Value.GetString());
                    break;
                case "dueAt":
                    Same(what, times.Write(clock.DueAt), member.Value.GetString());
                    break;
                case "oldDueAt":
                    Same(what, times.Write(clock.OldDueAt), member.Value.GetString());
                    break;
                case "metAt":
                    Same(what, times.Write(clock.MetAt), member.Value.GetString());
                    break;
                case "fired":
                    Same(what, Fired(clock), string.Join(", ", member.Value.EnumerateArray().Select(f => $"{f.Text("rung")} {f.Text("at")}")));
                    break;
                default:
                    throw new ScenarioFailedException($"'{what}' is not known.");
            }
        }
    }

    private string Fired(Clock clock) =>
        string.Join(", ", clock.Rungs.Where(r => r.FiredAt is not null).OrderBy(r => r.FiredAt).Select(r => $"{r.Key} {times.Write(r.FiredAt)}"));

    private void Fact(string name, JsonElement wanted)
    {
        var value = _facts.Read(name);
        var text = value.Instant is { } instant ? times.Write(instant) : value.IsUnknown ? null : FactText.Plain(value) is { Length: > 0 } plain ? plain : value.ToString();
        var want = wanted.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array => string.Join(", ", wanted.EnumerateArray().Select(v => v.ToString())),
            JsonValueKind.Number => FactText.Plain(FactValue.Of(wanted.GetDecimal())),
            _ => wanted.GetString(),
        };
        Same($"fact {name}", text, want);
    }

    private void Messages(JsonElement wanted)
    {
        var sent = installation.Store.Messages(_case.Id.Value);
        foreach (var want in wanted.EnumerateArray())
        {
            var meant = sent.Where(m => m.Template == want.Text("template") && Plain(m.Recipient) == want.Text("to")).ToList();
            if (meant.Count == 0)
            {
                Wrong("messages", string.Join(", ", sent.Select(m => $"{m.Template} → {Plain(m.Recipient)}")), $"{want.Text("template")} → {want.Text("to")}");
            }
            else
            {
                Says($"message {want.Text("template")}", string.Join('\n', meant.Select(m => $"{m.BodyZh}\n{m.BodyEn}")), want);
            }
        }
    }

    // the scenario knows its cases by names of its own, a link by the number
    private string Named(string number) => installation.Store.Cases.FirstOrDefault(c => c.Row.Number == number) is { } linked ? nameOf(linked.Row.Id) : number;

    private bool IsHidden(string what) => outcome.Rules.Pack.Records.Confidentiality.Any(rule => rule.Hide.Contains(what) && rule.When.Holds(_facts));

    /// <summary>A state, or an object of <c>state</c> and what the last document of the template <c>says</c>.</summary>
    private void Document(string template, JsonElement want)
    {
        Same($"document {template}", _case.Documents.StateOf(template), (want.ValueKind == JsonValueKind.Object ? want.GetProperty("state") : want).GetString());
        if (want.ValueKind == JsonValueKind.Object && _case.Documents.All.LastOrDefault(d => d.Template == template) is { } last)
        {
            Says($"document {template}", $"{last.Body.Zh}\n{last.Body.En}", want);
        }
    }

    // in either language
    private void Says(string what, string said, JsonElement want)
    {
        foreach (var words in want.TryGetProperty("says", out var says) ? says.EnumerateArray().Select(v => v.GetString()!) : [])
        {
            if (!said.Contains(words, StringComparison.Ordinal))
            {
                Wrong($"{what} says", said, words);
            }
        }
    }

    private void Awards(JsonElement wanted)
    {
        foreach (var want in wanted.EnumerateArray())
        {
            if (!_case.Amounts.All.Any(c => IsMeant(c, want)))
            {
                Wrong("awards", string.Join(", ", _case.Amounts.All.Select(c => $"{c.Calculator} {c.Total} {c.State} → {string.Join(", ", c.To.Select(Plain))}")), want.ToString());
            }
        }

        static bool IsMeant(Domain.Money.Calculation one, JsonElement want) =>
            one.Calculator == want.Text("calculator")
            && (want.Text("state") is not { } state || string.Equals(one.State.ToString(), state, StringComparison.OrdinalIgnoreCase))
            && (want.Text("to") is not { } to || one.To.Select(Plain).Contains(to))
            && (!want.TryGetProperty("amount", out var amount) || one.Total == amount.GetDecimal());
    }

    private void Escalations(JsonElement wanted)
    {
        var reached = installation.Store.Events(_case.Id.Value).Where(e => e.Type == CaseEvents.Escalated)
            .Select(e => Plain((string?)System.Text.Json.Nodes.JsonNode.Parse(e.Data)!["to"] ?? "")).ToHashSet(StringComparer.Ordinal);
        foreach (var who in wanted.EnumerateArray().Select(v => v.GetString()!).Where(w => !reached.Contains(w)))
        {
            Wrong("escalations", string.Join(", ", reached), who);
        }
    }

    private void Affected(JsonElement wanted) => SameSet(
        "affected",
        [.. affected.Select(m => $"{nameOf(m.Complaint)} {times.Write(m.OldDueAt)} {times.Write(m.NewDueAt)}")],
        [.. wanted.EnumerateArray().Where(w => w.Text("complaint") == nameOf(_case.Id.Value)).Select(w => $"{w.Text("complaint")} {w.Text("oldDue")} {w.Text("newDue")}")]);

    private void Journal(JsonElement wanted)
    {
        var visited = new Queue<string>(_case.Instances.SelectMany(i => installation.Store.Journal(i)).Select(r => r.ActivityId));
        foreach (var shape in wanted.EnumerateArray().Select(v => v.GetString()))
        {
            while (visited.TryDequeue(out var next) && next != shape)
            {
            }

            if (visited.Count == 0)
            {
                Wrong("journal", null, shape);
                return;
            }
        }
    }

    private static string Plain(string candidate) =>
        candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal) ? candidate[Candidates.UserPrefix.Length..] : candidate;

    private void Same(string what, string? got, string? wanted)
    {
        if (got != wanted)
        {
            Wrong(what, got, wanted);
        }
    }

    private void SameSet(string what, IEnumerable<string> got, IEnumerable<string> wanted) =>
        Same(what, string.Join(", ", got.Order(StringComparer.Ordinal)), string.Join(", ", wanted.Order(StringComparer.Ordinal)));

    private void Wrong(string what, string? got, string? wanted) => _wrong.Add(new ScenarioDifference(what, got, wanted));
}

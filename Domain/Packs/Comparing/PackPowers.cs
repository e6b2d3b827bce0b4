using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Checks;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Something a pack may do.</summary>
/// <param name="Key">The same in another version exactly when it is the same power.</param>
/// <param name="Candidate">Who may work on cases by it; null for other powers.</param>
internal sealed record Power(string Key, PowerChange Change, string? Candidate = null);

/// <summary>Something that holds a pack back.</summary>
/// <param name="Change">What to say when it is gone.</param>
/// <param name="Terms">When it holds; null where that cannot differ.</param>
/// <param name="TermsText">The terms in words.</param>
/// <param name="NeedsItsPlace">It means nothing once the step it stands at is gone.</param>
internal sealed record Guard(PowerChange Change, JsonElement? Terms, BilingualText TermsText, bool NeedsItsPlace = false);

/// <summary>Collects the powers and the guards of one version.</summary>
internal sealed partial class PackPowers
{
    private static readonly string[] Sending = ["Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest", "Elsa.SendEmail"];
    private static readonly string[] Targets = ["url", "to", "cc", "bcc", "host"];
    private static readonly string[] OpenWays = ["webhook", "board"];

    private readonly PackWording _wording;
    private readonly ValueWords _words;

    public PackPowers(PackWording wording)
    {
        (_wording, _words) = (wording, new ValueWords(wording));
        var pack = wording.Pack;
        var parts = PackParts.Of(wording);
        Places = parts.Select(part => part.Place).ToHashSet();
        foreach (var part in parts)
        {
            if (part.Place.IsShape)
            {
                Shape(part);
            }
            else if (part.Place is { File: "gates.json", List: "gates" })
            {
                Guarded(part, PowerKind.Gate, $"gate|{part.Place.Key}", Terms(part.Json, "action", "needs"), "门禁", "the gate");
            }
        }

        foreach (var limit in pack.Limits)
        {
            Limit(limit);
        }

        foreach (var template in pack.Templates.Values)
        {
            Template(template);
        }

        foreach (var chain in pack.Chains.Values)
        {
            Chain(chain, parts);
        }

        foreach (var gate in pack.Gates.Where(gate => gate.Only.Count > 0))
        {
            Guard(PowerKind.Gate, Place("gates.json", "gates", gate.Key), $"only|{gate.Key}", gate.Only, $"“{gate.Message.Zh}”只许：", $"“{gate.Message.En}”: only by ", needsPlace: true);
        }

        Records(parts);
        Others(pack);
    }

    /// <summary>By key.</summary>
    public OrderedDictionary<string, Power> Reach { get; } = [];

    /// <summary>By key.</summary>
    public OrderedDictionary<string, Guard> Guards { get; } = [];

    /// <summary>Every part of the version.</summary>
    public IReadOnlySet<PartPlace> Places { get; }

    /// <summary>Everybody who may work on a case somewhere.</summary>
    public HashSet<string> Candidates { get; } = new(StringComparer.Ordinal);

    private void Shape(Part part)
    {
        foreach (var (type, json) in Activities(part.Json, 0))
        {
            if (Sending.Contains(type))
            {
                var to = Targets.SelectMany(member => Values(json, member)).ToList();
                Reaches(PowerKind.Egress, part.Place, $"send|{type}|{string.Join('|', to)}", part.Name, $"向外发送：{string.Join("、", to)}", $"sends to {string.Join(", ", to)}");
            }

            Inputs(part, type, json);
            if (type == ActivityCatalogue.Ours + "Approval")
            {
                foreach (var chain in Values(json, "chain"))
                {
                    var name = _wording.Chain(chain);
                    Lose(PowerKind.Approval, part.Place, $"use|{part.Place.File}|{chain}", new($"流程中不再有审批“{name.Zh}”", $"The approval “{name.En}” is no longer in the flow"));
                }
            }

            foreach (var task in Values(json, "notBy"))
            {
                Lose(
                    PowerKind.Exclusion, part.Place, $"notBy|{part.Place}|{task}",
                    new($"“{part.Name.Zh}”不再排除“{task}”的办理人", $"“{part.Name.En}” may now be done by whoever did “{task}”"), needsPlace: true);
            }

            if (json.TryGetProperty("minPeople", out var fewest))
            {
                var words = _words.Of(part.Place.File, "minPeople", fewest);
                Guards.TryAdd($"people|{part.Place}", new Guard(
                    new PowerChange(PowerKind.Exclusion, part.Place, new($"“{part.Name.Zh}”最少人数：{words.Zh}", $"“{part.Name.En}” needs at least: {words.En}")), fewest, words, true));
            }
        }
    }

    private void Inputs(Part part, string type, JsonElement json)
    {
        var templates = Values(json, "template").ToList();
        foreach (var input in ActivityCatalogue.Find(type)?.Inputs ?? [])
        {
            foreach (var value in Values(json, input.Member))
            {
                if (input.Source == InputSource.Body)
                {
                    var body = _wording.Body(value);
                    Reaches(PowerKind.Egress, part.Place, $"body|{value}", part.Name, $"移送外部机构“{body.Zh}”", $"refers cases to “{body.En}”");
                }
                else if (input is { Source: InputSource.Candidate, Name: "To" } || (input.Source == InputSource.Candidate && templates.Count > 0))
                {
                    templates.ForEach(template => Told(part.Place, part.Name, value, template));
                }

                if (input is { Source: InputSource.Candidate } and not { Name: "To" })
                {
                    Works(part.Place, part.Name, $"{part.Place}|{input.Member}", value);
                }
            }
        }
    }

    private void Limit(LimitDefinition limit)
    {
        var place = Place("limits.json", "limits", limit.Key);
        foreach (var action in limit.Rungs.SelectMany(rung => rung.Rung.Do))
        {
            switch (action)
            {
                case NotifyAction notify:
                    notify.To.ToList().ForEach(to => Told(place, limit.Name, to, notify.Template));
                    break;
                case AskAction ask:
                    ask.Who.ToList().ForEach(who => Works(place, limit.Name, $"{place}|ask", who));
                    break;
                case ReassignAction reassign:
                    Works(place, limit.Name, $"{place}|reassign", reassign.To);
                    break;
                default:
                    break;
            }
        }

        if (limit.Extension?.Approval is { } chain)
        {
            Guard(PowerKind.Approval, place, $"extend|{limit.Key}", [chain], $"“{limit.Name.Zh}”延期须审批：", $"Extending “{limit.Name.En}” needs approval: ", needsPlace: true);
        }
    }

    private void Template(Template template)
    {
        var place = Place("templates.json", "templates", template.Key);
        foreach (var to in template.To.Concat(template.Copies))
        {
            Told(place, template.Subject, to, template.Key);
        }

        foreach (var way in template.Via.Intersect(OpenWays, StringComparer.Ordinal))
        {
            var word = ShortWords.Of("via", way);
            Reaches(PowerKind.Egress, place, $"via|{template.Key}|{way}", template.Subject, $"发往{word.Zh}", $"goes out by {word.En}");
        }

        var names = new[] { template.Subject.Zh, template.Subject.En, template.Body.Zh, template.Body.En }
            .SelectMany(text => Placeholder().Matches(text)).Select(match => match.Groups[1].Value);
        foreach (var name in names.Concat(template.Attach).Distinct(StringComparer.Ordinal).Where(IsPersonal))
        {
            var fact = _wording.Fact(name.Split('.')[0]);
            Reaches(PowerKind.PersonalData, place, $"data|{template.Key}|{name}", template.Subject, $"含个人信息：{fact.Zh}（{name}）", $"carries personal data: {fact.En} ({name})");
        }
    }

    private void Chain(ApprovalChain chain, IReadOnlyList<Part> parts)
    {
        var place = Place("approvals.json", "chains", chain.Key);
        var json = parts.FirstOrDefault(part => part.Place == place)?.Json;
        foreach (var step in chain.Steps)
        {
            Works(place, chain.Name, place.ToString(), step.Who);
            var when = json is { } found ? Terms(found.GetProperty("steps").EnumerateArray().FirstOrDefault(one => PackParts.Text(one, "key") == step.Key), "when") : default;
            var (who, terms) = (_wording.Candidate(step.Who), TermsWords(when, "approvals.json"));
            Guards.TryAdd($"step|{chain.Key}|{step.Key}", new Guard(
                new PowerChange(PowerKind.Approval, place, new($"“{chain.Name.Zh}”中 {who.Zh} 的审批（{terms.Zh}）", $"The approval of {who.En} in “{chain.Name.En}” ({terms.En})")), when, terms));
        }

        foreach (var fact in chain.Covers)
        {
            var name = _wording.Fact(fact);
            Lose(PowerKind.Approval, place, $"covers|{chain.Key}|{fact}", new($"“{chain.Name.Zh}”不再管“{name.Zh}”", $"“{chain.Name.En}” no longer covers “{name.En}”"));
        }
    }

    private void Records(IReadOnlyList<Part> parts)
    {
        foreach (var rule in _wording.Pack.Records.Confidentiality)
        {
            var place = Place("records.json", "confidentiality", rule.Key);
            foreach (var who in rule.VisibleTo)
            {
                var name = _wording.Candidate(who);
                Reaches(PowerKind.Candidate, place, $"sees|{rule.Key}|{who}", PackWording.Same(rule.Key), $"可见者：{name.Zh}", $"visible to {name.En}");
            }

            foreach (var hidden in rule.Hide)
            {
                var name = ShortWords.Of("hide", hidden) is { } word && word.Zh != hidden ? word : _wording.Fact(hidden);
                var when = parts.FirstOrDefault(part => part.Place == place) is { } part ? Terms(part.Json, "when") : default;
                Guards.TryAdd($"hide|{rule.Key}|{hidden}", new Guard(
                    new PowerChange(PowerKind.Confidentiality, place, new($"保密“{rule.Key}”：隐去{name.Zh}", $"Confidentiality “{rule.Key}”: hides {name.En}")), when, TermsWords(when, "records.json")));
            }
        }
    }

    private void Others(ProcessPack pack)
    {
        foreach (var fact in pack.OwnFacts.Where(fact => fact.Sensitive))
        {
            Lose(
                PowerKind.Confidentiality, Place("facts.json", "facts", fact.Key), $"sensitive|{fact.Key}",
                new($"“{fact.Name.Zh}”不再按敏感信息保护", $"“{fact.Name.En}” is no longer kept as sensitive"), needsPlace: true);
        }

        foreach (var report in pack.Reports.Values)
        {
            var place = Place("reports.json", "reports", report.Key);
            foreach (var to in report.To)
            {
                var name = _wording.Candidate(to);
                Reaches(PowerKind.Recipient, place, $"report|{report.Key}|{to}", report.Name, $"发给 {name.Zh}", $"is sent to {name.En}");
            }

            report.Task?.Who.ToList().ForEach(who => Works(place, report.Name, place.ToString(), who));
        }

        foreach (var calculator in pack.Calculators.Values.Where(calculator => calculator.Approval is not null))
        {
            Guard(
                PowerKind.Approval, Place("calculators.json", "calculators", calculator.Key), $"sum|{calculator.Key}", [calculator.Approval!],
                $"“{calculator.Name.Zh}”须审批：", $"“{calculator.Name.En}” needs approval: ", needsPlace: true);
        }

        foreach (var plan in pack.Verifications.Values.Where(plan => plan.Review is not null))
        {
            var place = Place("verifications.json", "plans", plan.Key);
            plan.Review!.Who.ToList().ForEach(who => Works(place, plan.Name, place.ToString(), who));
        }

        if (pack.Identity.ChangeApproval is { } chain)
        {
            Guard(PowerKind.Approval, Place("pack.json", "", ""), "changes", [chain], "改流程须审批：", "Changing the process needs approval: ");
        }
    }

    private void Told(PartPlace place, BilingualText name, string who, string template)
    {
        var (to, what) = (_wording.Candidate(who), _wording.Template(template));
        Reaches(PowerKind.Recipient, place, $"told|{who}|{template}", name, $"把“{what.Zh}”发给 {to.Zh}", $"sends “{what.En}” to {to.En}");
    }

    private void Works(PartPlace place, BilingualText name, string at, string who)
    {
        Candidates.Add(who);
        var word = _wording.Candidate(who);
        Reach.TryAdd($"works|{at}|{who}", new Power(
            $"works|{at}|{who}", new PowerChange(PowerKind.Candidate, place, new($"“{name.Zh}”可由 {word.Zh} 办理", $"“{name.En}” may be done by {word.En}")), who));
    }

    private void Reaches(PowerKind kind, PartPlace place, string key, BilingualText name, string zh, string en) =>
        Reach.TryAdd(key, new Power(key, new PowerChange(kind, place, new($"“{name.Zh}”{zh}", $"“{name.En}” {en}"))));

    private void Lose(PowerKind kind, PartPlace place, string key, BilingualText text, bool needsPlace = false) =>
        Guards.TryAdd(key, new Guard(new PowerChange(kind, place, text), null, text, needsPlace));

    // a guard told by whom or what it names, which may change
    private void Guard(PowerKind kind, PartPlace place, string key, IReadOnlyList<string> named, string zh, string en, bool needsPlace = false)
    {
        var names = named.Select(one => kind == PowerKind.Gate ? _wording.Candidate(one) : _wording.Chain(one)).ToList();
        var text = new BilingualText(string.Join("、", names.Select(one => one.Zh)), string.Join(", ", names.Select(one => one.En)));
        Guards.TryAdd(key, new Guard(new PowerChange(kind, place, new(zh + text.Zh, en + text.En)), JsonSerializer.SerializeToElement(named), text, needsPlace));
    }

    private void Guarded(Part part, PowerKind kind, string key, JsonElement terms, string zh, string en) => Guards.TryAdd(
        key, new Guard(new PowerChange(kind, part.Place, new($"{zh}“{part.Name.Zh}”", $"{en} “{part.Name.En}”")), terms, TermsWords(terms, part.Place.File)));

    private BilingualText TermsWords(JsonElement terms, string file)
    {
        var said = terms.EnumerateObject().Select(term => _words.Of(file, term.Name, term.Value)).ToList();
        return said.Count == 0 ? new("总是", "always") : new(string.Join("；", said.Select(one => one.Zh)), string.Join("; ", said.Select(one => one.En)));
    }

    private static JsonElement Terms(JsonElement json, params string[] members) => JsonSerializer.SerializeToElement(
        members.Where(member => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out _)).ToDictionary(member => member, member => json.GetProperty(member)));

    private bool IsPersonal(string name)
    {
        var root = name.Split('.')[0];
        return root is "complainant" or "respondent" or "informant"
            || _wording.Pack.Facts.Find(root) is { } fact
            && (fact.Sensitive || fact.Type is FactType.Text or FactType.Person or FactType.People or FactType.Party or FactType.File or FactType.Files or FactType.Rows);
    }

    private static PartPlace Place(string file, string list, string key) => new(file, list, key);

    private static IEnumerable<(string Type, JsonElement Json)> Activities(JsonElement json, int depth)
    {
        if (depth > PackReader.MaxDepth)
        {
            yield break;
        }

        if (PackParts.Text(json, "type") is { } type)
        {
            yield return (type, json);
        }

        var children = json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => json.EnumerateArray().AsEnumerable(),
            _ => [],
        };
        foreach (var found in children.SelectMany(child => Activities(child, depth + 1)))
        {
            yield return found;
        }
    }

    // texts as they are; what is worked out only when the flow runs, as its code
    private static IEnumerable<string> Values(JsonElement json, string member) => json.TryGetProperty(member, out var value) ? Values(value) : [];

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values),
        JsonValueKind.Object => [value.GetRawText()],
        _ => [],
    };

    [GeneratedRegex(@"\{\{\{?[#/]?\s*(?:\w+\s+)?([A-Za-z][\w.]*)\s*\}?\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}

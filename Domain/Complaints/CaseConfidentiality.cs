using System.Text.Json.Serialization;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>Something that a head has asked for and another person has yet to decide: a lower level, other names of a sealed case, or both.</summary>
/// <param name="Level">The level asked for.</param>
/// <param name="Named">Who may see the case then, if it is sealed; ids of persons.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who asked, by id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record ConfidentialityRequest(
    ConfidentialityLevel Level, IReadOnlyList<string> Named, string Reason, string By, string? ByName, DateTimeOffset At);

/// <summary>
/// How closely one case is kept. The process's rules, and the complainant's wish, only ever raise it: a fact that changes back lowers nothing. Lowering
/// is asked for by a head and decided by another person.
/// </summary>
public sealed class CaseConfidentiality
{
    /// <summary>Persons named on a sealed case.</summary>
    public const int MostNamed = 50;

    // stands for the complainant's own wish among the reasons of a level
    private const string Wish = "@wish";

    [JsonInclude]
    public ConfidentialityLevel Level { get; internal set; }

    /// <summary>Keys of the process's rules that have held at some time and were not set aside.</summary>
    [JsonInclude]
    public List<string> Rules { get; internal set; } = [];

    /// <summary>Keys of rules that a lowering has set aside; one is taken up again when it stops holding and holds anew.</summary>
    [JsonInclude]
    public List<string> SetAside { get; internal set; } = [];

    /// <summary>Who may see a sealed case, by id.</summary>
    [JsonInclude]
    public List<string> Named { get; internal set; } = [];

    /// <summary>Who sees it where rank opens nothing, as resolved candidates; as it was when the case was last written.</summary>
    [JsonInclude]
    public List<string> ReadBy { get; internal set; } = [];

    /// <summary>To whom the identity is shown for a while.</summary>
    [JsonInclude]
    public List<Reveal> Reveals { get; internal set; } = [];

    /// <summary>What auditors want to be shown.</summary>
    [JsonInclude]
    public List<RevealWish> RevealWishes { get; internal set; } = [];

    [JsonInclude]
    public ConfidentialityRequest? Request { get; internal set; }

    /// <summary>What a rule of a process makes of a case it holds for.</summary>
    public static ConfidentialityLevel LevelOf(ConfidentialityRule rule) =>
        rule.Hide.Contains("case") ? ConfidentialityLevel.Restricted
        : rule.Hide.Contains("complainant") || rule.Hide.Contains("attachments") ? ConfidentialityLevel.Identity
        : ConfidentialityLevel.Ordinary;

    /// <summary>Whether a rule of the process counts on this case now: it holds, or has held, and was not set aside.</summary>
    public bool IsInForce(ConfidentialityRule rule, CaseFacts facts) =>
        Rules.Contains(rule.Key) || (!SetAside.Contains(rule.Key) && rule.When.Holds(facts));

    /// <summary>Raises the level where the process's rules or the complainant's wish ask for it.</summary>
    /// <returns>Whether anything moved.</returns>
    internal bool Follow(CaseAct act)
    {
        var (level, because) = (Level, (string?)null);
        var moved = false;
        if (act.Complaint.Complainant is { Confidential: true } or { Anonymous: true } && level < ConfidentialityLevel.Identity)
        {
            (level, because) = (ConfidentialityLevel.Identity, Wish);
        }

        foreach (var rule in act.Rules.Pack.Records.Confidentiality)
        {
            if (!rule.When.Holds(act.Facts))
            {
                SetAside.Remove(rule.Key);
            }
            else if (!Rules.Contains(rule.Key) && !SetAside.Contains(rule.Key))
            {
                Rules.Add(rule.Key);
                moved = true;
                if (LevelOf(rule) > level)
                {
                    (level, because) = (LevelOf(rule), rule.Key);
                }
            }
        }

        if (level == Level)
        {
            return moved;
        }

        act.As(Actor.Workflow).Record(CaseEvents.ConfidentialityRaised, ("from", Level.ToString()), ("to", level.ToString()), ("rule", because == Wish ? null : because));
        Level = level;
        act.Complaint.Tasks.ResolveCandidates(act);
        return true;
    }

    /// <summary>Keeps a new case as closely as those it is about.</summary>
    internal void KeepAs(CaseAct act, CaseConfidentiality other)
    {
        if (other.Level > Level)
        {
            act.As(Actor.Workflow).Record(CaseEvents.ConfidentialityRaised, ("from", Level.ToString()), ("to", other.Level.ToString()));
            (Level, Named) = (other.Level, [.. other.Named]);
        }
    }

    /// <summary>A person keeps the case more closely.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="to">The level, above the one there is.</param>
    /// <param name="named">Who may see it, by id, where it is sealed.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.NotRaised"/>, <see cref="ConfidentialityRules.NamesMissing"/>, <see cref="ComplaintRules.ReasonTooShort"/></exception>
    public void Raise(CaseAct act, ConfidentialityLevel to, IReadOnlyList<string> named, string? reason)
    {
        var why = Reason(reason);
        RuleViolationException.ThrowUnless(Enum.IsDefined(to) && to > Level, ConfidentialityRules.NotRaised);
        var names = NamesFor(act, to, named);
        act.Record(CaseEvents.ConfidentialityRaised, ("from", Level.ToString()), ("to", to.ToString()), ("reason", why));
        Take(act, to, names);
        if (to == ConfidentialityLevel.Sealed)
        {
            Seal(act);
        }
    }

    /// <summary>Asks to keep the case less closely, or to name others on a sealed one. Nothing changes before another person agrees.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="to">The level from then on.</param>
    /// <param name="named">Who may see it then, where it is sealed.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RuleViolationException">
    /// <see cref="ConfidentialityRules.HeadsOnly"/>, <see cref="ConfidentialityRules.NotRaised"/>, <see cref="ConfidentialityRules.NothingChanges"/>,
    /// <see cref="ConfidentialityRules.Promised"/>, <see cref="ConfidentialityRules.NamesMissing"/>, <see cref="ComplaintRules.ReasonTooShort"/>
    /// </exception>
    public void Ask(CaseAct act, ConfidentialityLevel to, IReadOnlyList<string> named, string? reason)
    {
        RuleViolationException.ThrowUnless(MayAsk(act), ConfidentialityRules.HeadsOnly);
        var why = Reason(reason);
        RuleViolationException.ThrowUnless(Enum.IsDefined(to) && to <= Level, ConfidentialityRules.NotRaised);
        RuleViolationException.ThrowUnless(
            to >= ConfidentialityLevel.Identity || act.Complaint.Complainant is { Confidential: false, Anonymous: false }, ConfidentialityRules.Promised);
        var names = NamesFor(act, to, named);
        RuleViolationException.ThrowUnless(to < Level || (to == ConfidentialityLevel.Sealed && !names.ToHashSet().SetEquals(Named)), ConfidentialityRules.NothingChanges);
        Request = new ConfidentialityRequest(to, names, why, act.By.PersonId!, act.By.Actor.Name, act.At);
        act.Record(CaseEvents.ConfidentialityAsked, ("from", Level.ToString()), ("to", to.ToString()), ("reason", why));
    }

    /// <summary>Agrees to what was asked, or refuses it.</summary>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.NothingAsked"/>, <see cref="ConfidentialityRules.SecondPerson"/></exception>
    public void Decide(CaseAct act, bool agrees)
    {
        var asked = Request ?? throw new RuleViolationException(ConfidentialityRules.NothingAsked);
        RuleViolationException.ThrowUnless(MayDecide(act.By), ConfidentialityRules.SecondPerson);
        Request = null;
        if (!agrees)
        {
            act.Record(CaseEvents.ConfidentialityRefused, ("to", asked.Level.ToString()), ("askedBy", asked.By), ("askedByName", asked.ByName));
            return;
        }

        // what has happened since it was asked counts: names that may not see it, a level raised meanwhile
        var names = NamesFor(act, asked.Level, asked.Named);
        if (asked.Level < Level)
        {
            act.Record(CaseEvents.ConfidentialityLowered, ("from", Level.ToString()), ("to", asked.Level.ToString()), ("reason", asked.Reason), ("askedBy", asked.By), ("askedByName", asked.ByName));
            foreach (var rule in act.Rules.Pack.Records.Confidentiality.Where(r => LevelOf(r) > asked.Level && Rules.Remove(r.Key) && r.When.Holds(act.Facts)))
            {
                SetAside.Add(rule.Key);
            }
        }
        else
        {
            act.Record(CaseEvents.ConfidentialityListChanged, ("reason", asked.Reason), ("askedBy", asked.By), ("askedByName", asked.ByName), ("people", names.Count));
        }

        Take(act, asked.Level, names);
        if (asked.Level == ConfidentialityLevel.Sealed)
        {
            Seal(act);
        }
    }

    /// <summary>Whether this performer may ask to lower it: a head of the leading department or above; where there is none, whoever works for the whole organisation.</summary>
    public static bool MayAsk(CaseAct act) => MayAsk(act.By, act.Complaint.Lead, act.Rules.Chart);

    /// <inheritdoc cref="MayAsk(CaseAct)"/>
    public static bool MayAsk(Performer by, string? lead, OrganisationChart chart)
    {
        if (by.PersonId is not { } person)
        {
            return false;
        }

        var heads = chart.HeadsOver(lead);
        return heads.Count == 0 ? by.Memberships.Any(m => m.Department is null) : heads.Contains(person);
    }

    /// <summary>Whether this performer, who sees the case, may decide what was asked.</summary>
    public bool MayDecide(Performer by) => Request is { } asked && by.PersonId is { } person && person != asked.By;

    /// <summary>Whether a person works on the case: handles it, is of the team, holds an open task or may take one.</summary>
    public static bool IsWorkedOnBy(Complaint complaint, Performer who) => who.PersonId is { } person && !complaint.Exclusion.Bars(person)
        && (complaint.Handler == person || (complaint.Facts["team"].List ?? []).Contains(person)
            || complaint.Tasks.Open.Any(t => t.Assignee == person || (t.Assignee is null && t.Admits(who))));

    /// <summary>
    /// Whether somebody who sees the case may know who complains: rules of the process come first; where the identity is covered it takes work on the
    /// case, or being named; and colleagues of the department complained of never learn a covered one.
    /// </summary>
    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="who">Who reads.</param>
    /// <param name="mayAct">They may act on the case; others read it masked.</param>
    public static bool ShowsIdentity(Complaint complaint, CaseRules rules, Performer who, bool mayAct)
    {
        if (!mayAct || complaint.Exclusion.Bars(who.PersonId))
        {
            return false;
        }

        var (facts, kept) = (new CaseFacts(complaint, rules), complaint.Confidentiality);
        var covering = rules.Pack.Records.Confidentiality.Where(r => r.Hide.Contains("complainant") && kept.IsInForce(r, facts)).ToList();
        if (covering.Exists(r => !facts.ResolveWho(r.VisibleTo).Any(who.Is)))
        {
            return false;
        }

        return !complaint.CoversIdentity
            || ((covering.Count > 0 || IsWorkedOnBy(complaint, who) || (who.PersonId is { } named && kept.Named.Contains(named)))
                && !IsColleagueOfRespondent(complaint, who));
    }

    /// <summary>Whether somebody works in the department complained of.</summary>
    internal static bool IsColleagueOfRespondent(Complaint complaint, Performer who) =>
        complaint.Respondent?.Department is { } department && who.Memberships.Any(m => m.Department == department);

    /// <summary>What is shown to somebody for a while, who asked for it with a reason.</summary>
    public IReadOnlyList<string> RevealedTo(string? person, DateTimeOffset now) =>
        person is null || Reveals.Count == 0 ? [] : [.. Reveals.Where(r => r.Person == person && r.Until > now).SelectMany(r => r.Fields).Distinct(StringComparer.Ordinal)];

    /// <summary>Who may see a case that is kept closely, as resolved candidates; empty for one that rank opens.</summary>
    private IReadOnlyList<string> Readers(CaseFacts facts, CaseRules rules, Complaint complaint)
    {
        if (Level < ConfidentialityLevel.Restricted)
        {
            return [];
        }

        var readers = Named.Select(p => Candidates.UserPrefix + p);
        if (Level == ConfidentialityLevel.Restricted)
        {
            readers = readers
                .Concat(((string?[])[complaint.Handler, .. complaint.Facts["team"].List ?? []]).OfType<string>().Select(p => Candidates.UserPrefix + p))
                .Concat(complaint.Tasks.Open.SelectMany(t => t.Assignee is { } holder ? [Candidates.UserPrefix + holder] : t.CandidateKeys))
                .Concat(rules.Pack.Records.Confidentiality.Where(r => LevelOf(r) == ConfidentialityLevel.Restricted && IsInForce(r, facts)).SelectMany(r => facts.ResolveWho(r.VisibleTo)));
        }

        return [.. readers.Distinct(StringComparer.Ordinal).Where(r => !complaint.Exclusion.BarsCandidate(r)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a rule of the process hides something from a reader: a fact, <c>complainant</c> or <c>attachments</c>.</summary>
    public static bool Hides(string what, Complaint complaint, CaseRules rules, Performer who)
    {
        var hiding = rules.Pack.Records.Confidentiality.Where(r => r.Hide.Contains(what)).ToList();
        if (hiding.Count == 0)
        {
            return false;
        }

        var facts = new CaseFacts(complaint, rules);
        return hiding.Exists(r => complaint.Confidentiality.IsInForce(r, facts) && !facts.ResolveWho(r.VisibleTo).Any(who.Is));
    }

    /// <summary>Works out who sees the case, once everything else has come to rest and before it is written.</summary>
    public void NoteReaders(CaseAct act) => ReadBy = [.. Readers(act.Facts, act.Rules, act.Complaint)];

    /// <summary>Of the candidates for a task those whom a sealed case knows; of any other, all.</summary>
    internal IReadOnlyList<string> Admitted(IReadOnlyList<string> candidates, OrganisationChart chart)
    {
        if (Level != ConfidentialityLevel.Sealed)
        {
            return candidates;
        }

        var fitting = Named.Where(p => chart.Find(p) is { } staff && candidates.Any(staff.AsPerformer().Is)).ToList();
        return [.. (fitting.Count > 0 ? fitting : Named).Select(p => Candidates.UserPrefix + p)];
    }

    /// <summary>These persons are kept out from now on. A sealed case that nobody is left to see goes to the head above, else to those who hold the role for conflicts.</summary>
    internal void TakeOut(CaseAct act, IReadOnlyCollection<string> people)
    {
        if (Named.RemoveAll(people.Contains) == 0 || Named.Count > 0 || Level != ConfidentialityLevel.Sealed)
        {
            return;
        }

        var (chart, lead, exclusion) = (act.Rules.Chart, act.Complaint.Lead, act.Complaint.Exclusion);
        var candidate = chart.HeadAt(lead is null ? null : chart.Above(lead) ?? lead, act.Complaint.Respondent?.Person, fallbackRole: chart.ConflictFallback, barred: exclusion.Barred).Candidate;
        Named.AddRange(chart.Staff.Values.Where(s => !exclusion.Bars(s.Id) && s.AsPerformer().Is(candidate)).Select(s => s.Id).Order(StringComparer.Ordinal).Take(MostNamed));
        act.As(Actor.Workflow).Record(CaseEvents.ConfidentialityListChanged, ("people", Named.Count));
    }

    /// <summary>Whether a person may have a task of the case, or do anything on it, at all.</summary>
    public bool Admits(string person) => Level != ConfidentialityLevel.Sealed || Named.Contains(person);

    private static string Reason(string? reason)
    {
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= Complaint.ShortestReason and <= Complaint.MaxText }, ComplaintRules.ReasonTooShort);
        return reason!.Trim();
    }

    private static List<string> NamesFor(CaseAct act, ConfidentialityLevel to, IReadOnlyList<string> named)
    {
        if (to != ConfidentialityLevel.Sealed)
        {
            return [];
        }

        var names = named.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        RuleViolationException.ThrowUnless(
            names.Count is > 0 and <= MostNamed && names.TrueForAll(n => act.Rules.Chart.Knows(n) && !act.Complaint.Exclusion.Bars(n)), ConfidentialityRules.NamesMissing);
        return names;
    }

    private void Take(CaseAct act, ConfidentialityLevel to, List<string> names)
    {
        Request = null;
        Level = to;
        Named = names;
        act.Complaint.Tasks.ResolveCandidates(act);
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    // whoever is not named gives up what they hold of it
    private void Seal(CaseAct act)
    {
        var holders = act.Complaint.Tasks.Open.Select(t => t.Assignee).Append(act.Complaint.Handler).Concat(act.Complaint.Facts["team"].List ?? []);
        CaseExclusion.LetGo(act, [.. holders.OfType<string>().Where(p => !Named.Contains(p)).Distinct(StringComparer.Ordinal)]);
    }
}

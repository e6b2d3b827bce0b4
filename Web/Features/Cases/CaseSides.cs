using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>The column beside a case: who is on it, and what is known.</summary>
public sealed class CaseSides(IDbContextFactory<CaseManagementDbContext> contexts, MaskedRows rows, FileWords files, IStringLocalizer<CaseWords> words)
{
    // said elsewhere on the page
    private static readonly HashSet<string> Elsewhere = ["subject", "status", "level", "lead", "handler", "team", "supporting", "departments", "complainant", "kind", "channel", FactNames.TaskOutcome];

    public IReadOnlyList<CasePerson> People(CaseView view)
    {
        var complaint = view.Complaint;
        var people = new List<CasePerson> { Complainant(view) };
        if (complaint.Respondent is { } respondent)
        {
            var department = respondent.Department is { } key ? view.Words.Department(key) : "";
            var person = respondent.Person is { } id ? view.Mask.Of(DataClass.Respondent, view.Words.Person(id)) : "";
            people.Add(person.Length > 0 ? new(words["Respondent"], person, department) : new(words["Respondent"], department));
        }

        if (complaint.Lead is { } lead)
        {
            people.Add(new(words["Lead"], view.Words.Department(lead)));
        }

        people.AddRange((complaint.Facts["departments"].List ?? []).Where(d => d != complaint.Lead).Select(d => new CasePerson(words["Supporting"], view.Words.Department(d))));
        if (complaint.Handler is { } handler)
        {
            people.Add(new(words["Handler"], view.Words.Person(handler)));
        }

        people.AddRange((complaint.Facts["team"].List ?? []).Select(p => new CasePerson(words["Team"], view.Words.Person(p) is var named && named != p ? named : view.Words.Candidate(p))));
        return people;
    }

    /// <summary>The files the reader may know of, the newest first.</summary>
    public IReadOnlyList<CaseFileLine> Files(CaseView view)
    {
        var mask = view.Mask;
        return [.. view.Files.Reverse().Select(f => Line(view, mask, f))];
    }

    private CaseFileLine Line(CaseView view, CaseMask mask, Attachment f)
    {
        var (href, mayOpen) = ($"/cases/{view.Complaint.Id}/files/{f.Id}", view.MayOpen(f));
        return new CaseFileLine(mask.Say(f.Name), files.About(f), href)
        {
            ImageHref = mayOpen && FileType.IsShown(f.MediaType) ? $"{href}/image" : null,
            Closed = mayOpen ? null : files.Closed(f),
        };
    }

    public async Task<FactsPanel> FactsAsync(CaseView view, CancellationToken cancellationToken)
    {
        var mask = view.Mask;
        var facts = view.Complaint.Facts.All
            .Where(f => !Elsewhere.Contains(f.Key) && f.Value.Kind != FactValueKind.Rows)
            .Select(f => (Definition: view.Rules.Pack.Facts.Find(f.Key), Value: mask.Fact(f.Key, f.Value)!))
            .Where(f => f is { Definition: not null, Value: not null })
            .ToList();
        var sections = new List<FactsSection>
        {
            Section("Matter", "list-details", facts.Where(f => !f.Definition!.IsMoment && f.Definition.Type != FactType.Money).Select(f => Line(view, f.Definition!, f.Value))
                .Prepend(new FactLine(view.Words.Fact("channel"), view.Words.Channel(view.Complaint.Facts.Text("channel"))))),
            Section("Money", "coin-yuan", facts.Where(f => f.Definition!.Type == FactType.Money).Select(f => Line(view, f.Definition!, f.Value) with { Figure = true })),
            Section("Moments", "calendar-time", facts.Where(f => f.Definition!.IsMoment).Select(f => Line(view, f.Definition!, f.Value))),
        };
        if (view.Complaint.Why is { } why)
        {
            sections[0] = sections[0] with { Remark = words["LevelBecause", why.In(PackWords.Language)] };
        }

        if (view.Complaint.Links.Count > 0)
        {
            sections.Add(new FactsSection(words["Links"], "link", []) { Links = await LinksAsync(view, cancellationToken) });
        }

        return new FactsPanel(view.Zone, [.. sections.Where(s => s.Lines.Count > 0 || s.Links.Count > 0)]);
    }

    private CasePerson Complainant(CaseView view)
    {
        var who = view.Complaint.Complainant;
        if (who.Anonymous)
        {
            return new(words["Complainant"], words["Anonymous"]);
        }

        var mask = view.Mask;
        var isKept = view.Complaint.CoversIdentity;
        var name = mask.Sight.Of(DataClass.Name) == Shown.Hidden ? words["Confidential"] : mask.Name;
        var state = isKept ? new StateMark(StateShape.Problem, words["Confidential"]) : null;
        return new(words["Complainant"], name.Length > 0 ? name : words["NoName"], string.Join(" · ", ((string[])[mask.Phone, mask.Email]).Where(d => d.Length > 0)), state);
    }

    /// <summary>Linked cases the reader may see; the others are not there.</summary>
    private async Task<IReadOnlyList<FactLink>> LinksAsync(CaseView view, CancellationToken cancellationToken)
    {
        var numbers = view.Complaint.Links;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var linked = await view.Scope.Visible(db).Where(c => numbers.Contains(c.Number)).ToListAsync(cancellationToken);
        var subjects = await rows.SubjectsAsync(linked, view.Scope, db, cancellationToken);
        return [.. linked.Select(c => new FactLink($"/cases/{c.Id}", c.Number, words["LinkRemark", subjects[c.Id], words["Link_" + view.Complaint.LinkKindOf(c.Number)]]))];
    }

    private FactsSection Section(string title, string icon, IEnumerable<FactLine> lines) => new(words["Facts" + title], icon, [.. lines]);

    private static FactLine Line(CaseView view, FactDefinition fact, FactValue value)
    {
        var name = view.Words.Fact(fact.Key);
        return value switch
        {
            { Instant: { } at } => new FactLine(name) { At = at },
            { Date: { } day } => new FactLine(name) { Day = day },
            _ => new FactLine(name, fact.Unit is { } unit ? $"{view.Words.Value(fact.Key, value)} {unit}" : view.Words.Value(fact.Key, value)) { Figure = value.Number is not null },
        };
    }
}

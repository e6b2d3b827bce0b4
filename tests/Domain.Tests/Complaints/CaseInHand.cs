using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Domain.Tests.Clocks;

namespace CaseManagement.Domain.Tests.Complaints;

/// <summary>One case of the shipped process, handled in a small organisation; rules of confidentiality are written into its pack.</summary>
internal sealed class CaseInHand
{
    private readonly CaseRules _rules;

    public static readonly DateTimeOffset Monday = new(2026, 9, 14, 2, 0, 0, TimeSpan.Zero);

    /// <param name="confidentiality">The rules, JSON; none.</param>
    /// <param name="registration">What is said when it is registered.</param>
    /// <param name="delegations">Who acts for whom.</param>
    /// <param name="partsDuties">Nobody decides what they asked for.</param>
    /// <param name="pastHeads">Who led a department before.</param>
    public CaseInHand(
        string confidentiality = "[]", Registration? registration = null, IReadOnlyList<Delegation>? delegations = null, bool partsDuties = false, params PastHead[] pastHeads)
    {
        _rules = Rules(confidentiality, Chart(pastHeads, delegations ?? [], partsDuties));
        var said = (registration ?? new Registration()) with { Channel = "phone", Subject = "态度恶劣", Description = "通话中被挂断。" };
        var facts = new Dictionary<string, FactValue>(said.Check(_rules, Monday)) { ["lead"] = FactValue.Of("service") };
        Log = new CaseLog();
        Complaint = said.Register(
            facts, new CaseIdentity(ComplaintId.New(Monday), "TS1", 1, 0, null, null), _rules, Someone("chen"), Monday, Log).Complaint;
        Settle();
    }

    public Complaint Complaint { get; }

    public CaseRules RunsUnder => _rules;

    /// <summary>What the last deed left behind.</summary>
    public CaseLog Log { get; private set; }

    public CaseConfidentiality Kept => Complaint.Confidentiality;

    /// <summary>A person of the organisation, as they would act.</summary>
    public Performer Someone(string id) => _rules.Chart.Find(id)!.AsPerformer();

    /// <summary>Somebody who works here.</summary>
    public StaffRecord Staff(string id) => _rules.Chart.Find(id)!;

    /// <summary>Does something, and lets the case settle.</summary>
    public void Do(string person, Action<CaseAct> deed) => Do(Someone(person), deed);

    /// <inheritdoc cref="Do(string, Action{CaseAct})"/>
    public void Do(Performer performer, Action<CaseAct> deed)
    {
        Log = new CaseLog();
        deed(Act(performer));
        Settle();
    }

    public void Set(string fact, bool value) =>
        Do("li", act => Complaint.ChangeFacts(act, new Dictionary<string, FactValue> { [fact] = FactValue.Of(value) }, null));

    /// <summary>Adds a task for candidates, and lets somebody take it.</summary>
    public HumanTask Task(string who, string? holder = null, string key = "handle", int minPeople = 1, params string[] notBy)
    {
        var id = Guid.CreateVersion7(Monday);
        Do("li", act => Complaint.Tasks.Add(act, new HumanTask { Id = id, Key = key, TitleZh = "处理", TitleEn = "Handle", Who = [who], Outcomes = ["Done"], MinPeople = minPeople, NotBy = notBy, CreatedAt = Monday }));
        if (holder is not null)
        {
            Do(holder, act => Complaint.Tasks.Claim(act, id));
        }

        return Complaint.Tasks.Find(id);
    }

    /// <summary>Who may take the task now, by id.</summary>
    public IReadOnlyList<string> WhoMay(HumanTask task) =>
        [.. _rules.Chart.Staff.Keys.Where(p => CaseTasks.Admits(Complaint, Complaint.Tasks.Find(task.Id), Someone(p))).Order(StringComparer.Ordinal)];

    public bool Knows(string person) => CaseConfidentiality.ShowsIdentity(Complaint, _rules, Someone(person), mayAct: true);

    /// <summary>The personal data of the case as somebody is shown them an hour after it came in.</summary>
    public CaseMask Mask(string person, bool mayAct, Standing reading = Standing.Colleague) =>
        new(Complaint, _rules, Someone(person), Sight.Of(Complaint, _rules, Someone(person), mayAct, reading, Monday.AddHours(1)));

    /// <summary>What is still covered and may be revealed to somebody who may act on it.</summary>
    public IReadOnlyList<string> Open(string person) => Reveals.OpenTo(Complaint, _rules, Someone(person), Mask(person, mayAct: true).Sight);

    /// <summary>Who sees it where rank opens nothing.</summary>
    public IReadOnlyList<string> Readers()
    {
        Kept.NoteReaders(Act(Someone("li")));
        return Kept.ReadBy;
    }

    public string Refused(string person, Action<CaseAct> deed) => Refused(Someone(person), deed);

    public string Refused(Performer performer, Action<CaseAct> deed) => Assert.Throws<RuleViolationException>(() => deed(Act(performer))).Rule.Code;

    private CaseAct Act(Performer performer) => new(Complaint, _rules, performer, Monday.AddHours(1), Log);

    private void Settle()
    {
        var act = new CaseAct(Complaint, _rules, new Performer { Actor = Actor.Workflow }, Monday.AddHours(1), Log);
        for (var pass = 0; Settling.Pass(act); pass++)
        {
            Assert.True(pass < 20, "The case does not come to rest.");
        }
    }

    private static OrganisationChart Chart(PastHead[] pastHeads, IReadOnlyList<Delegation> delegations, bool partsDuties)
    {
        StaffRecord[] staff =
        [
            new("chen", "陈静", [new Membership("desk", "service")]),
            new("li", "李敏", [new Membership("staff", "service")]) { Email = "li@example.com" },
            new("zhang", "张强", [new Membership("staff", "service")]) { Aliases = ["Zhang Qiang"] },
            new("zhou", "周涛", [new Membership("supervisor", "service")]),
            new("wang", "王芳", [new Membership("staff", "quality")]),
            new("liu", "刘洋", [new Membership("gm")]),
            new("he", "何静", [new Membership("ombudsman")]),
            new("shen", "沈计", [new Membership("auditor")]),
            new("gao", "高审", [new Membership("auditor")]),
        ];
        return new OrganisationChart(
            new Dictionary<string, ChartDepartment>
            {
                ["company"] = new(new BilingualText("公司", "Company"), null, "liu", null),
                ["service"] = new(new BilingualText("客服部", "Service"), "company", "zhou", null),
                ["quality"] = new(new BilingualText("质量部", "Quality"), "company", null, null),
            },
            staff.ToDictionary(s => s.Id, s => s.Name))
        {
            Staff = staff.ToDictionary(s => s.Id),
            PastHeads = pastHeads,
            Delegations = delegations,
            PartsDuties = partsDuties,
            ConflictFallback = "ombudsman",
        };
    }

    private static CaseRules Rules(string confidentiality, OrganisationChart chart)
    {
        var files = Files();
        files["records.json"] = $$"""{"numbering": {"pattern": "TS{yyyy}{MM}{seq:4}", "cycle": "month", "whenFull": "extend"}, "confidentiality": {{confidentiality}}}""";
        files["facts.json"] = files["facts.json"].Replace("\"facts\": [", """
            "facts": [
              {"key": "idNumber", "name": {"zh": "证件号", "en": "Identity number"}, "type": "text", "by": "complainant", "sensitive": true},
              {"key": "homeAddress", "name": {"zh": "住址", "en": "Address"}, "type": "text", "by": "complainant"},
            """, StringComparison.Ordinal);
        var pack = PackReader.Read(files).Pack!;
        return new CaseRules(pack, pack.Settings(null), [], new Dictionary<string, Domain.Clocks.WorkCalendar> { ["office"] = Given.PlainCalendar("Asia/Shanghai") }, chart: chart);
    }

    private static Dictionary<string, string> Files()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseManagement.sln")))
        {
            folder = folder.Parent!;
        }

        var root = Path.Combine(folder.FullName, "Workflows", "Processes", "standard-complaint");
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Where(f => !f.Contains("scenarios", StringComparison.Ordinal))
            .ToDictionary(f => Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }
}

using SQLitePCL;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The hand-written SQL of bursts, by what it is about.</summary>
internal sealed class SqliteTables : IDisposable
{
    private readonly Statements _statements;

    public SqliteTables(sqlite3 database)
    {
        _statements = new Statements(database);
        Cases = new CaseTables(_statements);
        Tasks = new TaskTables(_statements);
        Attachments = new AttachmentTable(_statements);
        Traces = new TraceTable(_statements);
        Counts = new CountTable(_statements);
        Parties = new PartyTable(_statements);
        Texts = new TextTable(_statements);
        Events = new EventTables(_statements);
        Messages = new MessageTable(_statements);
        Instances = new InstanceTables(_statements);
        Stimuli = new StimulusTables(_statements);
        Timers = new TimerTable(_statements);
    }

    public CaseTables Cases { get; }
    public TaskTables Tasks { get; }
    public AttachmentTable Attachments { get; }
    public TraceTable Traces { get; }
    public CountTable Counts { get; }

    public PartyTable Parties { get; }
    public TextTable Texts { get; }
    public EventTables Events { get; }
    public MessageTable Messages { get; }
    public InstanceTables Instances { get; }
    public StimulusTables Stimuli { get; }
    public TimerTable Timers { get; }

    public void Dispose() => _statements.Dispose();
}

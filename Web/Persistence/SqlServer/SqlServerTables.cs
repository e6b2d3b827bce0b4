namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>The hand-written SQL of bursts, by what it is about. Writes are queued; they reach the database with the next answer or the commit.</summary>
internal sealed class SqlServerTables(SqlServerSession session)
{
    public CaseTables Cases { get; } = new(session);
    public TaskTables Tasks { get; } = new(session);
    public AttachmentTable Attachments { get; } = new(session);
    public TraceTable Traces { get; } = new(session);
    public CountTable Counts { get; } = new(session);

    public PartyTable Parties { get; } = new(session);
    public TextTable Texts { get; } = new(session);
    public EventTable Events { get; } = new(session);
    public MessageTable Messages { get; } = new(session);
    public InstanceTables Instances { get; } = new(session);
    public StimulusTables Stimuli { get; } = new(session);
    public TimerTable Timers { get; } = new(session);
}

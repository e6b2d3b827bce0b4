using System.Reflection;
using System.Text;
using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence.SqlServer;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Every statement of bursts that is written by hand: its grammar, its columns, its parameters. No server runs them here.</summary>
public sealed class SqlServerStatementTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;
    private static readonly Lease Lease = new("a", Monday, Monday.AddSeconds(6));

    /// <summary>Columns that are no table's: of OPENJSON, and of the variable that collects severities.</summary>
    private static readonly string[] Others = ["key", "value", "type", "At"];

    private readonly SqlServerSession _session = new(new SqlConnection());
    private readonly Guid _id = Guid.CreateVersion7(Monday);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>By type and name, so that a new statement is looked at too.</summary>
    public static TheoryData<string, string> Statements()
    {
        var data = new TheoryData<string, string>();
        foreach (var type in typeof(SqlServerCaseStore).Assembly.GetTypes().Where(t => t.Namespace == typeof(SqlServerCaseStore).Namespace))
        {
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => f.Name.EndsWith("Sql", StringComparison.Ordinal)))
            {
                data.Add(type.FullName!, field.Name);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Statements))]
    public async Task A_statement_is_transact_sql_and_names_columns_that_are_there(string type, string name)
    {
        var value = typeof(SqlServerCaseStore).Assembly.GetType(type)!
            .GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null);
        await using var context = SqlServerDatabase.NewContext();
        var columns = context.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Select(p => p.GetColumnName()).Concat(Others).ToHashSet();

        foreach (var sql in value is Inserts inserts ? new[] { inserts.Rows(1), inserts.Rows(Inserts.MaxRows) } : [(string)value!])
        {
            Assert.Empty(TSql.ColumnsOf(sql).Except(columns));
        }
    }

    [Fact]
    public void There_are_statements_to_look_at() => Assert.InRange(Statements().Count, 40, 200);

    [Fact]
    public void What_a_burst_saves_of_a_case_goes_as_one_batch_whose_parameters_are_all_there()
    {
        var tables = _session.Tables;
        _session.Lock(new Statement(ApplicationLocks.ShareConfigurationSql));
        tables.Cases.Stamp();
        tables.Cases.Next("TS");
        tables.Cases.Save(StoreRows.Case(_id), StoreRows.Document("内容"));
        tables.Cases.Save(StoreRows.Case(_id, version: 2), StoreRows.Document("内容"));
        tables.Tasks.Save([StoreRows.Task(_id, Guid.CreateVersion7(Monday)), StoreRows.Task(_id, Guid.CreateVersion7(Monday), "Claimed")]);
        tables.Tasks.Save([StoreRows.Clock(_id, "reply"), StoreRows.Clock(_id, "close")]);
        tables.Attachments.Save([StoreRows.Attachment(_id, Guid.CreateVersion7(Monday))]);
        tables.Traces.Insert([new TraceRow(_id, "name", new string('n', 32))]);
        tables.Parties.Delete([new PartyRow(_id, PartyKinds.Barred, "li")]);
        tables.Parties.Insert([new PartyRow(_id, PartyKinds.Barred, "wang")]);
        tables.Messages.Silence(_id, ["user:wang"]);
        tables.Events.Insert([StoreRows.Event(_id, 1), StoreRows.Event(_id, 2), StoreRows.Event(_id, 3)]);
        tables.Messages.Insert([StoreRows.Message(_id, Monday)]);
        tables.Timers.Delete([_id]);
        tables.Timers.Save([.. Enumerable.Range(0, Inserts.MaxRows + 1).Select(i => StoreRows.Timer(Monday.AddSeconds(i)))]);
        tables.Cases.SaveAnswer(new AnswerRow("li", "k", "h", 200, "{}", Monday));

        AssertWhole();
    }

    [Fact]
    public void What_a_burst_saves_of_an_instance_goes_as_one_batch_whose_parameters_are_all_there()
    {
        var tables = _session.Tables;
        tables.Instances.Insert(StoreRows.Instance(_id));
        tables.Instances.Update(StoreRows.Instance(_id, version: 2));
        tables.Instances.Insert([new JournalRow(_id, 1, Monday, 7, "mail", "main/mail", "Elsa.SendEmail", JournalEvent.Faulted, true, ["Done"], null)]);
        tables.Instances.Save([new IncidentRow(_id, new Incident(1, 7, "mail", "main/mail", "Elsa.SendEmail", "No route", "System.IO.IOException", Monday))]);
        tables.Stimuli.Insert([StoreRows.Bookmark(_id, "a", "b")]);
        tables.Stimuli.DeleteBookmarks([_id]);
        tables.Stimuli.Recorrelate(_id, null);
        tables.Stimuli.ReplaceTriggers("intake", [new TriggerRow("intake", "intake:1", "n", 1, "a", "b")]);
        tables.Stimuli.Keep([new KeptStimulusRow(_id, 1, "a", "b", null, null, StoreRows.Document("x"), Monday, Monday.AddDays(1))]);
        tables.Stimuli.DeleteKept([_id]);
        tables.Timers.DeleteOfDefinition("intake");

        AssertWhole();
    }

    [Fact]
    public void What_is_asked_has_all_its_parameters()
    {
        var tables = _session.Tables;
        tables.Cases.Load(_id);
        tables.Cases.Load([_id, _id]);
        tables.Cases.LoadOfTask(_id);
        tables.Cases.FindByExternalId("crm-1");
        tables.Cases.FindAnswer("li", "k");
        tables.Instances.Load(_id);
        tables.Instances.LoadCorrelated(_id.ToString());
        tables.Instances.LoadCorrelated([_id.ToString()]);
        tables.Instances.LoadOfTask(_id);
        foreach (var (definition, correlation, matches) in new (string?, string?, bool)[]
        {
            (null, null, false), (null, null, true), (null, "c", true), ("d", null, false), ("d", null, true), ("d", "c", true),
        })
        {
            tables.Instances.FindRunning(definition, correlation, matches);
        }

        _session.Lock(new Statement(ApplicationLocks.OneKeySql).Bind("CaseManagement/1"));
        tables.Stimuli.FindBookmarks("a", "b", null);
        tables.Stimuli.FindTriggers("a", "b");
        tables.Stimuli.FindKept("a", "b", Monday);
        tables.Timers.Take([_id]);
        tables.Timers.Release(_id, "a");
        tables.Timers.Fail(_id, "a", "why", Monday);
        tables.Messages.Claim(Monday, 10, Lease);
        tables.Messages.EndAttempt(_id, "a", MessageStates.Delivered, null, null);

        AssertWhole();
    }

    [Fact]
    public void Ids_travel_in_the_order_in_which_they_were_made()
    {
        var statement = new Statement("SELECT @1, @2;").Bind(_id).Bind([_id]);

        Assert.Equal(_id.ToByteArray(bigEndian: true), statement.Parameters[0].Value);
        Assert.Equal($"[\"{_id:N}\"]", statement.Parameters[1].Value);
    }

    private void AssertWhole()
    {
        var batch = new StringBuilder($"SET NOCOUNT ON;\n{ApplicationLocks.DeclareSql}\n");
        var names = new List<string>();
        foreach (var statement in _session.Queued)
        {
            statement.WriteTo(batch, names.Count);
            names.AddRange(statement.Parameters.Select(p => p.ParameterName));
        }

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(names.Order(), TSql.ParametersOf(batch.ToString()).Except(["@@ROWCOUNT"]).Order());
    }
}

using SQLitePCL;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The statements of one connection, each prepared when it is first asked for.</summary>
internal sealed class Statements(sqlite3 database) : IDisposable
{
    // The texts are constants, so the same text is the same object.
    private readonly Dictionary<string, Statement> _prepared = new(ReferenceEqualityComparer.Instance);

    public Statement Of(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            statement = new Statement(database, sql);
            _prepared.Add(sql, statement);
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
    }
}

using System.Globalization;
using Npgsql;

namespace CaseManagement.Benchmarks.Timers;

/// <summary>
/// Makes many cases of a few by copying their rows in the database: every id gets another ending, in columns, texts and documents alike. Far
/// faster than registering; what a case looks like to the product is the same, but the hashes of its events are those of the original.
/// </summary>
internal static class ClonedCases
{
    private static readonly (string Table, string Where)[] Tables =
    [
        ("Cases", """ "Id" = ANY($1) """),
        ("Tasks", """ "ComplaintId" = ANY($1) """),
        ("TaskCandidates", """ "TaskId" IN (SELECT "Id" FROM "Tasks" WHERE "ComplaintId" = ANY($1)) """),
        ("Clocks", """ "ComplaintId" = ANY($1) """),
        ("Events", """ "ComplaintId" = ANY($1) """),
        ("Messages", """ "ComplaintId" = ANY($1) """),
        ("Instances", """ "CorrelationId" = ANY($1::text[]) """),
        ("Bookmarks", """ "InstanceId" IN (SELECT "Id" FROM "Instances" WHERE "CorrelationId" = ANY($1::text[])) """),
        ("Journal", """ "InstanceId" IN (SELECT "Id" FROM "Instances" WHERE "CorrelationId" = ANY($1::text[])) """),
        ("Timers", """ "Payload" = ANY($1::text[]) OR "InstanceId" IN (SELECT "Id" FROM "Instances" WHERE "CorrelationId" = ANY($1::text[])) """),
    ];

    /// <param name="source">The database.</param>
    /// <param name="templates">The cases to copy, in turn.</param>
    /// <param name="from">The first copy's number, 1 or more.</param>
    /// <param name="count">So many copies of each template.</param>
    /// <param name="apart">Each copy came in so much earlier than the one before, in seconds.</param>
    public static async Task MakeAsync(NpgsqlDataSource source, Guid[] templates, int from, int count, int apart = 0)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (table, where) in Tables)
        {
            await using var take = new NpgsqlCommand($"""CREATE TEMP TABLE "t_{table}" ON COMMIT DROP AS SELECT * FROM "{table}" WHERE {where}""", connection, transaction);
            take.Parameters.Add(new() { Value = templates });
            await take.ExecuteNonQueryAsync();
        }

        foreach (var (table, _) in Tables)
        {
            var columns = await ColumnsAsync(connection, transaction, table);
            if (columns.Count == 0)
            {
                continue;
            }

            var sql = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))})
                SELECT {string.Join(", ", columns.Select(c => Copied(table, c.Name, c.Type, apart)))}
                FROM "t_{table}" t CROSS JOIN generate_series({from}, {from + count - 1}) n
                """);
            await using var make = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
            await make.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static async Task<List<(string Name, string Type)>> ColumnsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string table)
    {
        await using var ask = new NpgsqlCommand(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position",
            connection, transaction);
        ask.Parameters.Add(new() { Value = table });
        await using var reader = await ask.ExecuteReaderAsync();
        var columns = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private static string Copied(string table, string column, string type, int apart)
    {
        var value = $"t.\"{column}\"";
        const string ending = "lpad(to_hex(n), 8, '0')";
        const string ids = "'([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})[0-9a-f]{8}'";
        return (table, column, type) switch
        {
            ("Cases", "Number", _) => $"{value} || '-' || n",
            ("Cases", "ReceivedAt" or "ClosedAt" or "UpdatedAt" or "NextDueAt", _) or ("Tasks", "CreatedAt" or "DoneAt" or "DueAt", _) or ("Events", "At", _) =>
                $"{value} - n * interval '{apart} seconds'",
            (_, "TrackingHash", _) => $"{value} || '-' || n",
            (_, _, "uuid") => $"(left({value}::text, 28) || {ending})::uuid",
            ("Cases", "Document", _) => $"convert_to(regexp_replace(replace(replace(convert_from({value}, 'UTF8'), t.\"Number\", t.\"Number\" || '-' || n), t.\"TrackingHash\", t.\"TrackingHash\" || '-' || n), {ids}, '\\1' || {ending}, 'g'), 'UTF8')",
            (_, "Document" or "State" or "Data" or "Payload", "bytea") => $"convert_to(regexp_replace(convert_from({value}, 'UTF8'), {ids}, '\\1' || {ending}, 'g'), 'UTF8')",
            (_, "Payload" or "CorrelationId" or "Recipient" or "Data" or "Body" or "StimulusKey", "text") => $"regexp_replace({value}, {ids}, '\\1' || {ending}, 'g')",
            _ => value,
        };
    }
}

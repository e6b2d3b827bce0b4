using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Columns of the row a reader stands on, by their place.</summary>
internal static class Row
{
    extension(SqlDataReader row)
    {
        public string Text(int column) => row.GetString(column);

        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public int Int(int column) => row.GetInt32(column);

        public int? IntOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

        public long Long(int column) => row.GetInt64(column);

        public bool Flag(int column) => row.GetBoolean(column);

        public byte[] Bytes(int column) => row.GetFieldValue<byte[]>(column);

        public Guid Id(int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

        public Guid? IdOrNull(int column) => row.IsDBNull(column) ? null : row.Id(column);

        public DateTimeOffset Instant(int column) => row.GetDateTimeOffset(column);

        public DateTimeOffset? InstantOrNull(int column) => row.IsDBNull(column) ? null : row.GetDateTimeOffset(column);
    }
}

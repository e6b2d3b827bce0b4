using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>PostgreSQL has no text with U+0000 in it; what somebody typed or sent with one is stored and looked for with U+FFFD there.</summary>
internal sealed class NoNulCharacters : DbCommandInterceptor
{
    /// <summary>The text as PostgreSQL takes it.</summary>
    public static string Replace(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text && text.Contains('\0'))
            {
                parameter.Value = Replace(text);
            }
        }
    }
}

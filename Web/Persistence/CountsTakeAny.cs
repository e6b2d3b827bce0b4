using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CaseManagement.Web.Persistence;

/// <summary>What EF Core warns of and is meant.</summary>
internal static class CountsTakeAny
{
    /// <summary>
    /// Numbers beside lists are counted up to a hundred, from whichever rows the database meets first: an order would make it sort, or follow an index, for nothing. EF Core takes
    /// a limit without an order for a mistake; it says so for those who debug, not in the log of every node.
    /// </summary>
    public static void Allow(WarningsConfigurationBuilder warnings) => warnings.Log((CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug));
}

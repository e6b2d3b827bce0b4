using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.ExpressionTranslators.Internal;

namespace CaseManagement.Web.Persistence.PostgreSql;

#pragma warning disable EF1001 // there is no public way to translate a method of EF Core's own otherwise than the provider does
/// <summary>
/// <c>EF.Functions.Like</c> finds whatever the case of A to Z, as it does on SQLite and SQL Server; PostgreSQL's own LIKE would not.
/// </summary>
internal sealed class LikeIgnoresCase(
    RelationalMethodCallTranslatorProviderDependencies dependencies, IModel model, IDbContextOptions contextOptions)
    : NpgsqlMethodCallTranslatorProvider(dependencies, model, contextOptions)
{
    private readonly NpgsqlSqlExpressionFactory _sql = (NpgsqlSqlExpressionFactory)dependencies.SqlExpressionFactory;

    public override SqlExpression? Translate(
        IModel model, SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments,
        IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        method.DeclaringType == typeof(DbFunctionsExtensions) && method.Name == nameof(DbFunctionsExtensions.Like)
            ? _sql.ILike(arguments[1], arguments[2], arguments.Count > 3 ? arguments[3] : null)
            : base.Translate(model, instance, method, arguments, logger);
}
#pragma warning restore EF1001

using System.Reflection;
using CaseManagement.Web.Persistence.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.ExpressionTranslators.Internal;
using NpgsqlTypes;

namespace CaseManagement.Web.Persistence.PostgreSql;

#pragma warning disable EF1001 // there is no public way to translate a method of EF Core's own otherwise than the provider does
/// <summary>
/// <see cref="CaseTextSearch.Holds"/> asks the index of pairs, and <c>EF.Functions.Like</c> finds whatever the case of A to Z, as it does on SQLite and SQL Server; PostgreSQL's own LIKE would not.
/// </summary>
internal sealed class LikeIgnoresCase(
    RelationalMethodCallTranslatorProviderDependencies dependencies, IModel model, IDbContextOptions contextOptions)
    : NpgsqlMethodCallTranslatorProvider(dependencies, model, contextOptions)
{
    private readonly NpgsqlSqlExpressionFactory _sql = (NpgsqlSqlExpressionFactory)dependencies.SqlExpressionFactory;

    private readonly RelationalTypeMapping _text = dependencies.RelationalTypeMappingSource.FindMapping(typeof(string))!;
    private readonly RelationalTypeMapping _query = dependencies.RelationalTypeMappingSource.FindMapping(typeof(NpgsqlTsQuery))!;

    public override SqlExpression? Translate(
        IModel model, SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments,
        IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        method.DeclaringType == typeof(CaseTextSearch) && method.Name == nameof(CaseTextSearch.Holds)
            ? _sql.MakePostgresBinary(
                PgExpressionType.TextSearchMatch, arguments[0], _sql.Convert(_sql.ApplyTypeMapping(arguments[1], _text), typeof(NpgsqlTsQuery), _query))
        : method.DeclaringType == typeof(CaseTextSearch) && method.Name == nameof(CaseTextSearch.IsReadIn)

            // as a function no index answers it, and it is guessed to hold for a third of the rows: a plan that begins elsewhere and never follows a wrong guess of one row
            ? _sql.Function(
                "ts_match_vq", [arguments[0], _sql.Convert(_sql.ApplyTypeMapping(arguments[1], _text), typeof(NpgsqlTsQuery), _query)], nullable: true, [true, true], typeof(bool))
        : method.DeclaringType == typeof(DbFunctionsExtensions) && method.Name == nameof(DbFunctionsExtensions.Like)
            ? _sql.ILike(arguments[1], arguments[2], arguments.Count > 3 ? arguments[3] : null)
            : base.Translate(model, instance, method, arguments, logger);
}
#pragma warning restore EF1001

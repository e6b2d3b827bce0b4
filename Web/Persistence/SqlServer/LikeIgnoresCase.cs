using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.SqlServer.Infrastructure.Internal;
using Microsoft.EntityFrameworkCore.SqlServer.Query.Internal;

namespace CaseManagement.Web.Persistence.SqlServer;

#pragma warning disable EF1001 // there is no public way to translate a method of EF Core's own otherwise than the provider does
/// <summary>
/// <c>EF.Functions.Like</c> finds whatever the case, as it does on SQLite, though columns tell cases apart; and <c>[</c> stands for itself, as in
/// the other two.
/// </summary>
internal sealed class LikeIgnoresCase(RelationalMethodCallTranslatorProviderDependencies dependencies, ISqlServerSingletonOptions options)
    : SqlServerMethodCallTranslatorProvider(dependencies, options)
{
    private const string Escape = "\\";

    private readonly ISqlExpressionFactory _sql = dependencies.SqlExpressionFactory;

    public override SqlExpression? Translate(
        IModel model, SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments,
        IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        method.DeclaringType == typeof(DbFunctionsExtensions) && method.Name == nameof(DbFunctionsExtensions.Like)
            ? Like(arguments)
            : base.Translate(model, instance, method, arguments, logger);

    private SqlExpression Like(IReadOnlyList<SqlExpression> arguments)
    {
        var text = arguments[1] is CollateExpression collated ? collated.Operand : arguments[1];
        var escape = arguments.Count > 3 ? arguments[3] : _sql.Constant(Escape);
        var escaped = escape is SqlConstantExpression { Value: string mark } ? _sql.Constant($"{mark}[") : _sql.Add(escape, _sql.Constant("["));
        var pattern = _sql.Function("REPLACE", [arguments[2], _sql.Constant("["), escaped], nullable: true, [true, true, true], typeof(string));
        return _sql.Like(new CollateExpression(text, SqlServerTableLayout.SearchCollation), pattern, escape);
    }
}
#pragma warning restore EF1001

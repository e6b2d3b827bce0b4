using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace CaseManagement.Web.Persistence;

/// <summary>Looks for typed text by <c>LIKE</c>: every row is read, which is quick enough where a database of that kind is used.</summary>
internal static class SearchedByLike
{
    public static SqlExpression Of(IReadOnlyList<SqlExpression> arguments) =>
        new LikeExpression(arguments[0], arguments[1], new SqlConstantExpression("\\", arguments[0].TypeMapping), typeMapping: null);
}

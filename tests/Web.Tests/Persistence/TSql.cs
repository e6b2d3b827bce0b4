using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Microsoft's own parser of the language of SQL Server 2019, the oldest the product is for. It knows the grammar, not the tables.</summary>
public static class TSql
{
    /// <summary>Parses text, and the text of each <c>EXEC(N'…')</c> in it.</summary>
    public static TSqlScript Parse(string sql)
    {
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.True(errors.Count == 0, $"{string.Join("; ", errors.Select(e => $"line {e.Line}: {e.Message}"))}\n{sql}");
        var inner = new Texts();
        parsed.Accept(inner);
        inner.Found.ForEach(text => Parse(text));
        return (TSqlScript)parsed;
    }

    /// <summary>The names of variables and parameters in it, with what each declares itself left out.</summary>
    public static IReadOnlySet<string> ParametersOf(string sql)
    {
        var names = new Names();
        Parse(sql).Accept(names);
        return names.Used.Except(names.Declared).ToHashSet();
    }

    /// <summary>The columns it names, wherever.</summary>
    public static IReadOnlySet<string> ColumnsOf(string sql)
    {
        var columns = new Columns();
        Parse(sql).Accept(columns);
        return columns.Found;
    }

    private sealed class Texts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        // text that is put together from variables as well is EF Core's own
        public override void Visit(ExecutableStringList node) =>
            Found.AddRange(node.Strings.All(s => s is StringLiteral) ? node.Strings.Cast<StringLiteral>().Select(s => s.Value) : []);
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        public HashSet<string> Used { get; } = [];

        public HashSet<string> Declared { get; } = [];

        public override void Visit(VariableReference node) => Used.Add(node.Name);

        public override void Visit(DeclareVariableElement node) => Declared.Add(node.VariableName.Value);

        // what a procedure calls its parameter is not ours
        public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue.Accept(this);
    }

    private sealed class Columns : TSqlFragmentVisitor
    {
        public HashSet<string> Found { get; } = [];

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is { } name)
            {
                Found.Add(name.Identifiers[^1].Value);
            }
        }
    }
}

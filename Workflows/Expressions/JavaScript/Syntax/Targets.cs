using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Turns what was read as an expression into what it is left of <c>=</c> or of <c>=&gt;</c>.</summary>
internal sealed class Targets(TokenStream tokens)
{
    /// <summary>A target for <c>=</c>.</summary>
    public Target ForAssignment(Expression expression) => Convert(expression, isDeclaration: false);

    /// <summary>A parameter or declared variable: names and patterns of names.</summary>
    public Target ForDeclaration(Expression expression) => Convert(expression, isDeclaration: true);

    /// <summary>A target for <c>+=</c> or <c>++</c>.</summary>
    public Target ForUpdate(Expression expression) =>
        expression is Identifier or Member ? (Target)expression : throw Wrong(expression);

    /// <summary>The names a declaration's target declares.</summary>
    public static IEnumerable<Identifier> NamesIn(Target? target) => target switch
    {
        Identifier name => [name],
        WithDefault inner => NamesIn(inner.Target),
        ArrayPattern pattern => pattern.Targets.SelectMany(NamesIn),
        ObjectPattern pattern => pattern.Targets.SelectMany(NamesIn),
        _ => [],
    };

    private Target Convert(Expression expression, bool isDeclaration)
    {
        if (expression.IsParenthesised && (isDeclaration || expression is not (Identifier or Member)))
        {
            throw Wrong(expression);
        }

        switch (expression)
        {
            case Identifier name:
                return isDeclaration ? new Identifier(name.Name, name.Offset, isDeclaration: true) : name;
            case Member member when !isDeclaration:
                return member;
            case ArrayLiteral array:
                return ConvertArray(array, isDeclaration);
            case ObjectLiteral braces:
                return ConvertObject(braces, isDeclaration);
            case ArrayPattern or ObjectPattern:
                return (Target)expression;
            default:
                throw Wrong(expression);
        }
    }

    /// <summary>A target that may carry a default value.</summary>
    public Target Element(Expression expression, bool isDeclaration) =>
        expression is Assignment { IsParenthesised: false } assignment
            ? new WithDefault(Convert(assignment.Written, isDeclaration), assignment.Value, assignment.Offset)
            : Convert(expression, isDeclaration);

    private ArrayPattern ConvertArray(ArrayLiteral array, bool isDeclaration)
    {
        var items = array.Items.ToList();
        Target? rest = null;
        if (items.Count > 0 && items[^1] is Spread spread)
        {
            rest = Convert(spread.Value, isDeclaration);
            items.RemoveAt(items.Count - 1);
        }

        return new ArrayPattern(
            [.. items.Select(item => item is null ? null : Element(item, isDeclaration))], rest, array.Offset);
    }

    private ObjectPattern ConvertObject(ObjectLiteral braces, bool isDeclaration)
    {
        var properties = new List<PropertyPattern>();
        Target? rest = null;
        foreach (var (key, value, defaultValue) in braces.Properties)
        {
            if (rest is not null)
            {
                throw Wrong(value);
            }

            if (key is null)
            {
                rest = Convert(((Spread)value).Value, isDeclaration);
                continue;
            }

            var target = Element(value, isDeclaration);
            properties.Add(new PropertyPattern(
                key, defaultValue is null ? target : new WithDefault(target, defaultValue, value.Offset)));
        }

        return new ObjectPattern([.. properties], rest, braces.Offset);
    }

    private ScriptSyntaxException Wrong(Expression expression) =>
        tokens.Wrong("This cannot be assigned, declared or be a parameter", expression.Offset);
}

using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Functions and arrow functions.</summary>
internal sealed class FunctionParser(
    TokenStream tokens, Targets targets, Declarations declarations, ExpressionParser expressions)
{
    /// <summary>Set right after construction: the statements of a body, in the innermost open scope.</summary>
    public required Func<StatementList> ParseBody { get; set; }

    public FunctionNode ParseFunctionExpression()
    {
        var start = tokens.Take().Start;
        RefuseGenerator();
        var name = tokens.Current.Kind == TokenKind.Word ? tokens.Take() : default;
        return ParseParametersAndBody(name.Text ?? string.Empty, start, isExpression: true);
    }

    public Hoisted ParseDeclaration()
    {
        var start = tokens.Take().Start;
        RefuseGenerator();
        if (tokens.Current.Kind != TokenKind.Word)
        {
            throw tokens.Unexpected();
        }

        var name = tokens.Take();
        var identifier = new Identifier(name.Text, name.Start, isDeclaration: true);
        declarations.Declare(identifier, DeclarationKind.Function);
        return new Hoisted(identifier, ParseParametersAndBody(name.Text, start));
    }

    /// <summary>From the <c>(</c> of the parameters to the <c>}</c> of the body.</summary>
    public FunctionNode ParseParametersAndBody(string name, int start, bool isExpression = false)
    {
        var items = new List<Expression>();
        tokens.Expect("(");
        while (!tokens.Current.Is(")"))
        {
            var at = tokens.Current.Start;
            items.Add(tokens.Accept("...")
                ? new Spread(expressions.ParseAssignment(), at)
                : expressions.ParseAssignment());
            if (!tokens.Current.Is(")"))
            {
                tokens.Expect(",");
            }
        }

        tokens.Take();
        return Make(name, items, isArrow: false, knowsItself: isExpression && name.Length > 0, start);
    }

    /// <summary>An arrow function whose parameters were read as expressions; the current token is the arrow.</summary>
    public FunctionNode ParseArrow(IReadOnlyList<Expression> items, int start)
    {
        tokens.Take();
        return Make(string.Empty, items, isArrow: true, knowsItself: false, start);
    }

    private FunctionNode Make(string name, IReadOnlyList<Expression> items, bool isArrow, bool knowsItself, int start)
    {
        var parameters = items.ToList();
        Target? rest = null;
        if (parameters.Count > 0 && parameters[^1] is Spread spread)
        {
            rest = targets.ForDeclaration(spread.Value);
            parameters.RemoveAt(parameters.Count - 1);
        }

        var converted = parameters.Select(item => targets.Element(item, isDeclaration: true)).ToArray();
        var scope = new OpenScope(new NameScope()) { IsFunction = true };
        Node body = declarations.Inside<Node>(scope, () =>
        {
            foreach (var target in rest is null ? converted : [.. converted, rest])
            {
                declarations.Declare(target, DeclarationKind.Parameter);
            }

            return isArrow && !tokens.Current.Is("{") ? expressions.ParseAssignment() : ParseBody();
        });
        return new FunctionNode(name, converted, rest, body, scope.Names, isArrow, knowsItself, start);
    }

    private void RefuseGenerator()
    {
        if (tokens.Current.Is("*"))
        {
            throw tokens.Outside("Generators are", tokens.Current.Start);
        }
    }
}

using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>The three kinds of <c>for</c>.</summary>
// parseDeclarators: takes whether in is an operator.
internal sealed class ForParser(
    TokenStream tokens,
    Targets targets,
    Declarations declarations,
    ExpressionParser expressions,
    Func<bool, Declaration> parseDeclarators,
    Func<Statement> parseStatement)
{
    public Statement Parse()
    {
        var start = tokens.Take().Start;
        if (tokens.Current.IsWord("await"))
        {
            throw tokens.Outside("'for await' is", start);
        }

        tokens.Expect("(");
        var scope = new OpenScope(new NameScope()) { IsLoop = true };
        return declarations.Inside(scope, () => ParseHead(scope.Names, start));
    }

    private Statement ParseHead(NameScope scope, int start)
    {
        if (tokens.Current.Is(";"))
        {
            return ParseClassic(scope, null, start);
        }

        var isDeclaration =
            tokens.Current.IsWord("let") || tokens.Current.IsWord("const") || tokens.Current.IsWord("var");
        if (!isDeclaration)
        {
            var at = tokens.Current.Start;
            var first = expressions.ParseSequence(allowIn: false);
            return IsForEach
                ? ParseForEach(scope, targets.ForAssignment(first), start)
                : ParseClassic(scope, new ExpressionPart(first, at), start);
        }

        var declaration = parseDeclarators(false);
        if (!IsForEach)
        {
            return ParseClassic(scope, declaration, start);
        }

        return declaration.Declarators is [{ Value: null } only]
            ? ParseForEach(scope, only.Target, start)
            : throw tokens.Wrong("A 'for' over items declares one variable without a value", declaration.Offset);
    }

    private bool IsForEach => tokens.Current.IsWord("of") || tokens.Current.IsWord("in");

    private ForEach ParseForEach(NameScope scope, Target target, int start)
    {
        var overNames = tokens.Take().Text == "in";
        var source = overNames ? expressions.ParseSequence() : expressions.ParseAssignment();
        tokens.Expect(")");
        return new ForEach(scope, target, source, overNames, parseStatement(), start);
    }

    private For ParseClassic(NameScope scope, Statement? first, int start)
    {
        tokens.Expect(";");
        var test = tokens.Current.Is(";") ? null : expressions.ParseSequence();
        tokens.Expect(";");
        var update = tokens.Current.Is(")") ? null : expressions.ParseSequence();
        tokens.Expect(")");
        return new For(scope, first, test, update, parseStatement(), start);
    }
}

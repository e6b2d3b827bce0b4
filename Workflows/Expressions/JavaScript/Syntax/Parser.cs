using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Parses and binds a whole text.</summary>
internal static class Parser
{
    public static Node Parse(string source, ScriptKind kind)
    {
        if (source.Length > Script.MaxSourceLength)
        {
            throw new ScriptSyntaxException(
                $"The script is longer than {Script.MaxSourceLength} characters", source, Script.MaxSourceLength);
        }

        var tokens = new TokenStream(source);
        var targets = new Targets(tokens);
        var nesting = new Nesting(tokens);
        var declarations = new Declarations(tokens);

        // expressions contain functions, functions contain statements, statements contain expressions
        var expressions = new ExpressionParser(tokens, targets, nesting) { ParseOperand = null! };
        var functions = new FunctionParser(tokens, targets, declarations, expressions) { ParseBody = null! };
        var statements = new StatementParser(tokens, targets, declarations, expressions, functions, nesting);
        expressions.ParseOperand = new OperandParser(tokens, expressions, functions).Parse;
        functions.ParseBody = statements.ParseFunctionBody;

        Node root = kind == ScriptKind.Program ? statements.ParseProgram() : ParseOnly(tokens, expressions);
        new Binder(source).Bind(root);
        return root;
    }

    private static Expression ParseOnly(TokenStream tokens, ExpressionParser expressions)
    {
        var expression = expressions.ParseSequence();
        while (tokens.Accept(";"))
        {
        }

        return tokens.Current.Kind == TokenKind.End ? expression : throw tokens.Unexpected();
    }
}

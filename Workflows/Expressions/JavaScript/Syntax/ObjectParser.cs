using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Object literals, which may also turn out to be patterns.</summary>
internal sealed class ObjectParser(TokenStream tokens, ExpressionParser expressions, FunctionParser functions)
{
    public ObjectLiteral Parse()
    {
        var start = tokens.Take().Start;
        var properties = new List<Property>();
        while (!tokens.Current.Is("}"))
        {
            properties.Add(ParseProperty());
            if (!tokens.Current.Is("}"))
            {
                tokens.Expect(",");
            }
        }

        tokens.Take();
        return new ObjectLiteral([.. properties], start);
    }

    private Property ParseProperty()
    {
        var start = tokens.Current;
        if (tokens.Accept("..."))
        {
            return new Property(null, new Spread(expressions.ParseAssignment(), start.Start));
        }

        if (start.Is("*"))
        {
            throw tokens.Outside("Generators are", start.Start);
        }

        var key = ParseKey();
        if (tokens.Accept(":"))
        {
            return new Property(key, expressions.ParseAssignment());
        }

        if (tokens.Current.Is("("))
        {
            var name = key is Literal { Value: string text } ? text : string.Empty;
            return new Property(key, functions.ParseParametersAndBody(name, start.Start));
        }

        if (start.Kind != TokenKind.Word)
        {
            throw tokens.Unexpected();
        }

        if (!tokens.Current.Is(",") && !tokens.Current.Is("}") && !tokens.Current.Is("="))
        {
            throw start.Text switch
            {
                "get" or "set" => tokens.Outside("Getters and setters are", start.Start),
                "async" => tokens.Outside("Async functions are", start.Start),
                _ => tokens.Unexpected(),
            };
        }

        if (Words.IsReserved(start.Text))
        {
            throw tokens.Wrong($"Unexpected '{start.Text}'", start.Start);
        }

        var value = new Identifier(start.Text, start.Start);
        return tokens.Accept("=")
            ? new Property(key, value, expressions.ParseAssignment())
            : new Property(key, value);
    }

    private Expression ParseKey()
    {
        var token = tokens.Current;
        if (tokens.Accept("["))
        {
            var key = expressions.ParseAssignment();
            tokens.Expect("]");
            return key;
        }

        if (token.Kind is TokenKind.Punctuator or TokenKind.End)
        {
            throw tokens.Unexpected();
        }

        tokens.Take();
        return new Literal(token.Kind == TokenKind.Number ? NumberText.Format(token.Number) : token.Text, token.Start);
    }
}

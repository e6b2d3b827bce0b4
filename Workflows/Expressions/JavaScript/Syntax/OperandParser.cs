using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Literals, names, calls, members, functions and parentheses.</summary>
internal sealed class OperandParser(TokenStream tokens, ExpressionParser expressions, FunctionParser functions)
{
    public Expression Parse()
    {
        var start = tokens.Current.Start;
        var expression = tokens.Current.IsWord("new") ? ParseNew() : ParsePrimary();
        var isOptional = false;
        while (!ExpressionParser.IsBareArrow(expression))
        {
            var token = tokens.Current;
            if (tokens.Accept("?."))
            {
                isOptional = true;
                expression = tokens.Current.Is("(") ? new Call(expression, ParseArguments(), true, token.Start)
                    : tokens.Current.Is("[") ? ParseComputed(expression, true)
                    : ParseNamed(expression, true);
            }
            else if (token.Is("("))
            {
                expression = new Call(expression, ParseArguments(), false, start);
            }
            else if (token.Is("[") || token.Is("."))
            {
                expression = ParseMember(expression);
            }
            else
            {
                RefuseTag(token);
                break;
            }
        }

        return isOptional ? new OptionalChain(expression, start) : expression;
    }

    private void RefuseTag(Token token)
    {
        if (token.Is("`"))
        {
            throw tokens.Outside("Tagged templates are", token.Start);
        }
    }

    private Member ParseMember(Expression owner)
    {
        if (tokens.Current.Is("["))
        {
            return ParseComputed(owner, false);
        }

        tokens.Expect(".");
        return ParseNamed(owner, false);
    }

    private Member ParseNamed(Expression owner, bool isOptional)
    {
        var name = tokens.Current;
        if (name.Kind != TokenKind.Word)
        {
            throw tokens.Unexpected();
        }

        tokens.Take();
        return new Member(owner, new Literal(name.Text, name.Start), isComputed: false, isOptional, name.Start);
    }

    private Member ParseComputed(Expression owner, bool isOptional)
    {
        var start = tokens.Expect("[").Start;
        var key = expressions.ParseSequence();
        tokens.Expect("]");
        return new Member(owner, key, isComputed: true, isOptional, start);
    }

    private Expression[] ParseArguments()
    {
        tokens.Expect("(");
        var arguments = new List<Expression>();
        while (!tokens.Current.Is(")"))
        {
            arguments.Add(ParseItem());
            if (!tokens.Current.Is(")"))
            {
                tokens.Expect(",");
            }
        }

        tokens.Take();
        return [.. arguments];
    }

    private Expression ParseItem()
    {
        var start = tokens.Current.Start;
        return tokens.Accept("...") ? new Spread(expressions.ParseAssignment(), start) : expressions.ParseAssignment();
    }

    private Construction ParseNew()
    {
        var start = tokens.Take().Start;
        if (tokens.Current.Is("."))
        {
            throw tokens.Outside("'new.target' is", start);
        }

        var function = tokens.Current.IsWord("new") ? throw tokens.Unexpected() : ParsePrimary();
        while (tokens.Current.Is(".") || tokens.Current.Is("["))
        {
            function = ParseMember(function);
        }

        return new Construction(function, tokens.Current.Is("(") ? ParseArguments() : [], start);
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                tokens.Take();
                return new Literal(NumberText.Box(token.Number), token.Start);
            case TokenKind.String:
                tokens.Take();
                return new Literal(token.Text, token.Start);
            case TokenKind.Word:
                return ParseWord(token);
            case TokenKind.Punctuator:
                return token.Text switch
                {
                    "(" => ParseParentheses(),
                    "[" => ParseArray(),
                    "{" => new ObjectParser(tokens, expressions, functions).Parse(),
                    "`" => ParseTemplate(),
                    "/" or "/=" => throw tokens.Outside("Regular expressions are", token.Start),
                    _ => throw tokens.Unexpected(),
                };
            case TokenKind.End:
            default:
                throw tokens.Unexpected();
        }
    }

    private Expression ParseWord(Token token)
    {
        switch (token.Text)
        {
            case "true" or "false":
                tokens.Take();
                return new Literal(Coercion.Box(token.Text == "true"), token.Start);
            case "null":
                tokens.Take();
                return new Literal(null, token.Start);
            case "function":
                return functions.ParseFunctionExpression();
        }

        if (Words.IsReserved(token.Text))
        {
            throw tokens.Unexpected();
        }

        // 'eval' and 'Function' are refused by the binder, for a script may not mean the library's
        if (Words.WhatIsLeftOut(token.Text) is { } leftOut && token.Text is not ("eval" or "Function" or "arguments"))
        {
            throw tokens.Outside(leftOut, token.Start);
        }

        tokens.Take();
        var name = new Identifier(token.Text, token.Start);
        if (tokens.Current.Is("=>") && !tokens.Current.NewlineBefore)
        {
            return functions.ParseArrow([name], token.Start);
        }

        var isAsync = token.Text == "async"
            && !tokens.Current.NewlineBefore
            && (tokens.Current.Kind == TokenKind.Word || tokens.Current.Is("("));
        return isAsync ? throw tokens.Outside("Async functions are", token.Start) : name;
    }

    private Expression ParseParentheses()
    {
        var start = tokens.Take().Start;
        var items = new List<Expression>();
        var endsWithComma = false;
        while (!tokens.Current.Is(")"))
        {
            items.Add(ParseItem());
            endsWithComma = tokens.Accept(",");
            if (!endsWithComma && !tokens.Current.Is(")"))
            {
                throw tokens.Unexpected();
            }
        }

        tokens.Take();
        if (tokens.Current.Is("=>") && !tokens.Current.NewlineBefore)
        {
            return functions.ParseArrow(items, start);
        }

        if (items.Count == 0 || endsWithComma || items.Exists(item => item is Spread))
        {
            throw tokens.Wrong("These parentheses are a parameter list, but no '=>' follows", start);
        }

        var inner = items.Count == 1 ? items[0] : new Sequence([.. items], start);
        inner.IsParenthesised = true;
        return inner;
    }

    private ArrayLiteral ParseArray()
    {
        var start = tokens.Take().Start;
        var items = new List<Expression?>();
        while (!tokens.Current.Is("]"))
        {
            if (tokens.Accept(","))
            {
                items.Add(null);
                continue;
            }

            items.Add(ParseItem());
            if (!tokens.Current.Is("]"))
            {
                tokens.Expect(",");
            }
        }

        tokens.Take();
        return new ArrayLiteral([.. items], start);
    }

    private Template ParseTemplate()
    {
        var start = tokens.Current.Start;
        var texts = new List<string>();
        var inner = new List<Expression>();
        while (true)
        {
            var (text, isLast) = tokens.TakeTemplatePiece();
            texts.Add(text);
            if (isLast)
            {
                return new Template([.. texts], [.. inner], start);
            }

            inner.Add(expressions.ParseSequence());
            if (!tokens.Current.Is("}"))
            {
                throw tokens.Unexpected();
            }
        }
    }
}

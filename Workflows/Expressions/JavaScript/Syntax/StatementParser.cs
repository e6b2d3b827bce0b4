using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Statements, with semicolons inserted where ECMAScript allows it.</summary>
internal sealed class StatementParser(
    TokenStream tokens,
    Targets targets,
    Declarations declarations,
    ExpressionParser expressions,
    FunctionParser functions,
    Nesting nesting)
{
    public StatementList ParseProgram()
    {
        var scope = new OpenScope(new NameScope()) { IsFunction = true };
        return declarations.Inside(scope, () => new StatementList(
            ParseStatements(() => tokens.Current.Kind == TokenKind.End), [.. scope.Functions], scope.Names, 0));
    }

    /// <summary>The body of a function, whose scope is open already.</summary>
    public StatementList ParseFunctionBody() => ParseBraces(null);

    private StatementList ParseBlock()
    {
        var scope = new OpenScope(new NameScope());
        return declarations.Inside(scope, () => ParseBraces(scope.Names));
    }

    private StatementList ParseBraces(NameScope? names)
    {
        var start = tokens.Expect("{").Start;
        var statements = ParseStatements(() => tokens.Current.Is("}"));
        tokens.Expect("}");
        return new StatementList(statements, [.. declarations.Functions], names, start);
    }

    private Statement[] ParseStatements(Func<bool> isEnd)
    {
        var statements = new List<Statement>();
        while (!isEnd())
        {
            if (tokens.Current.Kind == TokenKind.End)
            {
                throw tokens.Unexpected();
            }

            if (tokens.Current.IsWord("function"))
            {
                declarations.Functions.Add(functions.ParseDeclaration());
            }
            else if (tokens.Current.IsWord("let") || tokens.Current.IsWord("const"))
            {
                statements.Add(ParseDeclaration());
            }
            else
            {
                statements.Add(ParseStatement());
            }
        }

        return [.. statements];
    }

    private Statement ParseStatement() => nesting.Deeper(ParseOneStatement);

    private Statement ParseOneStatement()
    {
        var token = tokens.Current;
        if (token.Is("{"))
        {
            return ParseBlock();
        }

        if (tokens.Accept(";"))
        {
            return new EmptyStatement(token.Start);
        }

        return token.Kind != TokenKind.Word ? ParseExpressionStatement() : token.Text switch
        {
            "var" => ParseDeclaration(),
            "if" => ParseIf(),
            "for" => new ForParser(tokens, targets, declarations, expressions, ParseDeclarators, ParseStatement).Parse(),
            "while" => ParseWhile(),
            "do" => ParseDoWhile(),
            "break" or "continue" => ParseJump(),
            "return" => ParseReturn(),
            "throw" => ParseThrow(),
            "try" => ParseTry(),
            "switch" => ParseSwitch(),
            "let" or "const" or "function" => throw tokens.Wrong($"A '{token.Text}' declaration needs a block around it here"),
            _ => ParseExpressionStatement(),
        };
    }

    private Declaration ParseDeclaration()
    {
        var declaration = ParseDeclarators(true);
        tokens.EndStatement();
        return declaration;
    }

    // allowIn: false in the head of a for, where also values may be missing.
    private Declaration ParseDeclarators(bool allowIn)
    {
        var word = tokens.Take();
        var kind = word.Text switch
        {
            "var" => DeclarationKind.Var,
            "let" => DeclarationKind.Let,
            _ => DeclarationKind.Const,
        };
        var declarators = new List<Declarator>();
        do
        {
            declarators.Add(ParseDeclarator(kind, allowIn));
        }
        while (tokens.Accept(","));
        return new Declaration([.. declarators], kind == DeclarationKind.Var, word.Start);
    }

    private Declarator ParseDeclarator(DeclarationKind kind, bool allowIn)
    {
        var start = tokens.Current;
        var isName = start.Kind == TokenKind.Word && !Words.IsReserved(start.Text);
        if (!isName && !start.Is("[") && !start.Is("{"))
        {
            throw tokens.Unexpected();
        }

        var written = isName ? NameOf(tokens.Take()) : expressions.ParseOperand();
        var target = targets.ForDeclaration(written);
        declarations.Declare(target, kind);
        if (tokens.Accept("="))
        {
            return new Declarator(target, expressions.ParseAssignment(allowIn));
        }

        var isForEach = !allowIn && (tokens.Current.IsWord("of") || tokens.Current.IsWord("in"));
        return isForEach || (kind != DeclarationKind.Const && isName)
            ? new Declarator(target, null)
            : throw tokens.Wrong("This declaration needs a value", start.Start);
    }

    private static Identifier NameOf(Token token) => new(token.Text, token.Start);

    private ExpressionStatement ParseExpressionStatement()
    {
        var start = tokens.Current.Start;
        var expression = expressions.ParseSequence();
        if (expression is Identifier && tokens.Current.Is(":"))
        {
            throw tokens.Outside("Labels are", start);
        }

        tokens.EndStatement();
        return new ExpressionStatement(expression, start);
    }

    private Expression ParseCondition()
    {
        tokens.Expect("(");
        var test = expressions.ParseSequence();
        tokens.Expect(")");
        return test;
    }

    private If ParseIf()
    {
        var start = tokens.Take().Start;
        var test = ParseCondition();
        var then = ParseStatement();
        return new If(test, then, tokens.AcceptWord("else") ? ParseStatement() : null, start);
    }

    private Statement ParseLoopBody() =>
        declarations.Inside(new OpenScope(new NameScope()) { IsLoop = true }, ParseStatement);

    private While ParseWhile()
    {
        var start = tokens.Take().Start;
        var test = ParseCondition();
        return new While(test, ParseLoopBody(), start);
    }

    private DoWhile ParseDoWhile()
    {
        var start = tokens.Take().Start;
        var body = ParseLoopBody();
        tokens.ExpectWord("while");
        var test = ParseCondition();
        tokens.Accept(";");
        return new DoWhile(body, test, start);
    }

    private Jump ParseJump()
    {
        var token = tokens.Take();
        if (tokens.Current.Kind == TokenKind.Word && !tokens.Current.NewlineBefore)
        {
            throw tokens.Outside("Labels are", tokens.Current.Start);
        }

        if (!(token.Text == "break" ? declarations.MayBreak : declarations.MayContinue))
        {
            throw tokens.Wrong($"'{token.Text}' stands outside a loop", token.Start);
        }

        tokens.EndStatement();
        return new Jump(token.Text == "break" ? Completion.Break : Completion.Continue, token.Start);
    }

    private Return ParseReturn()
    {
        var start = tokens.Take().Start;
        var value = tokens.IsStatementEnd ? null : expressions.ParseSequence();
        tokens.EndStatement();
        return new Return(value, start);
    }

    private Throw ParseThrow()
    {
        var start = tokens.Take().Start;
        if (tokens.Current.NewlineBefore)
        {
            throw tokens.Wrong("The value to throw must stand on the same line");
        }

        var value = expressions.ParseSequence();
        tokens.EndStatement();
        return new Throw(value, start);
    }

    private Try ParseTry()
    {
        var start = tokens.Take().Start;
        var body = ParseBlock();
        var handler = tokens.AcceptWord("catch") ? ParseCatch() : null;
        var finalizer = tokens.AcceptWord("finally") ? ParseBlock() : null;
        return handler is null && finalizer is null
            ? throw tokens.Wrong("A 'try' needs a 'catch' or a 'finally'")
            : new Try(body, handler, finalizer, start);
    }

    private Catch ParseCatch()
    {
        var scope = new OpenScope(new NameScope());
        return declarations.Inside(scope, () =>
        {
            Target? parameter = null;
            if (tokens.Accept("("))
            {
                parameter = targets.ForDeclaration(expressions.ParseOperand());
                declarations.Declare(parameter, DeclarationKind.Let);
                tokens.Expect(")");
            }

            return new Catch(scope.Names, parameter, ParseBlock());
        });
    }

    private Switch ParseSwitch()
    {
        var start = tokens.Take().Start;
        var subject = ParseCondition();
        var scope = new OpenScope(new NameScope()) { IsSwitch = true };
        return declarations.Inside(scope, () =>
        {
            var cases = new List<SwitchCase>();
            tokens.Expect("{");
            while (!tokens.Accept("}"))
            {
                Expression? test = null;
                if (!tokens.AcceptWord("default"))
                {
                    tokens.ExpectWord("case");
                    test = expressions.ParseSequence();
                }
                else if (cases.Exists(one => one.Test is null))
                {
                    throw tokens.Wrong("A 'switch' has one 'default' at most");
                }

                tokens.Expect(":");
                cases.Add(new SwitchCase(test, ParseCaseBody()));
            }

            return new Switch(subject, [.. cases], [.. scope.Functions], scope.Names, start);
        });
    }

    // its functions belong to the scope all the cases share
    private StatementList ParseCaseBody()
    {
        var start = tokens.Current.Start;
        return new StatementList(ParseStatements(IsCaseEnd), [], null, start);
    }

    private bool IsCaseEnd() =>
        tokens.Current.Is("}") || tokens.Current.IsWord("case") || tokens.Current.IsWord("default");
}

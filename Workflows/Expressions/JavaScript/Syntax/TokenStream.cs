namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>The tokens of a text, one at a time, with the questions a parser asks of them.</summary>
internal sealed class TokenStream
{
    private readonly string _source;
    private readonly Lexer _lexer;

    public TokenStream(string source)
    {
        _source = source;
        _lexer = new Lexer(source);
        Current = _lexer.Read(0);
    }

    public Token Current { get; private set; }

    public Token Take()
    {
        var token = Current;
        Current = _lexer.Read(token.End);
        return token;
    }

    public bool Accept(string punctuator)
    {
        var found = Current.Is(punctuator);
        if (found)
        {
            Take();
        }

        return found;
    }

    public bool AcceptWord(string word)
    {
        var found = Current.IsWord(word);
        if (found)
        {
            Take();
        }

        return found;
    }

    public Token Expect(string punctuator) =>
        Current.Is(punctuator) ? Take() : throw Wrong($"Expected '{punctuator}' but found {Describe(Current)}");

    public void ExpectWord(string word)
    {
        if (!AcceptWord(word))
        {
            throw Wrong($"Expected '{word}' but found {Describe(Current)}");
        }
    }

    /// <summary>Ends a statement: a <c>;</c>, or where the next token is on a new line, a <c>}</c> or the end, nothing.</summary>
    public void EndStatement()
    {
        if (!Accept(";") && !IsStatementEnd)
        {
            throw Unexpected();
        }
    }

    /// <summary>Whether a statement may end here.</summary>
    public bool IsStatementEnd =>
        Current.Is(";") || Current.Is("}") || Current.Kind == TokenKind.End || Current.NewlineBefore;

    /// <summary>Reads on inside a template, from just after the current token's start.</summary>
    public (string Text, bool IsLast) TakeTemplatePiece()
    {
        var (text, end, isLast) = _lexer.ReadTemplatePiece(Current.Start + 1);
        Current = _lexer.Read(end);
        return (text, isLast);
    }

    public ScriptSyntaxException Unexpected() => Wrong($"Unexpected {Describe(Current)}");

    public ScriptSyntaxException Wrong(string message) => Wrong(message, Current.Start);

    public ScriptSyntaxException Wrong(string message, int offset) => new(message, _source, offset);

    public ScriptSyntaxException Outside(string what, int offset) =>
        Wrong($"{what} outside the supported subset of JavaScript", offset);

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.Number => "a number",
        TokenKind.String => "a string",
        _ => $"'{token.Text}'",
    };
}

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

internal enum TokenKind
{
    End,

    /// <summary>An identifier or a keyword; the parser tells them apart by the text.</summary>
    Word,
    Punctuator,
    Number,
    String,
}

// text: the word or punctuator; the value of a string.
// newlineBefore: whether a line ends between the token before and this one.
internal readonly record struct Token(
    TokenKind Kind, string Text, int Start, int End, bool NewlineBefore, double Number = 0)
{
    public bool Is(string punctuator) => Kind == TokenKind.Punctuator && Text == punctuator;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;
}

using System.Runtime.CompilerServices;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Keeps a hostile text from exhausting the stack of the parser.</summary>
internal sealed class Nesting(TokenStream tokens)
{
    private const int MaxDepth = 200;

    private int _depth;

    public T Deeper<T>(Func<T> parse)
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw tokens.Wrong("The script is nested too deeply");
        }

        var result = parse();
        _depth--;
        return result;
    }
}

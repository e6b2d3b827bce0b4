namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>
/// The names a script finds besides its own and the library's; a name given here hides the library's. Values are those of
/// <see cref="Script"/>; .NET numbers, DateTimeOffset, JsonElement and JsonNode are converted on the way in.
/// Lists, objects and dates are not copied: a script may change them unless they are frozen.
/// </summary>
public interface IScriptScope
{
    /// <summary>False: the name is unknown, which for the script is a ReferenceError.</summary>
    bool TryGet(string name, out object? value);

    /// <summary>Assigns a name the script has not declared. False: it cannot be assigned, a ReferenceError.</summary>
    bool TrySet(string name, object? value);

    /// <summary>The moment <c>Date.now()</c> and <c>new Date()</c> tell; null: the budget's clock.</summary>
    DateTimeOffset? Now => null;

    /// <summary>An evaluation has ended, however it ended, after so many steps.</summary>
    void Spent(int steps)
    {
    }
}

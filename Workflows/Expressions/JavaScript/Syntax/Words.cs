using System.Collections.Frozen;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Words that cannot be names, and those that stand for what we leave out.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        "break", "case", "catch", "const", "continue", "default", "delete", "do", "else", "extends", "false", "finally",
        "for", "function", "if", "in", "instanceof", "let", "new", "null", "return", "switch", "throw", "true", "try",
        "typeof", "var", "void", "while",
    ]);

    private static readonly FrozenDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["arguments"] = "'arguments' is",
        ["await"] = "'await' is",
        ["class"] = "Classes are",
        ["debugger"] = "'debugger' is",
        ["enum"] = "'enum' is",
        ["eval"] = "'eval' is",
        ["export"] = "'export' is",
        ["Function"] = "'Function' is",
        ["import"] = "'import' is",
        ["super"] = "'super' is",
        ["this"] = "'this' is",
        ["with"] = "'with' is",
        ["yield"] = "Generators ('yield') are",
    }.ToFrozenDictionary();

    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Start of a sentence that ends with "outside the supported subset"; null for other words.</summary>
    public static string? WhatIsLeftOut(string word) => LeftOut.GetValueOrDefault(word);
}

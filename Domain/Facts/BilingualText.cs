namespace CaseManagement.Domain.Facts;

/// <summary>A text in both languages of the product; a process pack writes it as <c>{"zh", "en"}</c>.</summary>
public sealed record BilingualText(string Zh, string En)
{
    /// <summary>The text in the language asked for: English for <c>en…</c>, Chinese for anything else.</summary>
    public string In(string language) => IsChinese(language) ? Zh : En;

    /// <summary>Neither language is blank.</summary>
    public bool IsComplete => !string.IsNullOrWhiteSpace(Zh) && !string.IsNullOrWhiteSpace(En);

    /// <summary>Whether a language reads <see cref="Zh"/>.</summary>
    public static bool IsChinese(string language) => !language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Zh} / {En}";
}

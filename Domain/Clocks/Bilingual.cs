namespace CaseManagement.Domain.Clocks;

/// <summary>One text in both languages of the product.</summary>
public sealed record Bilingual(string Zh, string En)
{
    /// <param name="culture">A culture name; anything Chinese reads <see cref="Zh"/>, everything else <see cref="En"/>.</param>
    public string In(string culture) => IsChinese(culture) ? Zh : En;

    internal static bool IsChinese(string culture) => culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
}

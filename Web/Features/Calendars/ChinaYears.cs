using System.Globalization;
using CaseManagement.Domain.Clocks.Import;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>The published years of Chinese holidays and make-up days that lie beside the program (npm package chinese-days, MIT).</summary>
internal static class ChinaYears
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Holidays", "china");

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<int> All { get; } = !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateFiles(Folder, "*.json")
            .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : 0)
            .Where(year => year > 0).OrderDescending()];

    /// <summary>None when that year does not ship.</summary>
    public static async Task<HolidayFile?> ReadAsync(int year, CancellationToken cancellationToken) =>
        All.Contains(year)
            ? ChineseDays.Read(await File.ReadAllTextAsync(Path.Combine(Folder, $"{year.ToString(CultureInfo.InvariantCulture)}.json"), cancellationToken))
            : null;
}

using System.Globalization;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>Sample words in the language of the request.</summary>
internal static class Say
{
    public const string Zone = "Asia/Shanghai";

    public static string It(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? en : zh;

    /// <summary>A moment of 2026 in Shanghai.</summary>
    public static DateTimeOffset At(int month, int day, int hour, int minute = 0) =>
        new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8));
}

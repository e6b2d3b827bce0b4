using System.Text;

namespace CaseManagement.Web.Organisation;

/// <summary>Why a password will not do.</summary>
public enum PasswordFault
{
    /// <summary>Shorter than asked for.</summary>
    TooShort,

    TooLong,

    /// <summary>Holds a control character.</summary>
    Unreadable,

    /// <summary>A common password, however it is written or padded.</summary>
    Common,

    /// <summary>Little more than a name of the person, the product or the organisation.</summary>
    Named,

    /// <summary>Of small letters, capitals, digits and others fewer than three kinds, where the profile asks for them.</summary>
    Uniform,

    /// <summary>The one before again, where the profile asks for another.</summary>
    Same,
}

/// <summary>
/// What a password needs: length, and not to be guessed first. Any characters, pasted or typed; no rules of composition, no expiry (NIST SP 800-63B-4).
/// </summary>
public static class PasswordRules
{
    /// <summary>Characters at least, where the password is all there is.</summary>
    public const int Shortest = 15;

    /// <summary>Characters at least beside an authenticator.</summary>
    public const int ShortestWithCode = 8;

    public const int Longest = 128;

    /// <summary>Of a password's different characters, counted without padding, there are at least so many.</summary>
    private const int FewestDifferent = 5;

    /// <summary>Kinds of characters at least, where a profile asks for them.</summary>
    private const int FewestKinds = 3;

    // beside the commonest of the world what is near at hand here, in small letters and without padding; more than a few letters of something else make it another password
    private static readonly HashSet<string> Common = new(
        """
        password passw0rd passwort passcode letmein welcome admin administrator root login master secret changeme default guest test testing tester user demo system
        qwerty qwertyuiop qwertyuiopasdfghjkl asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qwer asdf zxcv
        iloveyou monkey dragon sunshine princess football baseball superman batman trustno michael jordan shadow ashley bailey freedom whatever starwars computer internet
        charlie donald hello flower lovely cheese pepper ginger summer winter spring autumn monday friday january february march april august october november december
        woaini woaiwojia wodemima mima mimashi nihao zhongguo beijing shanghai woshishui wobuzhidao wangjimima tiankong
        complaint complaints casemanagement case management service customer kefu tousu
        correcthorsebatterystaple thequickbrownfox
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private static readonly string[] Runs =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "!@#$%^&*()", "zyxwvutsrqponmlkjihgfedcba", "98765432109876543210"];

    /// <summary>The form that is hashed: NFC, so that every keyboard types the same.</summary>
    public static string Normal(string password) => password.Normalize(NormalizationForm.FormC);

    /// <summary>What is wrong with a password; null when it will do.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="usesCode">The person signs in with an authenticator too.</param>
    /// <param name="names">Names of the person, the product and the organisation.</param>
    /// <param name="mixed">Asks for three kinds of characters as well.</param>
    public static PasswordFault? Check(string password, bool usesCode, IEnumerable<string> names, bool mixed = false)
    {
        var normal = Normal(password);
        var length = normal.EnumerateRunes().Count();
        if (length < (usesCode ? ShortestWithCode : Shortest))
        {
            return PasswordFault.TooShort;
        }

        if (normal.Length > Longest)
        {
            return PasswordFault.TooLong;
        }

        if (normal.Any(char.IsControl))
        {
            return PasswordFault.Unreadable;
        }

        if (mixed && KindsOf(normal) < FewestKinds)
        {
            return PasswordFault.Uniform;
        }

        var plain = Plain(normal);
        return IsCommon(plain) ? PasswordFault.Common
            : names.Select(Plain).Any(name => name.Length >= 3 && plain.Contains(name, StringComparison.Ordinal) && Left(plain, name) < FewestDifferent) ? PasswordFault.Named
            : null;
    }

    private static int KindsOf(string password) => password.Select(c =>
        char.IsAsciiLetterLower(c) ? 'a' : char.IsAsciiLetterUpper(c) ? 'A' : char.IsAsciiDigit(c) ? '0' : '-').Distinct().Count();

    private static bool IsCommon(string plain)
    {
        var core = plain.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '?', '*', '#', '@', '_', '-', ' ', '$');
        return plain.Distinct().Count() < FewestDifferent
            || core.Length < FewestDifferent
            || IsKnown(plain) || IsKnown(core) || IsKnown(Letters(core)) || IsRepeated(plain) || IsMadeOf(core)
            || Runs.Any(run => run.Contains(plain, StringComparison.Ordinal) || (run + run).Contains(plain, StringComparison.Ordinal));
    }

    private static bool IsKnown(string word) => Common.Contains(word) || CommonPasswords.Contains(word);

    // "passwordpassword", "admin123admin123"
    private static bool IsRepeated(string plain)
    {
        for (var part = 1; part <= plain.Length / 2; part++)
        {
            if (part <= 12 && plain.Length % part == 0 && Enumerable.Range(0, plain.Length / part).All(i => string.CompareOrdinal(plain, i * part, plain, 0, part) == 0))
            {
                return true;
            }
        }

        return false;
    }

    // two common words one after the other are as easily guessed as one
    private static bool IsMadeOf(string core) =>
        Enumerable.Range(1, Math.Max(core.Length - 1, 0)).Any(at => Common.Contains(Trim(core[..at])) && Common.Contains(Trim(core[at..])));

    private static string Trim(string word) => word.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '_', '.', ' ');

    private static int Left(string plain, string name) => plain.Replace(name, "", StringComparison.Ordinal).Distinct().Count();

    private static string Letters(string text) => text
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's').Replace('!', 'i');

    private static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}

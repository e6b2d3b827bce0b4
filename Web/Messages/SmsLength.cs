namespace CaseManagement.Web.Messages;

/// <summary>How long a text is as an SMS: characters and the parts it is charged for.</summary>
/// <param name="Characters">Septets or UTF-16 units, as the network counts them.</param>
/// <param name="Parts">0 for an empty text.</param>
/// <param name="IsUnicode">It has a character outside GSM 03.38, so a part holds 70 instead of 160.</param>
public sealed record SmsLength(int Characters, int Parts, bool IsUnicode)
{
    private const string Gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string GsmTwice = "^{}\\[~]|€\f";

    public static SmsLength Of(string text)
    {
        var septets = 0;
        foreach (var c in text)
        {
            if (Gsm.Contains(c, StringComparison.Ordinal))
            {
                septets++;
            }
            else if (GsmTwice.Contains(c, StringComparison.Ordinal))
            {
                septets += 2;
            }
            else
            {
                return new SmsLength(text.Length, PartsOf(text.Length, 70, 67), true);
            }
        }

        return new SmsLength(septets, PartsOf(septets, 160, 153), false);
    }

    // several parts each carry where they belong
    private static int PartsOf(int length, int alone, int together) => length == 0 ? 0 : length <= alone ? 1 : (length + together - 1) / together;
}

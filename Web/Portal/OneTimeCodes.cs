using System.Globalization;
using System.Security.Cryptography;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Portal;

/// <summary>
/// Codes of six digits that go to the contact on record of a followed case. The message is kept with what stands for the code; whoever delivers it puts the code
/// there.
/// </summary>
public sealed class OneTimeCodes(TrackingSessions sessions, TrackingCodes codes, CaseRuntime cases, PortalGate gate)
{
    private static readonly Performer Complainant = new() { Actor = Actor.ComplainantByPortal };

    /// <summary>Sends one, where there is a contact. Whether there is, nobody learns here.</summary>
    /// <returns>False: too many were asked for.</returns>
    public async Task<bool> SendAsync(HttpContext context, Guid complaint, CancellationToken cancellationToken)
    {
        if (!await gate.MaySendCodeAsync(complaint, cancellationToken))
        {
            return false;
        }

        if (await cases.ReadAsync(complaint, cancellationToken) is not { Complaint.Complainant: var who }
            || (string.IsNullOrWhiteSpace(who.Email) && string.IsNullOrWhiteSpace(who.Phone)))
        {
            return true;
        }

        var digits = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

        // sealed before the burst, which must not write keys
        var kept = codes.SealOneTime(digits);
        await sessions.ExpectCodeAsync(context, digits, cancellationToken);
        await cases.ActAsync(
            complaint, Complainant, act => act.Log.Send(new CaseMessage(ProductTemplates.OneTimeCode, Candidates.Complainant, Text: kept)), cancellationToken);
        return true;
    }
}

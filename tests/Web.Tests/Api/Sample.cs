namespace CaseManagement.Web.Tests.Api;

/// <summary>Requests that tests share.</summary>
internal static class Sample
{
    public static Dictionary<string, object> Complaint(string subject = "Repair delayed", string? externalId = null)
    {
        var body = new Dictionary<string, object>
        {
            ["channel"] = "phone",
            ["subject"] = subject,
            ["description"] = "Three visits were agreed, nobody came.",
            ["category"] = "speed",
            ["complainant"] = new { name = "Wang", phone = "13800000000" },
        };
        if (externalId is not null)
        {
            body["externalId"] = externalId;
        }

        return body;
    }
}

using System.Net.Http.Json;
using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Escalation;

/// <summary>Pages of what is late, and the list of cases at work, are looked at in one product.</summary>
[CollectionDefinition(Name)]
public sealed class EscalationTests : ICollectionFixture<EscalationHost>
{
    public const string Name = "Escalation";
}

/// <summary>The product with its demo cases, a day and more later: some limits are late, some about to be, a message is undelivered.</summary>
public sealed class EscalationHost : ProductHost
{
    protected override async Task PrepareAsync()
    {
        using var client = Api();
        await AdvanceAsync("PT23H");
        (await client.PostAsJsonAsync("/api/v1/complaints", new
        {
            channel = "phone",
            subject = "冷柜漏水滑倒",
            description = "顾客在冷柜前滑倒",
            category = "speed",
            complainant = new { name = "王女士", email = "wang@example.com" },
        })).EnsureSuccessStatusCode();
        await AdvanceAsync("PT22H");
    }
}

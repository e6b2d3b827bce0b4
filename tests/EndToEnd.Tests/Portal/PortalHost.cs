using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>The product without cases, for complainants and staff in browsers of their own.</summary>
public sealed class PortalHost : ProductHost
{
    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Demo:Cases", "false"), ("Portal:NameZh", "惠民购物广场"), ("Portal:NameEn", "Huimin Shopping Plaza"), ("Portal:EmergencyPhone", "0512-0000 1212"),
    ];
}

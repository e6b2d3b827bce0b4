using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.EndToEnd.Tests.Policies;

/// <summary>The product without cases, where nobody publishes alone what they made; the manager owns processes too.</summary>
public sealed class PolicyHost : ProductHost
{
    protected override IEnumerable<(string Name, string Value)> Settings => [("Demo:Cases", "false"), ("Security:SeparationOfDuties", "Enforce")];

    protected override async Task PrepareAsync() => await Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
        (db, _) =>
        {
            db.Memberships.Add(new Membership { UserId = "wu", Role = SystemRoles.ProcessOwner, Department = "" });
            return ValueTask.FromResult(true);
        },
        TestContext.Current.CancellationToken);
}

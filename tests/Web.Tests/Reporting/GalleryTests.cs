using System.Net;
using CaseManagement.Web.Tests.Pages.Processes;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>A pack that ships is looked at, installed as a draft and found on the page of its process; the pages of reports and figures open.</summary>
public sealed class GalleryTests : IAsyncDisposable
{
    private readonly OwnerHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_pack_is_shown_before_it_is_installed_and_then_is_a_draft()
    {
        var owner = await _host.SignInAsync("owner");

        var list = await owner.ReadAsync("/gallery");
        var pack = await owner.ReadAsync($"/gallery/{OwnerHost.Process}");

        Assert.Contains($"/gallery/{OwnerHost.Process}", list, StringComparison.Ordinal);
        Assert.Contains("Install as a draft", pack, StringComparison.Ordinal);
        Assert.Contains("<svg", pack, StringComparison.Ordinal);

        var installed = await owner.PostAsync($"/gallery/{OwnerHost.Process}", $"/gallery/{OwnerHost.Process}", []);

        Assert.Equal(HttpStatusCode.Redirect, installed.StatusCode);
        Assert.StartsWith($"/processes/{OwnerHost.Process}?version=2", installed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Several channels", await owner.ReadAsync("/gallery/coverage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_add_the_departments_of_a_pack_at_once()
    {
        const string Pack = "/gallery/hospital-patient-complaints";
        var admin = await _host.SignInAsync("admin");
        Assert.Contains("not in the chart yet", await admin.ReadAsync(Pack), StringComparison.Ordinal);

        var added = await admin.PostAsync(Pack, $"{Pack}/departments", []);

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.DoesNotContain("not in the chart yet", await admin.ReadAsync(Pack), StringComparison.Ordinal);
        var chart = await admin.ReadAsync("/departments");
        Assert.Contains("Medical affairs", chart, StringComparison.Ordinal);
        Assert.Contains("Customer service", chart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_listed_shown_with_their_base_and_given_out_as_a_file()
    {
        await _host.RegisterAsync();
        var manager = await _host.SignInAsync("wu");

        Assert.Contains($"/reports/{OwnerHost.Process}/monthly", await manager.ReadAsync("/reports"), StringComparison.Ordinal);
        var report = await manager.ReadAsync($"/reports/{OwnerHost.Process}/monthly?From=2026-09&By=lead");
        Assert.Contains("(of: Cases closed in the period)", report, StringComparison.Ordinal);
        var file = await (await manager.PostAsync($"/reports/{OwnerHost.Process}/monthly", $"/reports/{OwnerHost.Process}/monthly/csv?from=2026-09&by=lead", [])).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("base: Cases closed in the period", file, StringComparison.Ordinal);
        Assert.Contains("Total,1,0,0,", file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.GetAsync($"/reports/{OwnerHost.Process}/monthly?From=2024-01-01&To=2026-09-01")).StatusCode);
    }
}

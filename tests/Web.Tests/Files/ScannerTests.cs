using System.Net;
using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Files;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Tests.Portal;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Files;

/// <summary>A program looks at what comes in: until then nobody opens it, and what it refuses nobody ever does.</summary>
public sealed class ScannerTests(ScannedSite site) : IClassFixture<ScannedSite>
{
    // the file every scanner knows as a test, in two parts so that one on this machine lets our source be
    private static readonly byte[] Eicar = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_scanner_refuses_is_opened_by_nobody_and_what_it_lets_pass_is()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The scanner of this test is a shell script.");
        }

        site.Works(false);
        var browser = site.Complainant();
        var form = await browser.ReadAsync("/portal");
        await browser.SendAsync(
            "/portal/standard-complaint",
            [
                ("kind", "complaint"), ("step", "send"), ("website", ""), ("key", Browser.FieldOf(form, "key")), ("f.category", "speed"), ("f.description", "带病毒的附件"),
                ("f.identity", "open"), ("f.phone", "138 0000 2046"),
            ],
            ("eicar.txt", Eicar), ("good.txt", SampleFiles.Text("good")), ("photo.jpg", SampleFiles.Jpeg()));
        var complaint = (await site.CaseAsync("带病毒的附件")).Complaint;
        var zhou = await site.AsAsync("zhou");

        // a scanner that cannot say leaves them waiting
        await site.Services.GetRequiredService<FileScanner>().RunAsync(Token);
        Assert.All((await site.ReadAsync(complaint)).Attachments, a => Assert.Equal(AttachmentState.Pending, a.State));
        foreach (var file in complaint.Attachments)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await zhou.GetAsync($"/cases/{complaint.Id}/files/{file.Id}/content")).StatusCode);
        }

        site.Works(true);
        for (var look = 0; look < 100 && (await site.ReadAsync(complaint)).Attachments.Exists(a => a.State == AttachmentState.Pending); look++)
        {
            await site.Services.GetRequiredService<FileScanner>().RunAsync(Token);
        }

        var files = (await site.ReadAsync(complaint)).Attachments.ToDictionary(a => a.Name);
        Assert.Equal(
            (AttachmentState.Refused, AttachmentState.Clean, AttachmentState.Clean), (files["eicar.txt"].State, files["good.txt"].State, files["photo.jpg"].State));
        Assert.Equal(HttpStatusCode.NotFound, (await zhou.GetAsync($"/cases/{complaint.Id}/files/{files["eicar.txt"].Id}/content")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhou.GetAsync($"/cases/{complaint.Id}/files/{files["good.txt"].Id}/content")).StatusCode);
        Assert.Contains("eicar.txt", await zhou.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);
    }
}

/// <summary>A product whose scanner is a script that knows one virus and can be out of order.</summary>
public sealed class ScannedSite : PortalSite
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("casemanagement-scanner-");

    private string Script => Path.Combine(_folder.FullName, "scan.sh");

    private string Off => Path.Combine(_folder.FullName, "off");

    /// <summary>Out of order, it ends with an error.</summary>
    public void Works(bool works)
    {
        if (works)
        {
            File.Delete(Off);
        }
        else
        {
            File.WriteAllText(Off, "");
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        File.WriteAllText(Script, $"[ -e '{Off}' ] && exit 2\nif grep -q ANTIVIRUS-TEST-FILE \"$1\"; then exit 1; fi\nexit 0\n");
        builder.UseSetting("Files:Scanner", "/bin/sh").UseSetting("Files:ScannerArguments:0", Script);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}

using CaseManagement.Domain.Parties;
using CaseManagement.Web.CommandLine;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.CommandLine;

/// <summary>What Production does not start with, and what it warns of.</summary>
public sealed class CheckConfigTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("check");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Clock:Simulated", "true")]
    [InlineData("Demo:People", "true")]
    [InlineData("Bootstrap:AdminApiKey", "0f8fad5bd9cb469fa165")]
    [InlineData("Bootstrap:AdminApiKey", "test-bootstrap-key-test-bootstrap-key")]
    [InlineData("Bootstrap:AdminApiKey", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Urls", "http://0.0.0.0:8080")]
    [InlineData("Urls", "https://+:443;http://+:80")]
    [InlineData("AllowedHosts", "*")]
    [InlineData("Proxy:Known:0", "my-proxy")]
    [InlineData("Mail:PublicUrl", "http://cases.example.org")]
    [InlineData("Mail:PublicUrl", "")]
    [InlineData("Security:KeyEncryptionKeyFile", "")]
    [InlineData("Security:KeyEncryptionKeyFile", "/nowhere/kek")]
    public void It_names_what_refuses_with_reason_and_fix_in_both_languages(string setting, string value)
    {
        var refused = Assert.Single(Check((setting, value)), f => f.Refuses);

        Assert.Equal(setting.Replace(":0", "", StringComparison.Ordinal), refused.Setting);
        Assert.All([refused.Reason.Zh, refused.Reason.En, refused.Fix.Zh, refused.Fix.En], text => Assert.NotEmpty(text));
        Assert.DoesNotContain(value.Length > 15 && setting.StartsWith("Bootstrap", StringComparison.Ordinal) ? value : "no such secret", refused.In("en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Urls", "http://127.0.0.1:5080")]
    [InlineData("Urls", "http://localhost:5080")]
    [InlineData("Urls", "https://0.0.0.0:443")]
    [InlineData("Mail:PublicUrl", "https://cases.example.org")]
    public void What_is_in_order_refuses_nothing(string setting, string value) => Assert.DoesNotContain(Check((setting, value)), f => f.Refuses);

    [Fact]
    public void Without_TLS_of_its_own_it_stands_behind_a_named_proxy() =>
        Assert.DoesNotContain(Check(("Urls", "http://0.0.0.0:8080"), ("Proxy:Known:0", "10.0.0.5")), f => f.Refuses);

    [Theory]
    [InlineData("PostgreSql", "Host=db.example.org;Database=cases", true)]
    [InlineData("PostgreSql", "Host=db.example.org;Database=cases;SSL Mode=VerifyFull", false)]
    [InlineData("PostgreSql", "Host=127.0.0.1;Database=cases", false)]
    [InlineData("SqlServer", "Server=db.example.org;Database=cases;Encrypt=False", true)]
    [InlineData("SqlServer", "Server=db.example.org;Database=cases;Encrypt=True", false)]
    public void A_database_elsewhere_is_spoken_to_with_TLS(string provider, string connection, bool refuses) =>
        Assert.Equal(refuses, Check(("Storage:Provider", provider), ("ConnectionStrings:Default", connection)).Any(f => f.Refuses && f.Setting == "ConnectionStrings:Default"));

    [Theory]
    [InlineData("Authority", "http://login.example.org", "Oidc:corp:Authority")]
    [InlineData("Authority", "login.example.org", "Oidc:corp:Authority")]
    [InlineData("ClientId", "", "Oidc:corp:ClientId")]
    [InlineData("ClientSecretFile", "", "Oidc:corp:ClientSecretFile")]
    [InlineData("ClientSecretFile", "/nowhere/secret", "Oidc:corp:ClientSecretFile")]
    [InlineData("Algorithms", "HS256", "Oidc:corp:Algorithms")]
    [InlineData("Algorithms", "none", "Oidc:corp:Algorithms")]
    public void An_identity_provider_that_cannot_be_trusted_is_refused(string name, string value, string setting)
    {
        (string, string)[] good = [("Oidc:corp:Authority", "https://login.example.org"), ("Oidc:corp:ClientId", "complaints"), ("Oidc:corp:ClientSecretFile", FileOf("secret", "s"))];

        Assert.DoesNotContain(Check(good), f => f.Refuses);
        Assert.Equal([setting], Check([.. good, ($"Oidc:corp:{name}", value)]).Where(f => f.Refuses).Select(f => f.Setting));
    }

    [Theory]
    [InlineData("Oidc:corp:ClientSecretFile")]
    [InlineData("Security:KeyEncryptionKeyFile")]
    public void A_secret_that_others_read_is_refused(string setting)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes here.");
        var open = FileOf("open", "fXd1o0yLsYx3Z3mUqk0m8nGmZ0j2k3l4m5n6o7p8q9A=");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        (string, string)[] settings = [("Oidc:corp:Authority", "https://login.example.org"), ("Oidc:corp:ClientId", "complaints"), ("Oidc:corp:ClientSecretFile", FileOf("secret", "s")), (setting, open)];

        Assert.Equal([setting], Check(settings).Where(f => f.Refuses).Select(f => f.Setting));
    }

    [Fact]
    public void Power_by_groups_is_warned_of() => Assert.Contains(
        Check(("Oidc:corp:Authority", "https://login.example.org"), ("Oidc:corp:ClientId", "complaints"), ("Oidc:corp:ClientSecretFile", FileOf("secret", "s")), ("Oidc:corp:GroupsGivePower", "true")),
        f => !f.Refuses && f.Setting == "Oidc:corp:GroupsGivePower");

    [Fact]
    public async Task Administrators_and_auditors_read_on_a_page_what_the_command_says()
    {
        await using var site = new Site();

        var page = await (await site.AsAsync("admin", "en")).ReadAsync("/checks");

        Assert.Contains("Clock:Simulated", page, StringComparison.Ordinal);
        Assert.Contains("The database holds the invented people.", page, StringComparison.Ordinal);
        Assert.Contains("时间不走，时限就停了。", await (await site.AsAsync("auditor")).ReadAsync("/checks"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_others_read_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are no such modes here.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        Assert.Contains(Check(), f => f.Refuses && f.Setting == "Storage:DataFolder");
    }

    [Theory]
    [InlineData("Bootstrap:AdminApiKey", "Zq8vN2xLw5tR9kYb3mHc7pGd1sJf6aUe")]
    [InlineData("Security:SeparationOfDuties", "Warn")]
    [InlineData("OutgoingHttp:AllowedNetworks:0", "10.0.0.0/8")]
    [InlineData("Security:KeysMayApprove", "true")]
    public void Some_things_it_only_warns_of(string setting, string value)
    {
        var found = Check((setting, value));

        Assert.DoesNotContain(found, f => f.Refuses);
        Assert.Contains(found, f => setting.StartsWith(f.Setting, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_nobody_scans_and_anchors_that_stay_here_are_warned_of()
    {
        Assert.Contains(Check(("Mail:Enabled", "false")), f => f is { Refuses: false, Setting: "Audit:AnchorFile" });
        Assert.DoesNotContain(Check(("Mail:Enabled", "false"), ("Audit:AnchorFile", "/outside/anchors")), f => f.Setting == "Audit:AnchorFile");
        Assert.Contains(Check(), f => f is { Refuses: false, Setting: "Files:Scanner" });
        Assert.DoesNotContain(Check(("Files:Scanner", "/usr/bin/scan")), f => f.Setting == "Files:Scanner");
    }

    [Fact]
    public async Task The_command_says_all_and_tells_by_its_end_whether_Production_would_start()
    {
        var output = new StringWriter();

        Assert.Equal(3, await CheckConfigCommand.RunAsync(Check(("Clock:Simulated", "true"), ("Security:SeparationOfDuties", "Warn")), output));
        Assert.Contains("Clock:Simulated：时间不走", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Clock:Simulated: Time would stand still", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await CheckConfigCommand.RunAsync(Check(("Security:SeparationOfDuties", "Warn")), output));
    }

    [Fact]
    public async Task Invented_people_in_the_database_are_refused_and_a_single_administrator_is_warned_of()
    {
        await using var site = new Site();
        _ = site.Services;

        var found = await new DatabaseCheck(site.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>()).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Demo:People"], found.Where(f => f.Refuses).Select(f => f.Setting));
        await site.AskAsync(async db =>
        {
            await site.Services.GetRequiredService<ConfigurationAudit>().RecordAsync(db, JobRequests.Stream, "clock.advanced", new Actor(ActorKind.System, "test"), [], TestContext.Current.CancellationToken);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var moved = await new DatabaseCheck(site.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>()).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Demo:People", "Clock:Simulated"], moved.Where(f => f.Refuses).Select(f => f.Setting));
        Assert.Equal(["administrator", "authenticator"], found.Where(f => !f.Refuses).Select(f => f.Setting));
    }

    [Theory]
    [InlineData("*", false)]
    [InlineData("cases.example.org", true)]
    public async Task Production_starts_only_where_nothing_refuses(string hosts, bool starts)
    {
        await using var place = ProductDatabase.Create();
        await using var production = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Production").UseSetting("AllowedHosts", hosts).UseSetting("Security:KeyEncryptionKeyFile", KeyFile());
            place.Use(builder);
        });

        if (starts)
        {
            using var client = production.CreateClient();
            client.DefaultRequestHeaders.Host = hosts;
            Assert.True((await client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        }
        else
        {
            Assert.ThrowsAny<Exception>(() => production.CreateClient());
        }
    }

    private string KeyFile() => FileOf("kek", "fXd1o0yLsYx3Z3mUqk0m8nGmZ0j2k3l4m5n6o7p8q9A=");

    /// <summary>A file that its owner alone can read.</summary>
    private string FileOf(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private IReadOnlyList<ConfigFinding> Check(params (string Setting, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["AllowedHosts"] = "cases.example.org", ["Storage:DataFolder"] = _folder.FullName, ["Mail:Enabled"] = "true", ["Mail:PublicUrl"] = "https://cases.example.org", ["Security:KeyEncryptionKeyFile"] = KeyFile() }
                .Concat(settings.Select(s => KeyValuePair.Create(s.Setting, (string?)s.Value))).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value)).Build();
        return [.. SettingsCheck.Of(configuration, _folder.FullName).Where(f => f.Setting != "root")];
    }
}

using System.Xml.Linq;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>From settings to a database that works.</summary>
public sealed class PersistenceServicesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("case-host");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Without_any_setting_there_is_a_file_in_the_data_folder_that_others_cannot_read()
    {
        using var host = Host();
        await host.Services.MigrateAsync(Token);
        await host.Services.MigrateAsync(Token);

        var number = await host.Services.GetRequiredService<ICaseStore>().RunAsync(t => t.NextAsync("a", Token), Token);

        Assert.Equal(1, number);
        Assert.True(File.Exists(Path.Combine(_root.FullName, "data", "cases.db")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.Combine(_root.FullName, "data")));
        }
    }

    [Fact]
    public async Task The_file_is_where_the_settings_say()
    {
        using var host = Host(("ConnectionStrings:Default", "Data Source=else/where.db"));
        await host.Services.MigrateAsync(Token);

        Assert.True(File.Exists(Path.Combine(_root.FullName, "else", "where.db")));
    }

    [Fact]
    public void An_unknown_provider_stops_the_start()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Host(("Storage:Provider", "Oracle")));

        Assert.Contains("Storage:Provider 'Oracle'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=cases.db")]
    [InlineData("Host=db;Database=cases")]
    [InlineData("")]
    public async Task Sql_server_needs_a_server_and_a_database(string connection)
    {
        using var host = Host(("Storage:Provider", "SqlServer"), ("ConnectionStrings:Default", connection));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.MigrateAsync(Token));
        Assert.Contains("ConnectionStrings:Default", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_sql_server_all_ports_of_bursts_are_one_store()
    {
        using var host = Host(("Storage:Provider", "SqlServer"), ("ConnectionStrings:Default", SqlServerDatabase.Nowhere));
        var store = host.Services.GetRequiredService<ICaseStore>();

        Assert.Same(store, host.Services.GetRequiredService<IBurstStore>());
        Assert.Same(store, host.Services.GetRequiredService<ITimerQueue>());
        Assert.Same(store, host.Services.GetRequiredService<IOutbox>());
        Assert.Same(store, host.Services.GetRequiredService<IConfigurationWriter>());
    }

    [Theory]
    [InlineData("Data Source=cases.db")]
    [InlineData("Host=db")]
    [InlineData("")]
    public async Task Postgresql_needs_a_host_and_a_database(string connection)
    {
        using var host = Host(("Storage:Provider", "PostgreSql"), ("ConnectionStrings:Default", connection));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.MigrateAsync(Token));
        Assert.Contains("ConnectionStrings:Default", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_that_start_together_create_a_postgresql_database_once_and_one_after_the_other()
    {
        await using var database = await PostgreSqlDatabase.UncreatedAsync();
        var inside = 0;
        var hosts = Enumerable.Range(0, 3).Select(_ => Host(("Storage:Provider", "PostgreSql"), ("ConnectionStrings:Default", database.ConnectionString))).ToList();

        await Task.WhenAll(hosts.Select(host => Task.Run(
            () => host.Services.PrepareAsync(
                async cancellationToken =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                },
                Token),
            Token)));

        foreach (var host in hosts)
        {
            Assert.Same(host.Services.GetRequiredService<ICaseStore>(), host.Services.GetRequiredService<ITimerQueue>());
            host.Dispose();
        }
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Host=db;Username=x")]
    public async Task A_connection_that_is_no_file_stops_the_start(string connection)
    {
        using var host = Host(("ConnectionStrings:Default", connection));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.MigrateAsync(Token));
        Assert.Contains("ConnectionStrings:Default", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_on_waiting_bursts_that_makes_no_sense_stops_the_start()
    {
        using var host = Host(("Storage:MaxWaitingBursts", "0"));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    [Fact]
    public void All_ports_of_bursts_are_one_store()
    {
        using var host = Host();
        var store = host.Services.GetRequiredService<ICaseStore>();

        Assert.Same(store, host.Services.GetRequiredService<IBurstStore>());
        Assert.Same(store, host.Services.GetRequiredService<ITimerQueue>());
        Assert.Same(store, host.Services.GetRequiredService<IOutbox>());
        Assert.Same(store, host.Services.GetRequiredService<IConfigurationWriter>());
    }

    [Fact]
    public async Task Keys_of_data_protection_are_shared_through_the_database()
    {
        using var first = Host();
        using var second = Host();
        await first.Services.MigrateAsync(Token);

        var sealedText = first.Services.GetDataProtector("cookie").Protect("li");

        Assert.Equal("li", second.Services.GetDataProtector("cookie").Unprotect(sealedText));
        await using var scope = first.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().DataProtectionKeys.SingleAsync(Token);
        Assert.Equal("key", XElement.Parse(key.Xml).Name.LocalName);
        Assert.NotNull(first.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository);
    }

    private IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = _root.FullName,
            DisableDefaults = true,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddPersistence(builder.Configuration);
        builder.Services.AddDataProtection().SetApplicationName("cases");
        return builder.Build();
    }
}

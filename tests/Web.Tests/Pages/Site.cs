using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages;

/// <summary>The whole product on a database of its own with the demo organisation; its time stands still on a Tuesday morning in Shanghai.</summary>
public class Site : WebApplicationFactory<Program>
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    private readonly ProductDatabase _database;

    public Site()
        : this(onPostgreSql: false)
    {
    }

    protected Site(bool onPostgreSql) => _database = ProductDatabase.Create(onPostgreSql);

    /// <summary>Somebody's browser, signed in.</summary>
    public async Task<Browser> AsAsync(string person, string language = "zh-CN")
    {
        var browser = Visitor();
        await browser.GetAsync($"/sign-in?lang={language}");
        await browser.PostAsync("/sign-in/demo", ("userName", person));
        return browser;
    }

    public Browser Visitor() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    /// <summary>Asks the database itself.</summary>
    public async Task<T> AskAsync<T>(Func<CaseManagementDbContext, Task<T>> question)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync();
        return await question(db);
    }

    /// <summary>The case of that subject.</summary>
    public async Task<CaseOutcome> CaseAsync(string subject)
    {
        var id = await AskAsync(db => db.Cases.Where(c => c.Subject == subject).Select(c => c.Id).SingleAsync());
        return (await Services.GetRequiredService<CaseRuntime>().ReadAsync(id, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Somebody is kept out of a case, whatever it says itself.</summary>
    public Task<int> BarAsync(Guid complaint, string person) => AskAsync(db =>
    {
        db.CaseParties.Add(new PartyRow(complaint, PartyKinds.Barred, person));
        return db.SaveChangesAsync();
    });

    /// <summary>A case is kept closely, for these candidates.</summary>
    public async Task KeepCloselyAsync(Guid complaint, params string[] readers)
    {
        await AskAsync(db => db.Cases.Where(c => c.Id == complaint).ExecuteUpdateAsync(set => set.SetProperty(c => c.Confidentiality, 2)));
        await AskAsync(db =>
        {
            db.CaseParties.AddRange(readers.Select(r => new PartyRow(complaint, PartyKinds.Reader, r)));
            return db.SaveChangesAsync();
        });
    }

    public async Task<Person> PersonAsync(string id) =>
        (await Services.GetRequiredService<People>().FindAsync(id, TestContext.Current.CancellationToken))!;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        _database.Use(builder);
        builder.UseSetting("Clock:Simulated", "true");
        builder.UseSetting("Clock:StartAt", Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

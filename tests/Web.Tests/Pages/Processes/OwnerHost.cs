using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Tests;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The product on a database of its own, with the demo organisation and no cases; it is Monday 14 September 2026, 10:00 in Shanghai.</summary>
public sealed partial class OwnerHost : WebApplicationFactory<Program>
{
    public const string Process = "standard-complaint";
    public static readonly DateTimeOffset Monday = new(2026, 9, 14, 2, 0, 0, TimeSpan.Zero);

    private readonly ProductDatabase _database = ProductDatabase.Create();

    /// <summary>Settings beside the usual ones; before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    private CaseRuntime Cases => Services.GetRequiredService<CaseRuntime>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        _database.Use(builder);
        builder.UseSetting("Demo:Cases", "false");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new ManualClock(Monday)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser of somebody of the demo organisation.</summary>
    public async Task<Browser> SignInAsync(string person, string language = "en")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", $"lang={language}");
        var browser = new Browser(client);
        var answer = await browser.PostAsync("/sign-in", "/sign-in/demo", new() { ["userName"] = person });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Registers a complaint received now.</summary>
    public async Task<Complaint> RegisterAsync()
    {
        var outcome = await Cases.RegisterAsync(
            new Registration
            {
                Kind = "complaint",
                Channel = "phone",
                ReceivedAt = Monday,
                Subject = "Nobody came",
                Description = "Three appointments were not kept.",
                Category = "speed",
                Complainant = new Complainant { Name = "Wang", Phone = "13800000000", Kind = "person" },
            },
            await PerformerAsync("chen"), TestContext.Current.CancellationToken);
        return outcome!.Complaint;
    }

    public async Task<Complaint> ReadAsync(Complaint complaint) =>
        (await Cases.ReadAsync(complaint.Id.Value, TestContext.Current.CancellationToken))!.Complaint;

    /// <summary>Somebody completes the open task of that key, or the open approval where no key is given.</summary>
    public async Task CompleteAsync(Complaint complaint, string? task, string person, string outcome, Dictionary<string, object>? data = null) =>
        await Cases.ActAsync(
            complaint.Id.Value, await PerformerAsync(person),
            act => act.Complaint.Tasks.Complete(act, act.Complaint.Tasks.Open.Single(t => task is null ? t.Chain is not null : t.Key == task).Id, new()
            {
                Outcome = outcome,
                Data = (data ?? []).ToDictionary(d => d.Key, d => JsonSerializer.SerializeToElement(d.Value), StringComparer.Ordinal),
            }),
            TestContext.Current.CancellationToken);

    /// <summary>Reads the database.</summary>
    public async Task<T> QueryAsync<T>(Func<CaseManagementDbContext, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync();
        return await query(db);
    }

    private async Task<Performer> PerformerAsync(string person) =>
        (await Services.GetRequiredService<People>().FindAsync(person, TestContext.Current.CancellationToken))!.AsPerformer();

    /// <summary>Opens pages and sends their forms.</summary>
    public sealed partial class Browser(HttpClient client)
    {
        public async Task<string> ReadAsync(string path)
        {
            var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        public async Task<HttpResponseMessage> GetAsync(string path) => await client.GetAsync(path, TestContext.Current.CancellationToken);

        /// <summary>Sends a form with the token, and the version where the page has one, of the page it stands on; a box that says "yes" is ticked as the page has it.</summary>
        public async Task<HttpResponseMessage> PostAsync(string page, string path, Dictionary<string, string?> fields, byte[]? file = null, string field = "pack", string fileName = "pack.zip")
        {
            var html = await ReadAsync(page);
            var sent = new Dictionary<string, string?>(fields) { ["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value };
            if (fields.GetValueOrDefault("f.confirm") == "yes" && Confirm().Match(html) is { Success: true } box)
            {
                sent["f.confirm"] = box.Groups[1].Value;
            }

            if (Version().Match(html) is { Success: true } version)
            {
                sent.TryAdd(version.Groups[1].Value, version.Groups[2].Value);
            }

            if (file is null)
            {
                return await client.PostAsync(path, new FormUrlEncodedContent(sent), TestContext.Current.CancellationToken);
            }

            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in sent)
            {
                form.Add(new StringContent(value ?? ""), name);
            }

            form.Add(new ByteArrayContent(file), field, fileName);
            return await client.PostAsync(path, form, TestContext.Current.CancellationToken);
        }

        /// <summary>Brings a pack and installs it from the page it is looked at on; what came of bringing it where it is refused.</summary>
        public async Task<HttpResponseMessage> ImportAsync(byte[] pack, string? note = null)
        {
            var brought = await PostAsync("/gallery", "/gallery", [], pack);
            return brought.Headers.Location?.ToString() is { } looked ? await PostAsync(looked, looked, new() { ["note"] = note }) : brought;
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
        private static partial Regex Token();

        [GeneratedRegex("name=\"f\\.confirm\" value=\"([^\"]+)\"")]
        private static partial Regex Confirm();

        [GeneratedRegex("name=\"(Version|version)\" value=\"([^\"]+)\"")]
        private static partial Regex Version();
    }

    /// <summary>The text of an answer.</summary>
    public static async Task<string> TextOf(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>A local time of September 2026 in Shanghai.</summary>
    public static DateTimeOffset September(int day, int hour) =>
        new DateTimeOffset(2026, 9, day, hour, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

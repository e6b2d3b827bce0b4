using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Files;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.EndToEnd.Tests.Hostile;

/// <summary>The whole product with hostile words wherever somebody may put words: a process, its cases, people, departments, templates, files, mails.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    public const string Process = "standard-complaint";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Product _product = new();
    private ChromiumBrowser? _browser;
    private Uri _address = new("http://localhost");
    private int _next;

    /// <summary>A case with words of strangers in every part of it.</summary>
    public List<Guid> Cases { get; } = [];

    /// <summary>Opens one of them on the portal.</summary>
    public string Code { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _browser = await ChromiumBrowser.StartAsync();
        if (_browser is null)
        {
            return;
        }

        _address = _product.Start();
        await InstallAsync();
        await _product.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(OrganiseAsync, None);
        for (var one = 0; one < 3; one++)
        {
            await RegisterAsync();
        }

        var inbound = _product.Services.GetRequiredService<InboundMessages>();
        foreach (var payload in Payloads.All.Chunk(14).Select(some => string.Join(' ', some)))
        {
            await inbound.ReceiveAsync(
                MailReader.Read(Encoding.UTF8.GetBytes($"From: \"{Next().Replace("\"", "\\\"", StringComparison.Ordinal)}\" <x@evil.example>\r\nTo: c@example.org\r\nSubject: {Next()}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{payload}\r\n\r\n> {payload}"), null),
                By, None);
        }
    }

    /// <summary>A page of somebody signed in; nobody signed in where no person is named.</summary>
    internal async Task<TestPage> OpenAsync(string? person)
    {
        var page = new TestPage(await (await ChromiumBrowser.Required(_browser).OpenAsync(_address, new Look("en", false, Phone: false))).NewPageAsync());
        if (person is not null)
        {
            await page.GoAsync("/sign-in");
            await page.Page.Locator($"form[action='/sign-in/demo']:has(input[value='{person}']) button").ClickAsync();
            await page.Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        }

        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _product.DisposeAsync();
    }

    private static Performer By => new() { Actor = new Actor(ActorKind.ApiKey, "test", Payloads.All[9]), ActsForHolders = true };

    private string Next() => Payloads.All[_next++ % Payloads.All.Count];

    /// <summary>A version of the standard process with every text of it another payload.</summary>
    private async Task InstallAsync()
    {
        var files = PackFiles.ReadFolder(Path.Combine(FirstRun.ShippedFolder, Process))
            .Where(f => !f.Key.StartsWith("scenarios/", StringComparison.Ordinal))
            .ToDictionary(f => f.Key, f => Poisoned(f.Value), StringComparer.Ordinal);
        var processes = _product.Services.GetRequiredService<ProcessInstaller>();
        var imported = await processes.ImportAsync(files, Next(), By.Actor, None);
        Assert.True(imported.Version is not null, string.Join('\n', imported.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => $"{f.File} {f.JsonPath} {f.Message.En}")));
        await processes.PublishAsync(imported.Key, imported.Version.Value, Next(), By.Actor, confirms: null, None);
    }

    private string Poisoned(string json)
    {
        var root = JsonNode.Parse(json)!;
        Poison(root);
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private void Poison(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject both when both.ContainsKey("zh") && both.ContainsKey("en"):
                both["zh"] = Next();
                both["en"] = Next();
                break;
            case JsonObject shape:
                foreach (var name in shape.Select(m => m.Key).ToList())
                {
                    if (name is "displayText" or "description" && shape[name] is JsonValue)
                    {
                        shape[name] = Next();
                    }
                    else
                    {
                        Poison(shape[name]);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Poison(item);
                }

                break;
            default:
                break;
        }
    }

    private async ValueTask<bool> OrganiseAsync(CaseManagementDbContext db, Workflows.Cases.Store.ICaseTransaction transaction)
    {
        foreach (var person in await db.Users.ToListAsync(None))
        {
            person.DisplayName = $"{person.Id} {Next()}";
        }

        foreach (var department in await db.Departments.ToListAsync(None))
        {
            (department.NameZh, department.NameEn) = (Next(), Next());
        }

        db.MessageTemplates.Add(new MessageTemplate
        {
            Process = "",
            Key = "hostile",
            Version = 1,
            Channel = "email",
            NameZh = Next(),
            NameEn = Next(),
            SubjectZh = Next(),
            SubjectEn = Next(),
            BodyZh = Next(),
            BodyEn = Next(),
            At = new DateTimeOffset(2026, 10, 12, 1, 0, 0, TimeSpan.Zero),
            By = "admin",
        });
        db.WebhookTargets.Add(new WebhookTarget { Channel = "sms", Name = Next(), Url = "https://sms.example.org/send", Secret = "sealed", OldSecret = "sealed", IsEnabled = true, Version = 1 });
        db.SavedFilters.Add(new SavedFilter { Id = Guid.NewGuid(), UserId = "zhou", Name = Next(), Query = "q=" + Uri.EscapeDataString(Next()), CreatedAt = new DateTimeOffset(2026, 10, 12, 1, 0, 0, TimeSpan.Zero) });
        return true;
    }

    private async Task RegisterAsync()
    {
        var runtime = _product.Services.GetRequiredService<CaseRuntime>();
        var files = _product.Services.GetRequiredService<CaseFiles>();
        var received = new List<Attachment>();
        foreach (var source in (AttachmentSource[])[AttachmentSource.Portal, AttachmentSource.Staff])
        {
            using var content = new MemoryStream("what was said"u8.ToArray());
            received.Add(await files.ReceiveAsync(new IncomingFile(content, Next() + ".txt", source), None));
        }

        var registered = await runtime.RegisterAsync(
            new Registration
            {
                Process = Process,
                Channel = "phone",
                Subject = Next(),
                Description = string.Join('\n', Payloads.All),
                Demand = Next(),
                Category = "speed",
                Complainant = new Complainant { Name = Next(), Phone = "13800000001", Email = "x@example.net" },
                Facts = new Dictionary<string, JsonElement> { ["product"] = JsonSerializer.SerializeToElement(Next()) },
                Attachments = received,
            },
            By, None);
        var id = registered!.Complaint.Id.Value;
        Cases.Add(id);
        Code = registered.TrackingCode ?? Code;
        await runtime.ActAsync(id, By, act => Write(act, received[1].Id), None);
    }

    private void Write(CaseAct act, Guid file)
    {
        var complaint = act.Complaint;
        complaint.Note(act, string.Join(' ', Payloads.All));
        complaint.Reply(act, "progress", Next(), "first-reply", new WrittenMessage(Next(), string.Join('\n', Payloads.All), "en", ["email"]), [file]);
        complaint.LogContact(act, new Contact(false, true, Next(), act.At, 4, Next()));
        complaint.IssueLetter(act, new Letter(Guid.NewGuid(), "L-2026-00001", Next(), string.Join("\n\n", Payloads.All), "en", null));
        complaint.Receive(act, new IncomingMessage(Guid.NewGuid(), "email", Next(), Next(), string.Join('\n', Payloads.All), "> " + Next(), Next(), [Next()]));
        complaint.Dialogue.Ask(act, Next(), null, null);
        complaint.ChangeFacts(act, new Dictionary<string, FactValue> { ["cause"] = FactValue.Of(Next()) }, Next());
    }

    private sealed class Product : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-hostile-");

        public Product() => UseKestrel(0);

        public Uri Start()
        {
            StartServer();
            return ClientOptions.BaseAddress;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("ConnectionStrings:Default", $"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=False");
            builder.UseSetting("Storage:DataFolder", _data.FullName).UseSetting("Demo:Cases", "false");
            builder.UseSetting("Portal:NameZh", Payloads.All[8]).UseSetting("Portal:NameEn", Payloads.All[8]).UseSetting("Mail:ReplyAddress", "reply@example.org");
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && _data.Exists)
            {
                _data.Delete(recursive: true);
            }
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Portal;

/// <summary>The product with a wall clock that stands still, asked from addresses of the test's choice.</summary>
public class PortalSite : Site
{
    private const string AddressHeader = "X-Test-Address";

    private int _addresses;

    public ManualClock Wall { get; } = new(Now);

    /// <summary>Proxies whose word is taken.</summary>
    protected virtual string[] Proxies => [];

    /// <summary>A browser at an address nobody else has, or at the one given.</summary>
    public Browser Complainant(string? address = null, string? forwardedFor = null)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var next = Interlocked.Increment(ref _addresses);
        client.DefaultRequestHeaders.Add(AddressHeader, address ?? $"198.51.{next / 250}.{(next % 250) + 1}");
        if (forwardedFor is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }

        return new Browser(client);
    }

    /// <summary>Sends a complaint and reads the receipt.</summary>
    public async Task<(Browser Browser, string Receipt, string Code, Complaint Complaint)> ComplainAsync(string story, params (string Name, string Value)[] more)
    {
        var browser = Complainant();
        var form = await browser.ReadAsync("/portal");
        var receipt = await browser.FollowAsync(await browser.SendAsync(form, story, more));
        return (browser, receipt, CodeOf(receipt), (await CaseAsync(story.Split('\n')[0])).Complaint);
    }

    /// <summary>The same, with the case then opened by its code.</summary>
    public async Task<(Browser Browser, Complaint Complaint)> FollowAsync(string story, params (string Name, string Value)[] more)
    {
        var (browser, _, code, complaint) = await ComplainAsync(story, more);
        await browser.OpenAsync(code);
        return (browser, complaint);
    }

    public static string CodeOf(string receipt) =>
        Regex.Match(receipt, "id=\"code\">([0-9A-Z*~$=-]+)<") is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException("No code.");

    /// <summary>Somebody of the organisation finishes an open task.</summary>
    public async Task<Complaint> CompleteAsync(Complaint complaint, string person, string task, string outcome = "Done", string? text = null, params (string Fact, object Value)[] data)
    {
        var by = (await PersonAsync(person)).AsPerformer();
        return (await Services.GetRequiredService<CaseRuntime>().ActAsync(
            complaint.Id.Value, by,
            act => act.Complaint.Tasks.Complete(act, act.Complaint.Tasks.Open.Single(t => t.Key == task).Id, new TaskCompletion
            {
                Outcome = outcome,
                Text = text,
                Data = data.ToDictionary(d => d.Fact, d => System.Text.Json.JsonSerializer.SerializeToElement(d.Value), StringComparer.Ordinal),
            }),
            TestContext.Current.CancellationToken)).Complaint;
    }

    /// <summary>Somebody of the organisation does something to the case.</summary>
    public async Task<Complaint> ActAsync(Complaint complaint, string person, Action<CaseAct> deed) =>
        (await Services.GetRequiredService<CaseRuntime>().ActAsync(
            complaint.Id.Value, (await PersonAsync(person)).AsPerformer(), deed, TestContext.Current.CancellationToken)).Complaint;

    public async Task<Complaint> ReadAsync(Complaint complaint) =>
        (await Services.GetRequiredService<CaseRuntime>().ReadAsync(complaint.Id.Value, TestContext.Current.CancellationToken))!.Complaint;

    /// <summary>As far as the answer to the complainant, who is then waited for.</summary>
    public async Task<Complaint> AnswerAsync(Complaint complaint, string proposal = "退还差价并道歉")
    {
        await CompleteAsync(complaint, "li", "first", text: "正在核实。");
        await CompleteAsync(complaint, "li", "handle", data: [("cause", "系统错误"), ("proposal", proposal), ("validity", "valid")]);
        return await CompleteAsync(complaint, "li", "answer");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        for (var at = 0; at < Proxies.Length; at++)
        {
            builder.UseSetting(string.Create(CultureInfo.InvariantCulture, $"Proxy:Known:{at}"), Proxies[at]);
        }

        builder.ConfigureTestServices(services => services
            .AddKeyedSingleton<TimeProvider>(Clocks.Wall, Wall).AddSingleton<IStartupFilter>(new Addresses()));
    }

    private sealed class Addresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[AddressHeader].ToString(), out var address))
                {
                    context.Connection.RemoteIpAddress = address;
                }

                return following(context);
            });
            next(app);
        };
    }
}

/// <summary>The same behind a proxy of its own.</summary>
public sealed class ProxiedPortalSite : PortalSite
{
    protected override string[] Proxies => ["192.0.2.7", "10.9.0.0/16"];
}

/// <summary>What a complainant does on the portal's pages.</summary>
internal static partial class Complaining
{
    /// <summary>Sends the form as a browser without script does.</summary>
    public static Task<HttpResponseMessage> SendAsync(this Browser browser, string form, string story, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = "complaint",
            ["step"] = "send",
            ["key"] = Browser.FieldOf(form, "key"),
            ["website"] = "",
            ["f.category"] = "speed",
            ["f.description"] = story,
            ["f.identity"] = "open",
            ["f.phone"] = "138 0000 2046",
        };
        foreach (var (name, value) in more)
        {
            fields[name] = value;
        }

        return browser.PostAsync("/portal/standard-complaint", [.. fields.Select(f => (f.Key, f.Value))]);
    }

    /// <summary>Types a tracking code.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(this Browser browser, string code, params (string Name, string Value)[] more)
    {
        await browser.GetAsync("/portal/follow");
        return await browser.PostAsync("/portal/follow", [("code", code), .. more]);
    }

    /// <summary>Sends one of the forms on the case's page.</summary>
    public static async Task<HttpResponseMessage> DoAsync(this Browser browser, string form, params (string Name, string Value)[] fields)
    {
        var page = await browser.ReadAsync("/portal/case");
        return await browser.PostAsync("/portal/case/" + form, [("key", Browser.FieldOf(page, "key")), .. fields]);
    }

    /// <summary>An answer without what differs each time: tokens.</summary>
    public static async Task<string> BodyAsync(this HttpResponseMessage answer) => Tokens().Replace(await Browser.TextOf(answer), "");

    /// <summary>The number that opens the way, as the browser's script finds it.</summary>
    public static (string Name, string Value)[] Work(string page)
    {
        var challenge = Regex.Match(page, "data-proof-of=\"([^\"]+)\" data-bits=\"(\\d+)\"");
        var (text, bits) = (challenge.Groups[1].Value, int.Parse(challenge.Groups[2].Value, CultureInfo.InvariantCulture));
        var number = 0L;
        while (System.Numerics.BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{text}:{number}")))) < bits)
        {
            number++;
        }

        return [("ticket", Browser.FieldOf(page, "ticket")), ("proof", number.ToString(CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex("name=\"(__RequestVerificationToken|key)\"[^>]*>|data-now=\"[^\"]*\"")]
    private static partial Regex Tokens();
}

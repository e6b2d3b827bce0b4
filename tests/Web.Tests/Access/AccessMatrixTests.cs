using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Tests.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>Every endpoint of the product is tried as everybody, against <see cref="AccessTable"/>.</summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    // each test its own: those who are let in change what is there
    private readonly AccessOrganisation _organisation = new();

    private const string SignIn = "/sign-in";

    private readonly List<string> _deviations = [];

    public ValueTask InitializeAsync() => _organisation.InitializeAsync();

    public ValueTask DisposeAsync() => _organisation.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_endpoint_has_its_line_and_every_line_its_endpoint()
    {
        var there = _organisation.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.RoutePattern.RawText != "{**path:file}") // public files
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [""]).Where(m => m != "HEAD").DefaultIfEmpty("*")
                .Select(m => $"{(m.Length == 0 ? e.RoutePattern.RawText!.StartsWith("/health", StringComparison.Ordinal) ? "GET" : "*" : m)} {e.RoutePattern.RawText}"))
            .ToHashSet(StringComparer.Ordinal);
        var listed = AccessTable.All.Select(e => e.Route).ToList();

        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
        Assert.True(
            there.SetEquals(listed),
            $"Without a line: {string.Join(" · ", there.Except(listed))}\nWithout an endpoint: {string.Join(" · ", listed.Except(there))}");
    }

    [Fact]
    public async Task Pages_let_in_whom_the_table_says_and_nobody_else()
    {
        var entries = AccessTable.All.Where(e => e.Realm is Realm.Page or Realm.Open).OrderBy(e => e.Route == "POST sign-out").ToList();
        foreach (var entry in entries.Where(e => e.Realm == Realm.Page))
        {
            var nobody = _organisation.Visitor();
            await nobody.GetAsync(SignIn);
            await ExpectAsync(entry, "nobody", await TryAsync(nobody, entry), null);
            using var key = _organisation.WithKey(AccessOrganisation.Key);
            await ExpectAsync(entry, "a key", await SendAsync(key, entry), null, antiforgeryFirst: true);
        }

        var browsers = new Dictionary<Somebody, Browser>();
        foreach (var person in AccessOrganisation.People)
        {
            browsers[person] = await _organisation.AsAsync(person.Id, "en");
            await browsers[person].GetAsync("/sign-out");
        }

        await InTwoRoundsAsync(entries, async (entry, person) => await TryAsync(browsers[person], entry));
    }

    [Fact]
    public async Task The_API_lets_in_whom_the_table_says_and_nobody_else()
    {
        var entries = AccessTable.All.Where(e => e.Realm == Realm.Api).ToList();
        foreach (var entry in entries)
        {
            using var nobody = _organisation.Client();
            using var without = _organisation.WithKey(await _organisation.KeyAsync(ApiScopes.All.Except([entry.Scope!])));
            await ExpectAsync(entry, "nobody", await SendAsync(nobody, entry), 401);
            await ExpectAsync(entry, $"a key without {entry.Scope}", await SendAsync(without, entry), 403);
        }

        await InTwoRoundsAsync(entries, async (entry, person) =>
        {
            using var client = _organisation.ActingAs(person.Id);
            return await SendAsync(client, entry);
        });
        foreach (var entry in entries)
        {
            using var with = _organisation.WithKey(await _organisation.KeyAsync(entry.Scope!));
            var answer = await SendAsync(with, entry);
            await (entry.IsForPeople ? ExpectAsync(entry, $"a key with {entry.Scope}", answer, 403) : LetInAsync(entry, $"a key with {entry.Scope}", answer));
        }

        Report();
    }

    [Fact]
    public async Task The_designers_realm_lets_in_whom_the_table_says_and_nobody_else()
    {
        var entries = AccessTable.All.Where(e => e.Realm == Realm.Designer).ToList();
        var clients = new Dictionary<Somebody, HttpClient>();
        foreach (var person in AccessOrganisation.People)
        {
            clients[person] = await _organisation.InDesignerAsync(person.Id);
        }

        foreach (var entry in entries)
        {
            using var nobody = _organisation.Client();
            using var key = _organisation.WithKey(AccessOrganisation.Key);
            await ExpectAsync(entry, "nobody", await SendAsync(nobody, entry), 401);
            await ExpectAsync(entry, "a key", await SendAsync(key, entry), 401);
        }

        await InTwoRoundsAsync(entries, async (entry, person) => await SendAsync(clients[person], entry));
    }

    /// <summary>Rank opens nothing of what is kept closely: to everybody but its handler the case is not there, on no page, for no program, in no realm.</summary>
    [Theory]
    [InlineData(ConfidentialityLevel.Restricted)]
    [InlineData(ConfidentialityLevel.Sealed)]
    public async Task A_closely_kept_case_is_there_for_those_it_names_and_for_nobody_else(ConfidentialityLevel level)
    {
        await _organisation.KeepCloselyAsync(level);
        foreach (var person in AccessOrganisation.People.Where(p => p.Id != "li"))
        {
            // as if it were another department's, for the auditor too
            var stranger = person with { Elsewhere = true };
            var browser = await _organisation.AsAsync(person.Id, "en");
            await browser.GetAsync("/sign-out");
            using var client = _organisation.ActingAs(person.Id);
            using var designer = await _organisation.InDesignerAsync(person.Id);
            foreach (var entry in AccessTable.All.Where(e => e.OfCase))
            {
                var answer = entry.Realm == Realm.Page ? await TryAsync(browser, entry) : await SendAsync(entry.Realm == Realm.Api ? client : designer, entry);
                await ExpectAsync(entry, $"{person.Id} of a {level} case", answer, RefusalOf(entry, stranger));
            }
        }

        var li = await _organisation.AsAsync("li", "en");
        using var program = _organisation.ActingAs("li");
        foreach (var entry in AccessTable.All.Where(e => e.OfCase && e.Method == "GET" && e.Who.HasFlag(Who.Handler) && e.Realm != Realm.Designer))
        {
            await LetInAsync(entry, $"who works on the {level} case", entry.Realm == Realm.Page ? await TryAsync(li, entry) : await SendAsync(program, entry));
        }

        foreach (var entry in AccessTable.All.Where(e => e.OfCase && e.Realm == Realm.Api && !e.IsForPeople))
        {
            using var unrestricted = _organisation.WithKey(await _organisation.KeyAsync(entry.Scope!));
            await ExpectAsync(entry, $"a key with {entry.Scope} for a {level} case", await SendAsync(unrestricted, entry), 404);
        }

        Report();
    }

    /// <summary>First those who are refused, then the others: what they may do changes what is there.</summary>
    private async Task InTwoRoundsAsync(IReadOnlyList<AccessEntry> entries, Func<AccessEntry, Somebody, Task<HttpResponseMessage>> tryAs)
    {
        foreach (var letIn in new[] { false, true })
        {
            foreach (var entry in entries)
            {
                foreach (var person in AccessOrganisation.People.Where(p => IsLetIn(entry, p) == letIn))
                {
                    var answer = await tryAs(entry, person);
                    await (letIn ? LetInAsync(entry, person.ToString(), answer) : ExpectAsync(entry, person.ToString(), answer, RefusalOf(entry, person)));
                }
            }
        }

        Report();
    }

    // the auditor reads every department
    private static bool IsLetIn(AccessEntry entry, Somebody person) => entry.Who.HasFlag(person.Is) && !(entry.OfCase && person.Elsewhere);

    private static int RefusalOf(AccessEntry entry, Somebody person) => entry.Realm switch
    {
        Realm.Page => entry.Sees.HasFlag(person.Is) && !person.Elsewhere ? 403 : 404,
        Realm.Api => entry.OfCase && person.Elsewhere && IsOfRole(entry, person) ? 404 : 403,
        Realm.Designer => entry.OfCase && person.Elsewhere && entry.Who.HasFlag(person.Is) ? 404 : (Who.Supervising | Who.Owner | Who.Admin | Who.Auditor).HasFlag(person.Is) ? 403 : 401,
        _ => throw new InvalidOperationException("Open to everybody."),
    };

    // roles come before cases: a colleague has the role of a handler, though not the case
    private static bool IsOfRole(AccessEntry entry, Somebody person) =>
        entry.Who.HasFlag(person.Is) || ((entry.Who & Who.Works) != 0 && Who.Staff.HasFlag(person.Is) && !entry.Path.Contains("incidents", StringComparison.Ordinal));

    /// <param name="entry">What was asked.</param>
    /// <param name="who">Who asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="status">What should have come; null: a page that sends to sign in, or 401 where programs ask.</param>
    /// <param name="antiforgeryFirst">400 will do: a form without the page's token.</param>
    private async Task ExpectAsync(AccessEntry entry, string who, HttpResponseMessage answer, int? status, bool antiforgeryFirst = false)
    {
        var right = status is { } expected
            ? (int)answer.StatusCode == expected
            : IsSignIn(answer) || (entry.Path.StartsWith("studio/token", StringComparison.Ordinal) && (int)answer.StatusCode == 401);
        if (!right && !(antiforgeryFirst && (int)answer.StatusCode == 400 && entry.Method != "GET"))
        {
            await DeviateAsync(entry, who, answer, status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "sign-in");
        }
    }

    private async Task LetInAsync(AccessEntry entry, string who, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (entry.IsSigned)
        {
            await ExpectAsync(entry, who, answer, 401);
        }
        else if (status is 401 or 403 or 405 or >= 500 || (status == 404) != entry.IsMissing || IsSignIn(answer))
        {
            await DeviateAsync(entry, who, answer, entry.IsMissing ? "404" : "to be let in");
        }
    }

    private async Task DeviateAsync(AccessEntry entry, string who, HttpResponseMessage answer, string expected)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        _deviations.Add($"{entry.Route}: {who} got {(int)answer.StatusCode}, not {expected} {(text.StartsWith('<') ? "" : text[..Math.Min(120, text.Length)])}");
    }

    private void Report() => Assert.True(_deviations.Count == 0, $"{_deviations.Count} deviations\n{string.Join('\n', _deviations)}");

    private static bool IsSignIn(HttpResponseMessage answer) =>
        (int)answer.StatusCode == 302 && answer.Headers.Location!.ToString().Contains(SignIn + "?", StringComparison.Ordinal);

    private string AddressOf(AccessEntry entry) => "/" + _organisation.Fill(entry.Path) + (entry.Query.Length == 0 ? "" : _organisation.Fill(entry.Query));

    private async Task<HttpResponseMessage> TryAsync(Browser browser, AccessEntry entry) => entry.Method is "GET" or "*"
        ? await browser.GetAsync(AddressOf(entry))
        : await browser.PostAsync(AddressOf(entry), [.. (entry.Body is { } body ? _organisation.Fill(body).Split('&') : []).Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))]);

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, AccessEntry entry)
    {
        using var request = new HttpRequestMessage(new HttpMethod(entry.Method == "*" ? "GET" : entry.Method), AddressOf(entry));
        request.Content = entry.Method is "GET" or "*" ? null
            : new StringContent(_organisation.Fill(entry.Body ?? (entry.Realm == Realm.Designer ? "{}" : "")), Encoding.UTF8, entry.Realm == Realm.Page ? "application/x-www-form-urlencoded" : "application/json");
        return await client.SendAsync(request, Token);
    }
}

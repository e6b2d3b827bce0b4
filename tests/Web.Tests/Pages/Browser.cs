using System.Net;
using System.Text.RegularExpressions;

namespace CaseManagement.Web.Tests.Pages;

/// <summary>A browser without script: keeps cookies and the antiforgery token of the last page, follows no redirect by itself.</summary>
public sealed partial class Browser(HttpClient client)
{
    private string? _token;

    /// <summary>The text of the page, entities resolved.</summary>
    public async Task<string> ReadAsync(string address)
    {
        var answer = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TextOf(answer);
    }

    public async Task<HttpResponseMessage> GetAsync(string address)
    {
        var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        await KeepTokenAsync(answer);
        return answer;
    }

    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", _token ?? ""));
        using var content = new FormUrlEncodedContent(form);
        var answer = await client.PostAsync(address, content, TestContext.Current.CancellationToken);
        await KeepTokenAsync(answer);
        return answer;
    }

    /// <summary>Posts from a page that was opened first.</summary>
    public async Task<HttpResponseMessage> PostAfterAsync(string page, string address, params (string Name, string Value)[] fields)
    {
        await GetAsync(page);
        return await PostAsync(address, fields);
    }

    /// <summary>Posts a form with files.</summary>
    public Task<HttpResponseMessage> SendAsync(string address, (string Name, string Value)[] fields, params (string Name, byte[] Content)[] files) =>
        SendAsync(address, fields, [.. files.Select(f => ("Files", f.Name, f.Content))]);

    /// <summary>Posts a form with files, each chosen in a field.</summary>
    public async Task<HttpResponseMessage> SendAsync(string address, (string Name, string Value)[] fields, (string Field, string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", _token ?? "")))
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (field, name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentDisposition = new("form-data") { Name = field, FileNameStar = name, FileName = "x" };
            form.Add(part);
        }

        var answer = await client.PostAsync(address, form, TestContext.Current.CancellationToken);
        await KeepTokenAsync(answer);
        return answer;
    }

    /// <summary>The page a redirect leads to.</summary>
    public async Task<string> FollowAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await ReadAsync(answer.Headers.Location!.ToString());
    }

    public static async Task<string> TextOf(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>The value of a field of the page.</summary>
    public static string FieldOf(string page, string name) =>
        Regex.Match(page, $"name=\"{Regex.Escape(name)}\"[^>]* value=\"([^\"]*)\"") is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidOperationException($"The page has no field {name}.");

    private async Task KeepTokenAsync(HttpResponseMessage answer)
    {
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (Token().Match(page) is { Success: true } match)
        {
            _token = match.Groups[1].Value;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

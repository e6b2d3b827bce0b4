using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Messages;

/// <summary>A mail as a program that has taken it apart already hands it over.</summary>
public sealed record JsonMail
{
    public string? MessageId { get; init; }
    public string? From { get; init; }
    public string? FromName { get; init; }

    /// <summary>Every address it was sent or delivered to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
    public string? Subject { get; init; }

    /// <summary>Plain text; without it the HTML is made text.</summary>
    public string? Text { get; init; }
    public string? Html { get; init; }

    /// <summary>Headers by name; <c>Authentication-Results</c>, <c>Auto-Submitted</c>, <c>Precedence</c> and <c>List-Id</c> are looked at.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];
    public IReadOnlyList<JsonFile> Attachments { get; init; } = [];

    /// <summary>Reads it as a mail; null for bytes that are none of these.</summary>
    internal static InboundMail? TryRead(byte[] raw)
    {
        try
        {
            return raw is [(byte)'{', ..] ? JsonSerializer.Deserialize<JsonMail>(raw, JsonSerializerOptions.Web)?.ToMail(raw) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidInputException">Something is missing or too much.</exception>
    internal InboundMail ToMail(byte[] raw)
    {
        var problems = new List<InputProblem>();
        if (string.IsNullOrWhiteSpace(From))
        {
            problems.Add(new InputProblem("from", FactRefusals.TypeWrong, "The sender's address is missing."));
        }

        if (To.Count is 0 or > 100)
        {
            problems.Add(new InputProblem("to", FactRefusals.TypeWrong, "1 to 100 addresses."));
        }

        if (Attachments.Count > 20)
        {
            problems.Add(new InputProblem("attachments", FactRefusals.TypeWrong, "At most 20 files."));
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        string Header(string name) => headers.GetValueOrDefault(name, "").Trim().ToLowerInvariant();

        return new InboundMail
        {
            MessageId = MessageId?.Trim().Trim('<', '>') is { Length: > 0 } id ? id : null,
            From = MailReader.Line(From, 320).ToLowerInvariant(),
            FromName = MailReader.Line(FromName, 100) is { Length: > 0 } name ? name : null,
            Recipients = [.. To.Select(t => t.Trim().Trim('<', '>'))],
            Subject = MailReader.Line(Subject, 200),
            Text = Text ?? (Html is { } html ? HtmlText.Of(html) : ""),
            Authentication = MailReader.AuthenticationOf(Header("Authentication-Results")),
            IsAutomatic = Header("Auto-Submitted") is not ("" or "no") || Header("Precedence") is "bulk" or "list" or "junk" or "auto_reply"
                || Header("List-Id").Length > 0 || Header("List-Unsubscribe").Length > 0 || Header("Return-Path") == "<>",
            Files = [.. Attachments.Select(a => new MailedFile(MailReader.NameOf(a.Name), a.ContentType ?? "application/octet-stream", a.Content ?? []))],
            Raw = raw,
        };
    }
}

/// <summary>A file of a mail.</summary>
/// <param name="Name">As its sender called it.</param>
/// <param name="ContentType">As its sender says.</param>
/// <param name="Content">Base64.</param>
public sealed record JsonFile(string? Name, string? ContentType, byte[]? Content);

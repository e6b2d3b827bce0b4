using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Which page of a list is asked for.</summary>
public sealed record PageRequest
{
    public const int LargestPage = 200;

    /// <summary>From 1.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 1_000_000)]
    public int Page { get; init; } = 1;

    /// <summary>1 to 200.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, LargestPage)]
    public int PageSize { get; init; } = 50;

    internal int Before => (Page - 1) * PageSize;
}

/// <summary>Answers in the API's JSON.</summary>
public static class JsonAnswers
{
    public static JsonResult Json(object body, int status = StatusCodes.Status200OK) => new(body, ApiJson.Options) { StatusCode = status };

    public static ContentResult Json(FirstAnswer answer) =>
        new() { Content = answer.Json, StatusCode = answer.Status, ContentType = "application/json; charset=utf-8" };
}

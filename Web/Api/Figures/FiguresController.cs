using System.Globalization;
using CaseManagement.Domain.Figures;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Figures;

/// <summary>Figures that come in.</summary>
public sealed record FiguresBody
{
    /// <summary>Where they come from, such as the name of a system.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<FigureBody>? Figures { get; init; }
}

/// <summary>One figure.</summary>
public sealed record FigureBody
{
    /// <summary>One of those the process reads: the key of a fact, or what follows <c>external.</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The supplier, product, city … it is for; absent: for all.</summary>
    public string? For { get; init; }

    /// <summary>The first day for which it holds, or its period: <c>2026-08</c>, <c>2026-Q3</c>, <c>2026-08-01/2026-08-15</c>.</summary>
    public string? Days { get; init; }

    /// <summary>Null takes an earlier figure of the same days back.</summary>
    public decimal? Value { get; init; }
}

/// <summary>The figures of a process that hold.</summary>
public sealed record FiguresAnswer(string Process, IReadOnlyList<string> Reads, IReadOnlyList<FigureBody> Figures);

/// <summary>What figures change.</summary>
/// <param name="Affected">Open cases whose facts or counters change.</param>
/// <param name="Restricted">How many change that the caller may not know of; absent where there are none.</param>
/// <param name="Unread">Open cases that were too many to look at.</param>
public sealed record FiguresChanged(IReadOnlyList<FigureChange> Affected, string? Restricted, int Unread);

/// <summary>A change of one open case.</summary>
public sealed record FigureChange(Guid Complaint, string Number, string What, string? Before, string? After);

/// <summary>Figures that administrators keep, and those that programs bring in.</summary>
[Route("api/v1/processes/{key}/figures"), Tags("Figures")]
public sealed class FiguresController(StoredConfigurations configurations, FigureChanges changes, ApiCases allowed) : ApiController
{
    /// <summary>The figures that hold, and the names of those the process reads.</summary>
    [HttpGet, ApiAccess(ApiScopes.FiguresRead, ApiRoles.Administrator | ApiRoles.ProcessOwner | ApiRoles.Auditor)]
    [ProducesResponseType<FiguresAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(string key, [FromQuery] string? name, CancellationToken cancellationToken)
    {
        var process = await ProcessAsync(key, cancellationToken);
        var book = (await configurations.CurrentAsync(cancellationToken)).Figures.GetValueOrDefault(key) ?? FigureBook.Empty;
        return JsonAnswers.Json(new FiguresAnswer(
            key, [.. FigureNames.Of(process.Pack).Select(use => use.Name)],
            [.. book.All.Where(figure => name is null || figure.Name == name).OrderBy(figure => figure.Name, StringComparer.Ordinal).ThenBy(figure => figure.For, StringComparer.Ordinal).ThenBy(figure => figure.From)
                .Select(figure => new FigureBody
                {
                    Name = figure.Name,
                    For = figure.For.Length == 0 ? null : figure.For,
                    Days = figure.Through is { } through ? new CalendarPeriod(figure.From, through).ToString() : figure.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Value = figure.Value.Number,
                })]));
    }

    /// <summary>Brings figures in; one for the same days takes the place of an earlier. With <c>preview</c> nothing is stored and the answer says what would change.</summary>
    [HttpPost, ApiAccess(ApiScopes.FiguresWrite, ApiRoles.Administrator)]
    [ProducesResponseType<FiguresChanged>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Post(string key, [FromBody] FiguresBody body, [FromQuery] bool preview, CancellationToken cancellationToken)
    {
        var process = await ProcessAsync(key, cancellationToken);
        var inputs = (body.Figures ?? []).Select(figure => new FigureInput(figure.Name, figure.For, figure.Days, figure.Value?.ToString(CultureInfo.InvariantCulture), body.Source)).ToList();
        var figures = FigureChanges.Check(process.Pack, inputs);
        var effect = preview
            ? await changes.PreviewAsync(key, figures, cancellationToken)
            : await changes.ApplyAsync(key, figures, inputs, Caller.Performer, cancellationToken);
        var known = await allowed.KnownAsync(Caller, [.. effect.Cases.Select(c => c.Id).Distinct()], cancellationToken);
        return JsonAnswers.Json(new FiguresChanged(
            [.. effect.Cases.Where(c => known.Contains(c.Id)).Select(c => new FigureChange(c.Id, c.Number, c.What.En, c.Before, c.After))],
            new Organisation.RestrictedCount(effect.Cases.Select(c => c.Id).Distinct().Count(id => !known.Contains(id))).Told, effect.Unread));
    }

    private async Task<ProcessVersionInUse> ProcessAsync(string key, CancellationToken cancellationToken) =>
        (await configurations.CurrentAsync(cancellationToken)).Published.GetValueOrDefault(key)
            ?? throw new Problems.ApiProblemException(StatusCodes.Status404NotFound, CaseRuntime.NoProcess.Code, CaseRuntime.NoProcess.Message);
}

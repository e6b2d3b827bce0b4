using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Which instances are asked for.</summary>
/// <param name="Body">As Studio sends it.</param>
/// <param name="ByContent">False: names and correlation ids are not searched, since the reader does not see them.</param>
public sealed record InstanceFilter(JsonObject Body, bool ByContent)
{
    public const int LargestPage = 100;
    private const int LongestSearch = 200;
    private const int MostFilters = 10;

    public int PageSize => Math.Clamp(Body.Number("pageSize") ?? 10, 1, LargestPage);

    public int Before => Math.Clamp(Body.Number("page") ?? 0, 0, int.MaxValue / LargestPage) * PageSize;

    public IQueryable<InstanceRow> Apply(IQueryable<InstanceRow> rows)
    {
        var definitions = Body.Texts("definitionIds").Append(Body.Text("definitionId")).OfType<string>().Where(t => t.Length > 0).ToList();
        rows = definitions.Count > 0 ? rows.Where(i => definitions.Contains(i.DefinitionId)) : rows;
        if (Body.Number("version") is { } version)
        {
            rows = rows.Where(i => i.DefinitionVersion == version);
        }

        if (Body["hasIncidents"] is JsonValue flag && flag.TryGetValue<bool>(out var has))
        {
            rows = rows.Where(i => i.IncidentCount > 0 == has);
        }

        var statuses = Enums<WorkflowStatus>("statuses", "status");
        rows = statuses.Count > 0 ? rows.Where(i => statuses.Contains(i.Status)) : rows;
        var subStatuses = Enums<WorkflowSubStatus>("subStatuses", "subStatus");
        rows = subStatuses.Count > 0 ? rows.Where(i => subStatuses.Contains(i.SubStatus)) : rows;
        if (Body.Text("correlationId") is { Length: > 0 } correlation)
        {
            rows = ByContent ? rows.Where(i => i.CorrelationId == correlation) : rows.Where(i => false);
        }

        rows = Searched(rows, (Body.Text("searchTerm") ?? "").Trim());
        foreach (var filter in (Body["timestampFilters"] as JsonArray)?.OfType<JsonObject>().Take(MostFilters) ?? [])
        {
            rows = Timed(rows, filter);
        }

        return rows;
    }

    public IOrderedQueryable<InstanceRow> Order(IQueryable<InstanceRow> rows)
    {
        var ascending = Body.Text("orderDirection") == "Ascending";
        return Body.Text("orderBy") switch
        {
            "UpdatedAt" or "LastExecuted" => ascending ? rows.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.UpdatedAt).ThenBy(i => i.Id),
            "Finished" or "FinishedAt" => ascending ? rows.OrderBy(i => i.FinishedAt).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.FinishedAt).ThenBy(i => i.Id),
            "Name" when ByContent => ascending ? rows.OrderBy(i => i.Name).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.Name).ThenBy(i => i.Id),
            _ => ascending ? rows.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id) : rows.OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id),
        };
    }

    private IQueryable<InstanceRow> Searched(IQueryable<InstanceRow> rows, string term)
    {
        if (term.Length is 0 or > LongestSearch)
        {
            return rows;
        }

        var id = Guid.TryParse(term, out var given) ? given : Guid.Empty;
        var like = $"%{term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return ByContent
            ? rows.Where(i => i.Id == id || EF.Functions.Like(i.DefinitionId, like, "\\") || EF.Functions.Like(i.Name!, like, "\\") || i.CorrelationId == term)
            : rows.Where(i => i.Id == id || EF.Functions.Like(i.DefinitionId, like, "\\"));
    }

    private static IQueryable<InstanceRow> Timed(IQueryable<InstanceRow> rows, JsonObject filter)
    {
        if (!DateTimeOffset.TryParse(filter.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return rows;
        }

        return (filter.Text("column"), filter.Text("operator")) switch
        {
            ("UpdatedAt", "GreaterThan" or "GreaterThanOrEqual") => rows.Where(i => i.UpdatedAt >= at),
            ("UpdatedAt", "LessThan" or "LessThanOrEqual") => rows.Where(i => i.UpdatedAt <= at),
            ("FinishedAt", "GreaterThan" or "GreaterThanOrEqual") => rows.Where(i => i.FinishedAt >= at),
            ("FinishedAt", "LessThan" or "LessThanOrEqual") => rows.Where(i => i.FinishedAt <= at),
            ("CreatedAt", "GreaterThan" or "GreaterThanOrEqual") => rows.Where(i => i.CreatedAt >= at),
            ("CreatedAt", "LessThan" or "LessThanOrEqual") => rows.Where(i => i.CreatedAt <= at),
            _ => rows,
        };
    }

    private List<T> Enums<T>(string list, string one)
        where T : struct, Enum =>
        [.. Body.Texts(list).Append(Body.Text(one)).Select(t => Enum.TryParse<T>(t, ignoreCase: true, out var value) ? value : (T?)null).OfType<T>().Distinct()];
}

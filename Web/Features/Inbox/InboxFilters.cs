using CaseManagement.Domain.Classification;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>What the filters with many options offer, in words.</summary>
public sealed class InboxFilters(People people, IStringLocalizer<InboxWords> words)
{
    // so that a deep tree reads as one
    private const string Indent = "\u2003";

    /// <summary>Department, handler, category and due period; a value that is no option any more is offered as it is, so that it can be taken away.</summary>
    public async Task<IReadOnlyList<FilterChoice>> OfAsync(
        InboxFilter filter, string view, CaseScope scope, CaseConfiguration configuration, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var seesAll = scope.SeesAll || scope.Reads;
        var departments = (await people.DepartmentsAsync(cancellationToken))
            .Where(d => seesAll || scope.Departments.Contains(d.Key)).Select(d => new Choice(d.Key, english ? d.NameEn : d.NameZh)).ToList();
        var handlers = (await people.AllAsync(cancellationToken))
            .Where(p => p.Id == scope.Person?.Id || (seesAll ? p.Memberships.Any(m => m.Department is not null || departments.Count == 0) : p.Memberships.Any(m => m.Department is { } d && scope.Departments.Contains(d))))
            .Select(p => new Choice(p.Id, p.Name));
        var categories = configuration.Published.Values.Where(p => filter.Process is null || p.Pack.Identity.Id == filter.Process)
            .SelectMany(p => p.Pack.Categories.All.Where(t => p.Pack.Facts.Find(t.Key) is null || t.Key == "category")).SelectMany(t => t.Nodes).SelectMany(n => Lines(n, 0))
            .DistinctBy(c => c.Value);
        List<FilterChoice> all =
        [
            Choose("department", "Department", departments, filter.Department, withNone: true),
            Choose("handler", "Handler", handlers, filter.Handler, withNone: true),
            Choose("category", "Category", categories, filter.Category, withNone: true),
        ];
        if (view != InboxViews.Closed)
        {
            all.Add(Choose("due", "Due", InboxConditions.Periods.Select(p => new Choice(p, words[$"Due_{p}"])), filter.Due, withNone: false));
        }

        all.Add(Choose("mark", "Mark", InboxConditions.Marks.Select(m => new Choice(m, words[$"Mark_{m}"])), filter.Mark, withNone: false));
        return all;
    }

    private FilterChoice Choose(string name, string label, IEnumerable<Choice> options, string? chosen, bool withNone)
    {
        var offered = options.ToList();
        if (withNone)
        {
            offered.Add(new Choice(InboxConditions.None, words[$"None_{name}"]));
        }

        if (chosen is { Length: > 0 } && !offered.Exists(o => o.Value == chosen))
        {
            offered.Add(new Choice(chosen, chosen));
        }

        return new FilterChoice(name, words[label], offered, string.IsNullOrEmpty(chosen) ? null : chosen);
    }

    private static IEnumerable<Choice> Lines(CategoryNode node, int depth) =>
        node.Children.SelectMany(child => Lines(child, depth + 1)).Prepend(new Choice(node.Key, string.Concat(Enumerable.Repeat(Indent, depth)) + node.Name.In(PackWords.Language)));
}

using System.Security.Claims;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Departments;

/// <inheritdoc/>
internal sealed partial class StoredDepartments(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, StoredConfigurations configurations, ConfigurationAudit audit,
    Recusals recusals, TimeProvider clock, IStringLocalizer<DepartmentsText> text) : IDepartmentPages
{
    /// <summary>The audit stream of the organisation.</summary>
    public const string Stream = "organisation";

    private const int LongestName = 100;
    private const int MostDepartments = 1000;

    public async Task<DepartmentsPage?> GetAsync(string? open, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken);
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var roles = configuration.Published.Values.SelectMany(p => p.Pack.Organisation.Roles).DistinctBy(r => r.Key)
            .ToDictionary(r => r.Key, r => r.Name.In(PackWords.Language), StringComparer.Ordinal);
        var page = new DepartmentsPage { Rows = Rows(all, names, roles, configuration.Chart), MayChange = person.Is(SystemRoles.Administrator) };
        if (open is null)
        {
            return page;
        }

        var department = all.Find(d => d.Key == open);
        if (!page.MayChange || (open.Length > 0 && department is null))
        {
            return null;
        }

        var below = department is null ? [] : Below(department.Key, all);
        return page with
        {
            Editor = new DepartmentEditor
            {
                IsNew = department is null,
                Edit = department is null ? new DepartmentEdit() : new DepartmentEdit
                {
                    Key = department.Key,
                    NameZh = department.NameZh,
                    NameEn = department.NameEn,
                    Parent = department.Parent,
                    Head = department.Head,
                    Substitute = department.Substitute,
                    Version = department.Version,
                },
                Parents = [.. all.Where(d => !below.Contains(d.Key)).Select(d => new Choice(d.Key, NameOf(d)))],
                People = [.. names.Where(p => p.Key != person.Id).Select(p => new Choice(p.Key, p.Value)).OrderBy(p => p.Text, StringComparer.CurrentCulture)],
            },
        };
    }

    public async Task<ActionAnswer> SaveAsync(string? key, DepartmentEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        var everybody = (await people.AllAsync(cancellationToken)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var all = await look.Departments.AsNoTracking().ToListAsync(cancellationToken);
            var known = all.Find(d => d.Key == key);
            if (key is not null && known is null)
            {
                return ActionAnswer.NotFound;
            }

            if (Errors(key, edit, person.Id, known, all, everybody) is { Count: > 0 } errors)
            {
                return ActionAnswer.Invalid(null, errors);
            }
        }

        return await WriteAsync(key, edit, person, cancellationToken) ? ActionAnswer.Done : ActionAnswer.Refused(text["Stale"]);
    }

    /// <summary>Keeps it and records it, in one commit.</summary>
    /// <returns>False when somebody has changed or added it meanwhile.</returns>
    private async Task<bool> WriteAsync(string? key, DepartmentEdit edit, Person person, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var wanted = key ?? edit.Key!.Trim();
                var department = await db.Departments.SingleOrDefaultAsync(d => d.Key == wanted, cancellationToken);
                if (key is null ? department is not null : department?.Version != edit.Version)
                {
                    return false;
                }

                var before = department is null ? null : Say(department);
                if (department is null)
                {
                    department = new Department { Key = wanted, NameZh = "", NameEn = "" };
                    db.Departments.Add(department);
                }

                if (department.Head is { } head && head != Given(edit.Head))
                {
                    db.DepartmentHeads.Add(new DepartmentHead { Id = Guid.CreateVersion7(), Department = department.Key, UserId = head, Until = clock.GetUtcNow() });
                }

                department.NameZh = edit.NameZh!.Trim();
                department.NameEn = edit.NameEn!.Trim();
                department.Parent = Given(edit.Parent);
                department.Head = Given(edit.Head);
                department.Substitute = Given(edit.Substitute);
                var after = Say(department);
                if (before is not null && JsonNode.DeepEquals(before, after))
                {
                    return true;
                }

                department.Version++;
                await audit.RecordAsync(
                    db, Stream, before is null ? "department.added" : "department.changed", person.AsPerformer().Actor,
                    new JsonObject { ["department"] = department.Key, ["before"] = before, ["after"] = after }, cancellationToken);
                await recusals.FollowAsync(db, transaction, cancellationToken);
                return true;
            },
            cancellationToken);

    private Dictionary<string, string> Errors(
        string? key, DepartmentEdit edit, string me, Department? department, List<Department> all, HashSet<string> everybody)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (key is null && !KeyText().IsMatch(edit.Key?.Trim() ?? ""))
        {
            errors[nameof(edit.Key)] = text["KeyWrong"];
        }
        else if (key is null && all.Exists(d => d.Key == edit.Key!.Trim()))
        {
            errors[nameof(edit.Key)] = text["KeyTaken"];
        }

        if (key is null && all.Count >= MostDepartments)
        {
            errors[nameof(edit.Key)] = text["TooMany", MostDepartments];
        }

        foreach (var (name, typed) in ((string, string?)[])[(nameof(edit.NameZh), edit.NameZh), (nameof(edit.NameEn), edit.NameEn)])
        {
            if (string.IsNullOrWhiteSpace(typed))
            {
                errors[name] = text["NameMissing"];
            }
            else if (typed.Trim().Length > LongestName)
            {
                errors[name] = text["NameTooLong", LongestName];
            }
        }

        if (Given(edit.Parent) is { } parent)
        {
            if (!all.Exists(d => d.Key == parent))
            {
                errors[nameof(edit.Parent)] = text["NoSuchDepartment"];
            }
            else if (department is not null && Below(department.Key, all).Contains(parent))
            {
                errors[nameof(edit.Parent)] = text["Circle"];
            }
        }

        foreach (var (name, typed, before) in ((string, string?, string?)[])[(nameof(edit.Head), edit.Head, department?.Head), (nameof(edit.Substitute), edit.Substitute, department?.Substitute)])
        {
            if (Given(typed) is not { } chosen || chosen == before)
            {
                continue;
            }

            if (!everybody.Contains(chosen))
            {
                errors[name] = text["NoSuchPerson"];
            }
            else if (chosen == me)
            {
                errors[name] = text["NotOneself"];
            }
        }

        if (Given(edit.Head) is { } head && head == Given(edit.Substitute))
        {
            errors[nameof(edit.Substitute)] = text["SameAsHead"];
        }

        return errors;
    }

    private List<DepartmentRow> Rows(List<Department> all, Dictionary<string, string> names, Dictionary<string, string> roles, OrganisationChart chart)
    {
        var rows = new List<DepartmentRow>();
        var known = all.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var top in all.Where(d => d.Parent is null || !known.Contains(d.Parent)))
        {
            Add(top, 0);
        }

        return rows;

        void Add(Department department, int depth)
        {
            rows.Add(new DepartmentRow(
                department.Key, NameOf(department), depth, Named(department.Head), department.Head is { } head && !names.ContainsKey(head),
                Named(department.Substitute), department.Substitute is { } substitute && !names.ContainsKey(substitute), AnswersOf(department.Key)));
            foreach (var child in all.Where(d => d.Parent == department.Key && rows.TrueForAll(r => r.Key != d.Key)))
            {
                Add(child, depth + 1);
            }
        }

        string? Named(string? id) => id is null ? null : names.GetValueOrDefault(id, id);

        string AnswersOf(string key)
        {
            var found = chart.HeadAt(key, respondent: null);
            var who = found.Kind == SuperiorKind.Fallback ? roles.GetValueOrDefault(found.Candidate, found.Candidate) : Named(found.Candidate[Candidates.UserPrefix.Length..]);
            return found.Kind switch
            {
                SuperiorKind.Fallback => text["AnswersRole", who ?? ""],
                SuperiorKind.Substitute when found.Department == key => text["AnswersSubstitute", who ?? ""],
                _ when found.Department == key => text["AnswersHead", who ?? ""],
                _ => text["AnswersAbove", who ?? "", found.DepartmentName!.In(PackWords.Language)],
            };
        }
    }

    private static HashSet<string> Below(string key, List<Department> all)
    {
        var below = new HashSet<string>(StringComparer.Ordinal) { key };
        while (all.FirstOrDefault(d => d.Parent is { } parent && below.Contains(parent) && !below.Contains(d.Key)) is { } next)
        {
            below.Add(next.Key);
        }

        return below;
    }

    private static JsonObject Say(Department department) => new()
    {
        ["nameZh"] = department.NameZh,
        ["nameEn"] = department.NameEn,
        ["parent"] = department.Parent,
        ["head"] = department.Head,
        ["substitute"] = department.Substitute,
    };

    private static string NameOf(Department department) => new BilingualText(department.NameZh, department.NameEn).In(PackWords.Language);

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Binding;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>What somebody chose for the names of a process: by the process's key the key here, <see cref="Create"/>, or nothing to keep it.</summary>
/// <param name="Departments">By the process's key.</param>
/// <param name="Roles">By the process's key.</param>
/// <param name="Channels">By the process's key.</param>
public sealed record NameChoices(IReadOnlyDictionary<string, string> Departments, IReadOnlyDictionary<string, string> Roles, IReadOnlyDictionary<string, string> Channels)
{
    /// <summary>The department is added to the chart.</summary>
    public const string Create = "+";

    /// <summary>Everything keeps its key.</summary>
    public static readonly NameChoices Nothing = new(new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>The names of a process bound to the organisation's, ready to be written.</summary>
/// <param name="Names">What is called otherwise here.</param>
/// <param name="Added">Departments that are added to the chart.</param>
public sealed partial record NameBinding(PackNames Names, IReadOnlyList<Named> Added)
{
    private const string DepartmentsKind = "departments";
    private const int LongestName = 100;

    public bool IsEmpty => Names.IsEmpty && Added.Count == 0;

    /// <summary>Reads what was chosen.</summary>
    /// <param name="pack">The process.</param>
    /// <param name="here">What there is.</param>
    /// <param name="chosen">What was chosen.</param>
    /// <param name="wrong">Names of which what was chosen cannot be: <c>departments.key</c>, and why (<see cref="NameMistake"/>).</param>
    public static NameBinding Of(ProcessPack pack, NamesHere here, NameChoices chosen, out IReadOnlyDictionary<string, NameMistake> wrong)
    {
        var mistakes = new Dictionary<string, NameMistake>(StringComparer.Ordinal);
        var scripted = new Lazy<IReadOnlySet<string>>(() => PackRenaming.NamedInScripts(pack));
        var added = new List<Named>();

        Dictionary<string, Named> Read(string kind, IEnumerable<Named> names, IReadOnlyDictionary<string, string> choices, Func<string, Domain.Facts.BilingualText?> nameOf)
        {
            var bound = new Dictionary<string, Named>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                if (choices.GetValueOrDefault(name.Key) is not { Length: > 0 } choice || choice == name.Key)
                {
                    continue;
                }

                if (choice == NameChoices.Create && kind == DepartmentsKind)
                {
                    if (!ChartKey().IsMatch(name.Key) || Math.Max(name.Name.Zh.Length, name.Name.En.Length) > LongestName)
                    {
                        mistakes[$"{kind}.{name.Key}"] = NameMistake.NotForTheChart;
                    }
                    else if (nameOf(name.Key) is null)
                    {
                        added.Add(name);
                    }
                }
                else if (nameOf(choice) is not { } called)
                {
                    mistakes[$"{kind}.{name.Key}"] = NameMistake.Unknown;
                }
                else if (scripted.Value.Contains(name.Key))
                {
                    mistakes[$"{kind}.{name.Key}"] = NameMistake.InScript;
                }
                else
                {
                    bound[name.Key] = new Named(choice, called);
                }
            }

            return bound;
        }

        var binding = new NameBinding(
            new PackNames(
                Read(DepartmentsKind, pack.Organisation.Departments, chosen.Departments, key => here.Departments.GetValueOrDefault(key)),
                Read("roles", pack.Organisation.Roles.Select(role => new Named(role.Key, role.Name)), chosen.Roles, key => here.Roles.GetValueOrDefault(key)?.Name),
                Read("channels", pack.Identity.Channels, chosen.Channels, key => here.Channels.GetValueOrDefault(key))),
            added);
        wrong = mistakes;
        return binding;
    }

    /// <summary>Adds the departments that are to be made to what the context will save, each with its entry in the audit of the organisation.</summary>
    public async Task AddDepartmentsAsync(CaseManagementDbContext db, ConfigurationAudit audit, Actor by, CancellationToken cancellationToken)
    {
        foreach (var one in Added)
        {
            if (await db.Departments.AnyAsync(d => d.Key == one.Key, cancellationToken))
            {
                continue;
            }

            db.Departments.Add(new Department { Key = one.Key, NameZh = one.Name.Zh, NameEn = one.Name.En, Version = 1 });
            await audit.RecordAsync(
                db, "organisation", "department.added", by,
                new JsonObject
                {
                    ["department"] = one.Key,
                    ["before"] = null,
                    ["after"] = new JsonObject { ["nameZh"] = one.Name.Zh, ["nameEn"] = one.Name.En, ["parent"] = null, ["head"] = null, ["substitute"] = null },
                },
                cancellationToken);
        }
    }

    /// <summary>What the audit keeps of it.</summary>
    public JsonObject ToJson()
    {
        static JsonObject Said(IReadOnlyDictionary<string, Named> names) => new(names.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value.Key)));
        return new JsonObject
        {
            ["departments"] = Said(Names.Departments),
            ["roles"] = Said(Names.Roles),
            ["channels"] = Said(Names.Channels),
            ["added"] = new JsonArray([.. Added.Select(one => (JsonNode)one.Key)]),
        };
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChartKey();
}

/// <summary>Why a name cannot be bound as it was chosen.</summary>
public enum NameMistake
{
    /// <summary>There is no such department, role or channel here.</summary>
    Unknown,

    /// <summary>The organisation chart takes no department of such a key or name.</summary>
    NotForTheChart,

    /// <summary>A script or a value expression speaks of it; it keeps its key.</summary>
    InScript,
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs;

/// <summary>Reads a process pack from the text of its files.</summary>
public static partial class PackReader
{
    /// <summary>Most files in a pack.</summary>
    public const int MaxFiles = 500;

    /// <summary>Largest file, in bytes of UTF-8.</summary>
    public const int MaxFileBytes = 2 * 1024 * 1024;

    /// <summary>Deepest nesting of JSON.</summary>
    public const int MaxDepth = JsonText.MaxDepth;

    private const string PackFile = "pack.json";

    /// <summary>Reads a pack. Never throws for what is in the files.</summary>
    /// <param name="files">Relative path (<c>tables.json</c>, <c>workflows/main.json</c>) → JSON text.</param>
    public static PackReadResult Read(IReadOnlyDictionary<string, string> files)
    {
        var findings = new PackFindings();
        if (files.Count > MaxFiles)
        {
            findings.Error(FindingCodes.TooManyFiles, string.Empty, "$", $"文件超过 {MaxFiles} 个",
                $"The pack has more than {MaxFiles} files");
            return new PackReadResult(null, findings.All);
        }

        var parsed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (path, text) in files)
        {
            if (Parse(path, text, findings) is { } json)
            {
                parsed[path] = json;
            }
        }

        var pack = Build(files, parsed, findings);
        return new PackReadResult(findings.HasErrors ? null : pack, findings.All);
    }

    private static JsonElement? Parse(string path, string text, PackFindings findings)
    {
        if (!KnownFile().IsMatch(path))
        {
            findings.Error(FindingCodes.FileUnknown, path, "$", "流程包中没有这样的文件", "A pack has no such file");
            return null;
        }

        if (text.Length > MaxFileBytes || Encoding.UTF8.GetByteCount(text) > MaxFileBytes)
        {
            findings.Error(FindingCodes.FileTooLarge, path, "$", "文件超过 2 MB", "The file is larger than 2 MB");
            return null;
        }

        if (!JsonText.TryParse(text, out var json, out var why))
        {
            findings.Error(FindingCodes.JsonInvalid, path, "$", $"JSON 无法读取：{why.Zh}", $"The JSON cannot be read: {why.En}");
            return null;
        }

        if (json.ValueKind == JsonValueKind.Object
            || (json.ValueKind == JsonValueKind.Array && path.StartsWith("scenarios/", StringComparison.Ordinal)))
        {
            return json;
        }

        findings.Error(FindingCodes.JsonInvalid, path, "$", "文件应为一个 JSON 对象", "The file should be one JSON object");
        return null;
    }

    private static ProcessPack Build(
        IReadOnlyDictionary<string, string> files, Dictionary<string, JsonElement> parsed, PackFindings findings)
    {
        T Optional<T>(string file, Func<PackObject, T> read, T absent)
        {
            if (!parsed.TryGetValue(file, out var json))
            {
                return absent;
            }

            var root = new PackObject(json, file, "$", findings);
            var result = read(root);
            root.Finish();
            return result;
        }

        T Required<T>(string file, Func<PackObject, T> read, T absent)
        {
            if (!files.ContainsKey(file))
            {
                findings.Error(FindingCodes.FileMissing, file, "$", $"缺少文件 {file}", $"The file {file} is missing");
            }

            return Optional(file, read, absent);
        }

        var identity = Required(PackFile, IdentityReader.Read, NoIdentity);
        var organisation = Required("organisation.json", OrganisationReader.Read, OrganisationReader.Empty);
        var ownFacts = Optional("facts.json", FactsReader.Read, []);
        var trees = new CategoryTrees(
            Optional("categories.json", ClassificationReader.Trees, []), key => ownFacts.Any(fact => fact.Key == key));
        var levels = Optional("levels.json", ClassificationReader.Levels, []);
        var departments = organisation.Departments.Select(department => new FactOption(department.Key, department.Name)).ToList();
        var facts = new FactCatalogue(
            ownFacts.Select(fact => WithOptions(fact, trees, departments)), BuiltInOptions(identity, departments, trees, levels));
        var (limits, pauseReasons) = Optional(
            "limits.json", json => (LimitsReader.Read(json), LimitsReader.PauseReasons(json)), ([], []));

        return new ProcessPack
        {
            Identity = identity,
            Organisation = organisation,
            Facts = facts,
            OwnFacts = [.. ownFacts.Select(fact => facts.Find(fact.Key)!)],
            Forms = ByKey(Optional("forms.json", FormsReader.Read, []), form => form.Key),
            Categories = trees,
            Levels = new LevelScale(levels),
            Counters = ByKey(Optional("counters.json", CountersReader.Read, []), counter => counter.Key),
            Tables = ByKey(Optional("tables.json", json => ClassificationReader.Tables(json, facts), []), table => table.Key),
            Limits = [.. limits.Select(limit => WithDefaults(limit, identity))],
            PauseReasons = pauseReasons,
            Calendars = Optional("calendars.json", OrganisationReader.Calendars, []),
            Chains = ByKey(Optional("approvals.json", AuthorityReader.Chains, []), chain => chain.Key),
            Gates = Optional("gates.json", AuthorityReader.Gates, []),
            Calculators = ByKey(Optional("calculators.json", MoneyReader.Calculators, []), calculator => calculator.Key),
            Verifications = ByKey(Optional("verifications.json", MoneyReader.Plans, []), plan => plan.Key),
            Templates = ByKey(Optional("templates.json", CommunicationReader.Templates, []), template => template.Key),
            Reports = ByKey(Optional("reports.json", CommunicationReader.Reports, []), report => report.Key),
            Records = Required("records.json", json => RecordsReader.Read(json, identity.Zone), RecordsReader.Empty),
            Workflows = Folder(files, "workflows/"),
            Scenarios = Folder(files, "scenarios/"),
            Files = new Dictionary<string, string>(files, StringComparer.Ordinal),
        };
    }

    private static readonly PackIdentity NoIdentity = new(string.Empty, string.Empty, new BilingualText(string.Empty, string.Empty))
    {
        Zone = "UTC",
        Calendar = string.Empty,
        Kinds = [],
        Channels = [],
        PolicyTitle = new BilingualText(string.Empty, string.Empty),
        Clauses = [],
    };

    // A tree serves the fact of its key: the nodes are the options, unless the fact lists its own.
    // what is told of a process tells of the usual reading
    private static LimitDefinition WithDefaults(LimitDefinition limit, PackIdentity identity)
    {
        return limit.Rungs.All(rung => rung.Setting is null) ? limit : limit with { Rungs = [.. limit.Rungs.Select(Usual)] };

        RungDefinition Usual(RungDefinition rung)
        {
            try
            {
                return identity.Settings.FirstOrDefault(setting => setting.Key == rung.Setting)?.Default.Number is { } many ? rung with { Rung = rung.By(many) } : rung;
            }
            catch (InvalidTimeRuleException)
            {
                // the check of the limit says so
                return rung;
            }
        }
    }

    private static FactDefinition WithOptions(FactDefinition fact, CategoryTrees trees, IReadOnlyList<FactOption> departments) => fact switch
    {
        { Options: not null } => fact,
        { Type: FactType.Department } => fact with { Options = departments },
        _ when trees.Serve(fact.Key) => fact with { Options = Options(trees, fact.Key) },
        _ => fact,
    };

    private static Dictionary<string, IReadOnlyList<FactOption>> BuiltInOptions(
        PackIdentity identity, IReadOnlyList<FactOption> departments, CategoryTrees trees, IReadOnlyList<Level> levels)
    {
        var options = new Dictionary<string, IReadOnlyList<FactOption>>(StringComparer.Ordinal)
        {
            ["channel"] = [.. identity.Channels.Select(channel => new FactOption(channel.Key, channel.Name))],
            ["level"] = [.. levels.Select(level => new FactOption(level.Key, level.Name))],
            ["lead"] = departments,
            ["departments"] = departments,
            ["supporting"] = departments,
            ["respondentDepartment"] = departments,
        };
        if (trees.Serve("category"))
        {
            options["category"] = Options(trees, "category");
        }

        return options;
    }

    private static IReadOnlyList<FactOption> Options(CategoryTrees trees, string fact) =>
        [.. trees.NodesFor(fact).DistinctBy(node => node.Key).Select(node => new FactOption(node.Key, node.Name) { IsRetired = node.IsRetired })];

    // The first of a key wins; that it is used twice is a finding already.
    private static OrderedDictionary<string, T> ByKey<T>(IReadOnlyList<T> items, Func<T, string> key)
    {
        var dictionary = new OrderedDictionary<string, T>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            dictionary.TryAdd(key(item), item);
        }

        return dictionary;
    }

    private static OrderedDictionary<string, string> Folder(IReadOnlyDictionary<string, string> files, string folder)
    {
        var found = files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => KeyValuePair.Create(file.Key[folder.Length..^".json".Length], file.Value));
        return new OrderedDictionary<string, string>(found, StringComparer.Ordinal);
    }

    [GeneratedRegex(
        @"^((pack|organisation|facts|forms|categories|levels|counters|tables|limits|calendars|approvals|gates|calculators"
            + @"|verifications|templates|reports|records)|(workflows|scenarios)/[^/\\:.][^/\\:]{0,99})\.json\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex KnownFile();
}

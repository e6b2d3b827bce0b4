using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;
using NodaTime;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>pack.json</c>.</summary>
internal static partial class IdentityReader
{
    /// <summary>The version of the pack format this product reads.</summary>
    private const int Format = 1;

    public static PackIdentity Read(PackObject json)
    {
        if (json.Number("format") is { } format && format != Format)
        {
            json.Error(FindingCodes.MemberWrong, "format", $"只支持格式 {Format}", $"Only format {Format} is known");
        }

        var id = json.Key("id");
        if (id.Length > 0 && !IdPattern().IsMatch(id))
        {
            json.Error(FindingCodes.KeyInvalid, "id", "流程包标识只含小写字母、数字和连字符",
                "A pack id has small letters, digits and hyphens only");
        }

        var zone = json.Text("zone");
        if (zone.Length > 0 && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            json.Error(FindingCodes.ZoneUnknown, "zone", $"时区“{zone}”不存在", $"There is no time zone '{zone}'");
        }

        var policy = json.Object("policy");
        if (policy is null)
        {
            json.Missing("policy");
        }

        var identity = new PackIdentity(id, json.Text("version"), json.Names("name"))
        {
            OrganisationKind = OrganisationKind(json),
            Zone = zone,
            Calendar = json.Text("calendar"),
            Kinds = json.Keyed("kinds", Kind, kind => kind.Kind, required: true),
            Channels = json.Keyed("channels", Named, channel => channel.Key, required: true),
            PolicyTitle = policy?.Names("title") ?? new BilingualText(string.Empty, string.Empty),
            Clauses = policy?.Keyed("clauses", Clause, clause => clause.Id, required: true) ?? [],
            Settings = json.Keyed("settings", Setting, setting => setting.Key),
            OpenReadings = json.Texts("openReadings"),
            ChangeApproval = json.TextOrNull("changeApproval"),
            Labels = Labels(json),
        };
        policy?.Finish();
        return identity;
    }

    public static Named Named(PackObject json) => new(json.Key(), json.Names("name"));

    private static PackKind Kind(PackObject json) => new(json.Key("kind"), json.Text("workflow"), json.Text("form"));

    private static PolicyClause Clause(PackObject json) => new(json.Text("id"), json.Names("text"));

    private static SettingDefinition Setting(PackObject json)
    {
        var setting = new SettingDefinition(json.Key(), json.Names("question"), json.Word<FactType>("type"))
        {
            Options = json.Has("options") ? json.Keyed("options", FactsReader.Option, option => option.Key) : null,
            Min = json.Number("min"),
            Max = json.Number("max"),
        };
        if (setting.Type is not (FactType.Choice or FactType.Number or FactType.Boolean))
        {
            json.Wrong("type", " choice、number 或 boolean", "choice, number or boolean");
            return setting;
        }

        var reading = setting.Accept(json.Member("default") ?? default(JsonElement));
        if (!reading.IsGood)
        {
            json.Error(FindingCodes.SettingWrong, "default", "默认值缺失或不在允许范围内", "The default is missing or not allowed");
        }

        return setting with { Default = reading.Value };
    }

    private static BilingualText? OrganisationKind(PackObject json) => json.Member("organisationKind") switch
    {
        { ValueKind: JsonValueKind.String } when json.TextOrNull("organisationKind") is { } text => new BilingualText(text, text),
        _ => json.NamesOrNull("organisationKind"),
    };

    private static Dictionary<string, BilingualText> Labels(PackObject json)
    {
        var labels = new Dictionary<string, BilingualText>(StringComparer.Ordinal);
        if (json.Object("labels") is { } members)
        {
            foreach (var outcome in json.Member("labels")!.Value.EnumerateObject())
            {
                labels[outcome.Name] = members.Names(outcome.Name);
            }
        }

        return labels;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();
}

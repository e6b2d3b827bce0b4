using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Bindings;

/// <summary>Puts the names of a process beside what there is here, and reads what was chosen.</summary>
public sealed class NameRows(IStringLocalizer<NamesText> text)
{
    private const string Prefix = "n.";
    private const int Most = 1_000;
    private const int LongestKey = 100;

    private static string Language => PackWords.Language;

    /// <summary>The fields.</summary>
    /// <param name="pack">The process.</param>
    /// <param name="here">What there is.</param>
    /// <param name="typed">What was chosen; null: what is called the same is proposed.</param>
    /// <param name="wrong">What is wrong with what was chosen.</param>
    public NamesPart Of(ProcessPack pack, NamesHere here, NameChoices? typed = null, IReadOnlyDictionary<string, NameMistake>? wrong = null)
    {
        var roles = here.Roles.ToDictionary(role => role.Key, role => role.Value.Name, StringComparer.Ordinal);
        return new NamesPart(
        [
            Group("departments", pack.Organisation.Departments, here.Departments, typed?.Departments, wrong,
                one => here.Departments.ContainsKey(one.Key), one => text[here.Departments.ContainsKey(one.Key) ? "InChart" : "NotInChart"], key => NameOf(here.Departments[key])),
            Group("roles", pack.Organisation.Roles.Select(role => new Named(role.Key, role.Name)), roles, typed?.Roles, wrong,
                one => here.HoldersOf(one.Key) > 0, one => here.HoldersOf(one.Key) is > 0 and var held ? text["HeldBy", held] : text["HeldByNobody"],
                key => text["RoleWith", NameOf(roles[key]), here.HoldersOf(key)]),
            Group("channels", pack.Identity.Channels, here.Channels, typed?.Channels, wrong,
                _ => true, one => text[here.Channels.ContainsKey(one.Key) ? "ChannelKnown" : "ChannelNew"], key => NameOf(here.Channels[key])),
        ]);
    }

    /// <summary>What was chosen in a form.</summary>
    public static NameChoices Read(IFormCollection form)
    {
        Dictionary<string, string> Of(string kind) => form.Where(field => field.Key.StartsWith($"{Prefix}{kind}.", StringComparison.Ordinal) && field.Value is [{ Length: > 0 and <= LongestKey }, ..])
            .Take(Most).ToDictionary(field => field.Key[(Prefix.Length + kind.Length + 1)..], field => field.Value[0]!, StringComparer.Ordinal);
        return new NameChoices(Of("departments"), Of("roles"), Of("channels"));
    }

    private NameGroup Group(
        string kind, IEnumerable<Named> names, IReadOnlyDictionary<string, BilingualText> here, IReadOnlyDictionary<string, string>? typed, IReadOnlyDictionary<string, NameMistake>? wrong,
        Func<Named, bool> isBound, Func<Named, LocalizedString> state, Func<string, string> nameOf) => new(kind, text[$"Group_{kind}"], [.. names.Select(one =>
    {
        var bound = isBound(one);
        List<Choice> options = [new Choice("", text[bound ? "KeepBound" : "KeepOpen", NameOf(one.Name)])];
        if (kind == "departments" && !bound)
        {
            options.Add(new Choice(NameChoices.Create, text["AddToChart", NameOf(one.Name)]));
        }

        options.AddRange(here.Keys.Where(key => key != one.Key).Select(key => new Choice(key, nameOf(key))).OrderBy(option => option.Text, StringComparer.CurrentCulture));
        var chosen = typed is not null ? typed.GetValueOrDefault(one.Key) ?? "" : bound ? "" : Same(one.Name, here, one.Key) ?? "";
        return new NameRow(
            one.Key, NameOf(one.Name), $"{Prefix}{kind}.{one.Key}", options, chosen, bound, state(one),
            wrong?.TryGetValue($"{kind}.{one.Key}", out var mistake) == true ? text[$"Wrong_{mistake}"].Value : null);
    })]);

    // what is called the same in either language is probably the same
    private static string? Same(BilingualText name, IReadOnlyDictionary<string, BilingualText> here, string key) => here
        .Where(one => one.Key != key && (string.Equals(one.Value.Zh, name.Zh, StringComparison.Ordinal) || string.Equals(one.Value.En, name.En, StringComparison.OrdinalIgnoreCase)))
        .Select(one => one.Key).FirstOrDefault();

    private static string NameOf(BilingualText name) => name.In(Language);
}

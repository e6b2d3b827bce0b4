using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Says what differs between two versions, as a list and on the diagrams.</summary>
internal sealed class VersionComparisons(IStringLocalizer<ProcessesText> text)
{
    private readonly ProcessWords _words = new(text);

    /// <summary>The comparison; <paramref name="before"/> or <paramref name="after"/> null where the stored version cannot be read.</summary>
    /// <param name="key">The process.</param>
    /// <param name="from">The earlier version.</param>
    /// <param name="to">The later version.</param>
    /// <param name="before">The pack of the earlier version.</param>
    /// <param name="after">The pack of the later version.</param>
    /// <param name="versions">All versions and what to call them.</param>
    public ComparisonPart Of(string key, int from, int to, ProcessPack? before, ProcessPack? after, IReadOnlyList<Choice> versions)
    {
        var changes = before is null || after is null ? [] : PackComparison.Between(new PackWording(before), new PackWording(after));
        return new ComparisonPart
        {
            From = from,
            To = to,
            FromText = versions.First(one => one.Value == $"{from}").Text,
            ToText = versions.First(one => one.Value == $"{to}").Text,
            Added = changes.Count(change => change.Sign == ChangeSign.Added),
            Changed = changes.Count(change => change.Sign == ChangeSign.Changed),
            Removed = changes.Count(change => change.Sign == ChangeSign.Removed),
            Diagrams = before is null || after is null ? [] : Diagrams(before, after, changes),
            Groups = [.. changes.GroupBy(change => change.Place.File, StringComparer.Ordinal).Select(group => new ChangeGroup(
                TitleOf(group.Key, after ?? before), [.. group.Select(change => Line(key, from, to, change))]))],
            IsUnreadable = before is null || after is null,
        };
    }

    /// <summary>The comparison of a version with a pack that is no version yet.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="before">Its pack.</param>
    /// <param name="after">The pack.</param>
    /// <param name="name">What the pack is called.</param>
    public ComparisonPart With(string key, int version, ProcessPack before, ProcessPack after, string name)
    {
        var compared = Of(key, version, version + 1, before, after, [new Choice($"{version}", text["Version", version]), new Choice($"{version + 1}", name)]);
        return compared with { Groups = [.. compared.Groups.Select(group => group with { Lines = [.. group.Lines.Select(line => line with { Href = null })] })], NewName = name };
    }

    /// <summary>How much differs, in a sentence; null when nothing does.</summary>
    public string? Summary(ProcessPack before, ProcessPack after, int version)
    {
        var changes = PackComparison.Between(new PackWording(before), new PackWording(after));
        return changes.Count == 0 ? text["DraftSame", version] : text["DraftDiffers", version,
            changes.Count(change => change.Sign == ChangeSign.Added), changes.Count(change => change.Sign == ChangeSign.Removed), changes.Count(change => change.Sign == ChangeSign.Changed)];
    }

    private List<Diagram> Diagrams(ProcessPack before, ProcessPack after, IReadOnlyList<PackChange> changes) =>
        [.. changes.Where(change => change.Place.IsShape || change.Place.IsConnection).GroupBy(change => change.Place.Workflow!, StringComparer.Ordinal)
            .Select(group => WorkflowDiagram.Compared(
                before, after, group.Key, group.ToDictionary(change => change.Place.Key, change => MarkOf(change.Sign), StringComparer.Ordinal),
                TitleOf(PartPlace.FileOf(group.Key), after), ProcessWords.Language))];

    private string TitleOf(string file, ProcessPack? pack) =>
        PartPlace.WorkflowOf(file) is { } workflow && pack?.Identity.Kinds.FirstOrDefault(kind => kind.Workflow == workflow) is { } kind
            ? text["WorkflowOf", _words.Kind(kind.Kind)]
            : PartWords.File(file).In(ProcessWords.Language);

    private static ChangeLine Line(string key, int from, int to, PackChange change)
    {
        var language = ProcessWords.Language;
        var version = change.Sign == ChangeSign.Removed ? from : to;
        return new ChangeLine(
            MarkOf(change.Sign), change.Name.In(language), ProcessLinks.Part(key, version, change.Place, ProcessView.ContentTab),
            [.. change.Members.Select(member => new MemberLine(member.Name.In(language), member.Before?.In(language), member.After?.In(language)))]);
    }

    private static DiagramMark MarkOf(ChangeSign sign) => sign switch
    {
        ChangeSign.Added => DiagramMark.Added,
        ChangeSign.Removed => DiagramMark.Removed,
        ChangeSign.Changed => DiagramMark.Changed,
    };
}

using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;
using FormField = CaseManagement.Web.Features.Shared.FormField;

namespace CaseManagement.Web.Features.Portal;

/// <summary>Texts the server puts into the portal's pages.</summary>
public sealed class PortalWords;

/// <summary>Draws of a process's forms what a complainant may fill in.</summary>
public sealed class PortalForms(IStringLocalizer<PortalWords> words)
{
    // asked in words of the portal's own, or never asked of a complainant
    private static readonly HashSet<string> Apart =
        ["subject", "description", "demand", "channel", "kind", "complainant", "complainantKind", "anonymous", "confidential", "receivedAt"];

    /// <summary>
    /// The form without what the process does not take from a complainant. Who is named in a fact for persons or roles may become somebody who
    /// works on the case: such facts never come from the portal; files of a case that is there already come by a way of their own.
    /// </summary>
    public static FormDefinition Writable(FormDefinition form, ProcessPack pack) =>
        Taken(form, pack) is var taken ? taken with { Fields = [.. taken.Fields.Where(f => pack.Facts.Find(f.Fact)?.Type != FactType.File)] } : form;

    /// <summary>The questions of a registration, in the order they are asked.</summary>
    public IReadOnlyList<FormField> Matter(FormDefinition form, string kind, PackWords said, IFactReader nothing, WorkCalendar calendar)
    {
        var own = Own(form, said.Pack);
        var fields = Fields(own, said, nothing, calendar).ToList();
        var category = fields.Where(f => f.Key == "category").ToList();
        FormField[] story =
        [
            new() { Key = "description", Label = words[$"Story_{kind}"], Type = FieldType.Multiline, Required = true, Help = words[$"StoryHelp_{kind}"] },
        ];
        IEnumerable<FormField> demand = kind == "complaint" ? [new FormField { Key = "demand", Label = words["Demand"], Type = FieldType.Text, Wide = true }] : [];
        return [.. category.Concat(story).Concat(fields.Where(f => f.Key != "category")).Concat(demand).Select(f => f with { Wide = true })];
    }

    /// <summary>The fields of a form as a complainant fills them: empty, whatever the case holds.</summary>
    public static IEnumerable<FormField> Fields(FormDefinition form, PackWords said, IFactReader reader, WorkCalendar calendar) =>
        new PackForms(said, reader, calendar, [], null).Fields(form, FactOrigin.Complainant, longTexts: false)
            .Where(f => !f.ReadOnly)
            .Select(f => f with { Values = [], Rows = [], Options = [.. f.Options.Where(o => (f.Key, o.Value) != ("satisfaction", "unreachable"))] });

    /// <summary>The form a registration is checked against.</summary>
    public static FormDefinition Own(FormDefinition form, ProcessPack pack) =>
        Taken(form, pack) is var taken ? taken with { Fields = [.. taken.Fields.Where(f => !Apart.Contains(f.Fact))] } : form;

    /// <summary>Some of the form's facts may be used only with a consent of their own.</summary>
    public static IReadOnlyList<string> Sensitive(FormDefinition form, ProcessPack pack) =>
        [.. form.Fields.Select(f => f.Fact).Where(f => pack.Facts.Find(f)?.Sensitive == true)];

    private static FormDefinition Taken(FormDefinition form, ProcessPack pack) => form with
    {
        Fields = [.. form.Fields.Where(f => pack.Facts.Find(f.Fact) is { } fact && Takes(fact))],
        Signatures = [],
    };

    private static bool Takes(FactDefinition fact) =>
        fact is { By: FactSource.Complainant, HasOwnVerb: false, NamesCandidates: false, Type: not (FactType.Party or FactType.Files) }
        && fact.Columns.All(column => column is { NamesCandidates: false, Type: not FactType.File });
}

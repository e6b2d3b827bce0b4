using System.Globalization;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Draws a process's forms: fields with their types, options and conditions, and the values they hold.</summary>
/// <param name="words">Names things.</param>
/// <param name="reader">The case as it is.</param>
/// <param name="calendar">Its zone is that of instants.</param>
/// <param name="people">Who may be named in a field for persons.</param>
/// <param name="files">Files of the case: id and name. Null where there is no case yet: they come with the form.</param>
public sealed class PackForms(PackWords words, IFactReader reader, WorkCalendar calendar, IReadOnlyList<Choice> people, IReadOnlyList<Choice>? files)
{
    /// <summary>What the reader is shown of what the case holds; null: all of it. What is covered is not put into a field: left empty it stays as it is.</summary>
    public CoveredFields? Covered { get; init; }

    /// <summary>The same, reading other facts: those one element of a list is asked with.</summary>
    /// <param name="known">The case as the element knows it.</param>
    public PackForms Reading(IFactReader known) => new(words, known, calendar, people, files) { Covered = Covered };

    private readonly ProcessPack _pack = words.Pack;

    /// <summary>Who may be named.</summary>
    public IReadOnlyList<Choice> People => people;

    /// <summary>The fields of a form, with what the case holds in them.</summary>
    /// <param name="form">The form.</param>
    /// <param name="origin">Who fills it; facts this origin may not write are shown for reading.</param>
    /// <param name="longTexts">The process's own texts get room for several lines.</param>
    public IReadOnlyList<FormField> Fields(FormDefinition form, FactOrigin origin, bool longTexts) =>
        [.. form.Fields.Select(field => Field(form, field, origin, longTexts)).OfType<FormField>()];

    /// <summary>One fact for reading.</summary>
    public FormField ReadOnly(string fact) => new()
    {
        Key = fact,
        Label = words.Fact(fact),
        Type = FieldType.Text,
        ReadOnly = true,
        Unit = _pack.Facts.Find(fact)?.Unit,
        Values = [ShownOf(fact, reader.Read(fact)) is { } shown ? words.Value(fact, shown) : ""],
    };

    private FormField? Field(FormDefinition form, Domain.Forms.FormField field, FactOrigin origin, bool longTexts)
    {
        if (_pack.Facts.Find(field.Fact) is not { } fact)
        {
            return ReadOnly(field.Fact) with { Label = words.Fact(field.Fact), Help = field.Help?.In(PackWords.Language) };
        }

        var conditions = FieldConditions.Of(field.Visible, form, _pack, reader);
        if (conditions is null)
        {
            return null;
        }

        if (!fact.MayBeWrittenBy(origin) || fact.HasOwnVerb)
        {
            return ReadOnly(fact.Key) with { VisibleWhen = conditions };
        }

        var (required, outcomes) = FieldConditions.Required(field.Required);
        var alert = field.Alert is { } said ? FieldConditions.Of(said.When, form, _pack, reader) : null;
        var value = reader.Read(fact.Key);
        var typed = Typed(fact, form, longTexts);
        if (Covered is { } covered && !value.IsBlank && ShownOf(fact.Key, value) is var part && part != value)
        {
            return typed with
            {
                VisibleWhen = conditions,
                Wide = fact.Key is "subject",
                Help = string.Format(CultureInfo.CurrentCulture, covered.Help, part is null ? Mask.Nothing : words.Value(fact.Key, part)),
            };
        }

        return typed with
        {
            Options = fact.IsRetired(value) ? [.. typed.Options, new Choice(value.Text!, words.Option(fact.Key, value.Text!))] : typed.Options,
            Required = required,
            RequiredFor = outcomes,
            VisibleWhen = conditions,
            Help = field.Help?.In(PackWords.Language),
            Alert = alert is null ? null : field.Alert!.Say.In(PackWords.Language),
            AlertWhen = alert ?? [],
            Wide = fact.Key is "subject",
            Values = Values(fact, value),
            Rows = value.Rows is { } rows
                ? [.. rows.Select(row => (IReadOnlyDictionary<string, string>)fact.Columns.ToDictionary(c => c.Key, c => string.Join(',', Values(c, row.GetValueOrDefault(c.Key, FactValue.Unknown)))))]
                : [],
        };
    }

    private FactValue? ShownOf(string fact, FactValue value) => Covered is null ? value : Covered.Mask.Fact(fact, value);

    private FormField Typed(FactDefinition fact, FormDefinition form, bool longTexts)
    {
        var type = fact.Type switch
        {
            FactType.Number => FieldType.Number,
            FactType.Money => FieldType.Money,
            FactType.Boolean => FieldType.Boolean,
            FactType.Date => FieldType.Date,
            FactType.Instant => FieldType.Instant,
            FactType.Rows => FieldType.Rows,
            FactType.File when files is null => FieldType.Files,
            _ when fact.IsList => FieldType.Choices,
            FactType.Category or FactType.Level or FactType.Department or FactType.Person or FactType.Role => FieldType.Choice,
            _ when fact.Options is not null => FieldType.Choice,
            FactType.Text when fact.Key is "description" or "demand" || (longTexts && fact.Key != "subject") => FieldType.Multiline,
            _ => FieldType.Text,
        };
        return new FormField
        {
            Key = fact.Key,
            Label = fact.Name.In(PackWords.Language),
            Type = type,
            Unit = fact.Unit,
            Options = Options(fact, form),
            Columns = [.. fact.Columns.Select(column => Typed(column, form, longTexts: false))],
        };
    }

    private IReadOnlyList<Choice> Options(FactDefinition fact, FormDefinition form) => fact.Type switch
    {
        FactType.Person or FactType.People => people,
        FactType.File or FactType.Files => files ?? [],
        FactType.Category => [.. _pack.Categories.All.Where(t => _pack.Categories.Serve(fact.Key)).SelectMany(t => t.Nodes).SelectMany(node => Paths(node, ""))],
        FactType.Level => [.. _pack.Levels.Levels.Select(l => new Choice(l.Key, l.Name.In(PackWords.Language)))],
        FactType.Department or FactType.Departments => [.. _pack.Organisation.Departments.Select(d => new Choice(d.Key, d.Name.In(PackWords.Language)))],
        FactType.Role when fact.Options is null => [.. _pack.Organisation.Roles.Select(r => new Choice(r.Key, r.Name.In(PackWords.Language)))],
        // what is filled in on the same form decides as it is filled in
        _ => [.. (fact.Options ?? []).Select(o => (Option: o, When: o.When is { } when ? FieldConditions.Of(when, form, _pack, reader) : [])).Where(o => o.When is not null)
            .Select(o => new Choice(o.Option.Key, o.Option.Name?.In(PackWords.Language) ?? words.Option(fact.Key, o.Option.Key)) { When = o.When! })],
    };

    private static IEnumerable<Choice> Paths(CategoryNode node, string above)
    {
        var path = above + node.Name.In(PackWords.Language);
        return node.IsRetired ? [] : node.Children.SelectMany(child => Paths(child, path + " › ")).Prepend(new Choice(node.Key, path));
    }

    private IReadOnlyList<string> Values(FactDefinition fact, FactValue value) => value switch
    {
        { IsUnknown: true } or { Rows: not null } => [],
        { List: { } list } => [.. list],
        { Boolean: { } yes } => [yes ? "true" : "false"],
        { Number: { } number } => [fact.Type == FactType.Money ? number.ToString("N2", CultureInfo.InvariantCulture) : number.ToString("0.############", CultureInfo.InvariantCulture)],
        { Date: { } date } => [date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        { Instant: { } at } => [$"{calendar.DateOf(at):yyyy-MM-dd}T{calendar.TimeOf(at):HH':'mm}"],
        _ => [value.Text ?? ""],
    };
}

/// <summary>What of a case's facts a reader is not shown.</summary>
/// <param name="Mask">What is shown.</param>
/// <param name="Help">Said beside such a field; {0} is the part that is shown.</param>
public sealed record CoveredFields(CaseMask Mask, string Help);

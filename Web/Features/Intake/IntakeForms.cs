using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using Microsoft.Extensions.Localization;
using FormField = CaseManagement.Web.Features.Shared.FormField;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Texts the server puts into the registration page.</summary>
public sealed class IntakeWords;

/// <summary>Draws the two halves of a registration: who complains, and the process's own form.</summary>
public sealed class IntakeForms(IStringLocalizer<IntakeWords> words)
{
    // asked in the first half, or about the respondent, whatever the process's form says
    private static readonly HashSet<string> FirstHalf =
        ["channel", "complainant", "complainantKind", "anonymous", "confidential", "respondentDepartment", "respondentPerson", "kind", "receivedAt"];

    public FormPage Complainant(PackWords said, WorkCalendar calendar, DateTimeOffset now)
    {
        Condition[] known = [new("anonymous", Comparison.NoneOf, ["true"])];
        return new FormPage
        {
            Id = "who",
            Fields =
            [
                new FormField { Key = "channel", Label = said.Fact("channel"), Type = FieldType.Choice, Required = true, Options = [.. said.Pack.Identity.Channels.Select(c => new Choice(c.Key, c.Name.In(PackWords.Language)))] },
                new FormField { Key = "receivedAt", Label = said.Fact("receivedAt"), Type = FieldType.Instant, Values = [$"{calendar.DateOf(now):yyyy-MM-dd}T{calendar.TimeOf(now):HH':'mm}"] },
                new FormField { Key = "complainantKind", Label = said.Fact("complainantKind"), Type = FieldType.Choice, Options = Options(said, "complainantKind") },
                new FormField { Key = "anonymous", Label = said.Fact("anonymous"), Type = FieldType.Boolean, Values = ["false"], Help = words["AnonymousHelp"] },
                new FormField { Key = "confidential", Label = said.Fact("confidential"), Type = FieldType.Boolean, Values = ["false"], Help = words["ConfidentialHelp"] },
                new FormField { Key = "name", Label = words["Name"], Type = FieldType.Text, VisibleWhen = known },
                new FormField { Key = "phone", Label = words["Phone"], Type = FieldType.Text, VisibleWhen = known },
                new FormField { Key = "email", Label = words["Email"], Type = FieldType.Text, VisibleWhen = known },
                new FormField { Key = "language", Label = words["Language"], Type = FieldType.Choice, Help = words["LanguageHelp"], Options = [new Choice("zh-CN", words["Language_zh"]), new Choice("en", words["Language_en"])], VisibleWhen = known },
            ],
        };
    }

    public FormPage Matter(FormDefinition form, PackForms forms, PackWords said)
    {
        var fields = new List<FormField>(forms.Fields(Own(form, said.Pack), FactOrigin.Handler, longTexts: false));
        Ensure(fields, "subject", 0, new FormField { Key = "subject", Label = said.Fact("subject"), Type = FieldType.Text, Wide = true });
        Ensure(fields, "description", 1, new FormField { Key = "description", Label = said.Fact("description"), Type = FieldType.Multiline });
        if (form.Fields.Any(f => f.Fact == "respondentDepartment"))
        {
            fields.Add(new FormField { Key = "respondentDepartment", Label = said.Fact("respondentDepartment"), Type = FieldType.Choice, Options = [.. said.Pack.Organisation.Departments.Select(d => new Choice(d.Key, d.Name.In(PackWords.Language)))] });
        }

        if (form.Fields.Any(f => f.Fact == "respondentPerson"))
        {
            fields.Add(new FormField { Key = "respondentPerson", Label = said.Fact("respondentPerson"), Type = FieldType.Choice, Options = forms.People });
        }

        return new FormPage { Id = "matter", Fields = fields };
    }

    /// <summary>What came along and answers no question: letters, photographs, recordings.</summary>
    public FormField Along() => new() { Key = ComesAlong, Label = words["Files"], Type = FieldType.Files, Help = words["FilesHelp", FileLimits.Staff.Files, FileLimits.Staff.Bytes / 1024 / 1024] };

    /// <summary>Facts of a form that are answered by files.</summary>
    public static IReadOnlyList<string> FileFacts(FormDefinition form, ProcessPack pack) =>
        [.. Own(form, pack).Fields.Select(f => f.Fact).Where(f => pack.Facts.Find(f) is { Type: FactType.File })];

    /// <inheritdoc cref="Along"/>
    public const string ComesAlong = "_files";

    /// <summary>The form without what the first half asks, and without what the desk may not write: tables and later steps say that, so it is not insisted on here.</summary>
    public static FormDefinition Own(FormDefinition form, ProcessPack pack) =>
        form with { Fields = [.. form.Fields.Where(f => !FirstHalf.Contains(f.Fact) && pack.Facts.Find(f.Fact)?.MayBeWrittenBy(FactOrigin.Handler) != false)] };

    // a registration without them is refused, so they are asked whatever the form says
    private static void Ensure(List<FormField> fields, string key, int at, FormField field)
    {
        var present = fields.FindIndex(f => f.Key == key);
        if (present >= 0)
        {
            fields[present] = fields[present] with { Required = true };
        }
        else
        {
            fields.Insert(Math.Min(at, fields.Count), field with { Required = true });
        }
    }

    private static IReadOnlyList<Choice> Options(PackWords said, string fact) =>
        [.. (said.Pack.Facts.Find(fact)?.Options ?? []).Select(o => new Choice(o.Key, said.Option(fact, o.Key)))];
}

using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Intake;

/// <summary>What was typed into a registration, read as the domain takes it in, with what is wrong by field.</summary>
public sealed record IntakeEntry(Registration Registration, IReadOnlyDictionary<string, FactValue> Facts, IReadOnlyDictionary<string, string> Errors)
{
    // facts the domain takes as members of their own
    private static readonly HashSet<string> Members = ["subject", "description"];

    /// <param name="process">The process.</param>
    /// <param name="kind">complaint, consultation or suggestion.</param>
    /// <param name="form">The process's own form for it.</param>
    /// <param name="rules">The rules it will run under.</param>
    /// <param name="answers">As typed.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="texts">Says what is wrong.</param>
    public static IntakeEntry Read(string process, string kind, FormDefinition form, CaseRules rules, FormAnswers answers, DateTimeOffset now, RuleTexts texts)
    {
        var own = IntakeForms.Own(form, rules.Pack);
        var pack = rules.Pack;
        var nothing = new Nothing(pack.Categories, rules);
        var data = TypedAnswers.Of(own, answers, pack.Facts, nothing, rules.Zone);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var receivedAt = ReceivedAt(answers, rules, errors, texts);
        var anonymous = One(answers, "anonymous") == "true";
        var registration = new Registration
        {
            Process = process,
            Kind = kind,
            Channel = One(answers, "channel") ?? "",
            ReceivedAt = receivedAt,
            Subject = One(answers, "subject") ?? "",
            Description = One(answers, "description") ?? "",
            Complainant = new Complainant
            {
                Name = anonymous ? null : One(answers, "name"),
                Phone = anonymous ? null : One(answers, "phone"),
                Email = anonymous ? null : One(answers, "email"),
                Kind = One(answers, "complainantKind"),
                Language = anonymous ? null : One(answers, "language"),
                Anonymous = anonymous,
                Confidential = One(answers, "confidential") == "true",
            },
            Respondent = (One(answers, "respondentDepartment"), One(answers, "respondentPerson")) is var (department, person) && (department ?? person) is not null
                ? new Respondent(department, person)
                : null,
            Facts = data.Where(d => !Members.Contains(d.Key)).ToDictionary(StringComparer.Ordinal),
        };
        var facts = Judge(registration, own, data, rules, nothing, now, errors, texts);
        if (registration.Complainant.Kind is { } who && pack.Facts.Find("complainantKind")?.HasOption(who) == false)
        {
            errors["complainantKind"] = texts.Say(FactRefusals.OptionUnknown);
        }

        return new IntakeEntry(registration, facts, errors);
    }

    private static IReadOnlyDictionary<string, FactValue> Judge(
        Registration registration, FormDefinition form, Dictionary<string, JsonElement> data, CaseRules rules, Nothing nothing, DateTimeOffset now,
        Dictionary<string, string> errors, RuleTexts texts)
    {
        var result = FormCheck.Validate(form, data, nothing, rules.Pack.Facts, origin: FactOrigin.Handler, zone: rules.Zone);
        foreach (var refused in result.Invalid)
        {
            errors.TryAdd(refused.Fact, texts.Say(refused.Refusal!));
        }

        foreach (var missing in result.Missing.Concat(result.TooShort))
        {
            errors.TryAdd(missing, texts.Say("required"));
        }

        try
        {
            return registration.Check(rules, now);
        }
        catch (InvalidInputException refused)
        {
            foreach (var problem in refused.Problems)
            {
                errors.TryAdd(FieldOf(problem.Field), texts.Say(problem.Field == "channel" && registration.Channel.Length == 0 ? "required" : problem.Code));
            }

            return result.Values;
        }
    }

    private static DateTimeOffset? ReceivedAt(FormAnswers answers, CaseRules rules, Dictionary<string, string> errors, RuleTexts texts)
    {
        if (One(answers, "receivedAt") is not { } typed)
        {
            return null;
        }

        var read = FactCoercion.Coerce(rules.Pack.Facts.Find("receivedAt")!, JsonSerializer.SerializeToElement(typed), rules.Zone);
        if (!read.IsGood)
        {
            errors["receivedAt"] = texts.Say(read.Refusal!);
        }

        return read.Value.Instant?.ToUniversalTime();
    }

    private static string FieldOf(string field) => field[(field.LastIndexOf('.') + 1)..];

    private static string? One(FormAnswers answers, string key) => answers.Values.GetValueOrDefault(key, []) is [var first, ..] ? first : null;

    /// <summary>A case about which nothing is known yet.</summary>
    public sealed class Nothing(CategoryTrees categories, CaseRules rules) : IFactReader
    {
        public CategoryTrees Categories => categories;

        public FactValue Read(string name) => FactNames.SettingKey(name) is { } setting ? rules.Setting(setting) : FactValue.Unknown;
    }
}

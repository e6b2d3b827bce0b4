using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Portal;

/// <summary>What a complainant typed, read as the domain takes it in, with what is wrong by field.</summary>
/// <param name="Registration">What is to be registered.</param>
/// <param name="Errors">By field; a code of <see cref="RuleTexts"/> or one of this class.</param>
/// <param name="Strange">Fields were sent that the form does not have.</param>
public sealed record PortalEntry(Registration Registration, IReadOnlyDictionary<string, string> Errors, bool Strange)
{
    /// <summary>Neither telephone number nor e-mail address, and not anonymous.</summary>
    public const string NoWayToAnswer = "portal-no-way-to-answer";

    /// <summary>Sensitive details without the consent to use them.</summary>
    public const string NoConsent = "portal-no-consent";

    public const string PhoneUnreadable = "portal-phone-unreadable";

    /// <summary>A case is listed by so much of its first sentence.</summary>
    private const int LongestSubject = 60;

    private static readonly HashSet<string> Known = ["description", "demand", "identity", "name", "phone", "email"];

    /// <param name="desk">The process and what it runs under.</param>
    /// <param name="answers">As typed.</param>
    /// <param name="notice">What the complainant was told of the use of their data.</param>
    /// <param name="now">The product's own time.</param>
    public static PortalEntry Read(PortalDesk desk, FormAnswers answers, AcceptedNotice notice, DateTimeOffset now)
    {
        var (form, pack) = (desk.Own, desk.Rules.Pack);
        var nothing = new IntakeEntry.Nothing(pack.Categories, desk.Rules);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var data = TypedAnswers.Of(form, answers, pack.Facts, nothing, desk.Rules.Zone);
        var result = FormCheck.Validate(form, data, nothing, pack.Facts, origin: FactOrigin.Complainant, zone: desk.Rules.Zone);
        foreach (var refused in result.Invalid)
        {
            errors.TryAdd(refused.Fact, refused.Refusal!);
        }

        foreach (var missing in result.Missing.Concat(result.TooShort))
        {
            errors.TryAdd(missing, "required");
        }

        foreach (var sensitive in notice.Sensitive ? [] : PortalForms.Sensitive(form, pack).Where(data.ContainsKey))
        {
            errors.TryAdd(sensitive, NoConsent);
        }

        var registration = Entered(desk, answers, data, errors) with { Notice = notice };
        try
        {
            registration.Check(desk.Rules, now);
        }
        catch (InvalidInputException refused)
        {
            foreach (var problem in refused.Problems)
            {
                errors.TryAdd(FieldOf(problem.Field), problem.Code);
            }
        }

        // without script another kind may be chosen on a form that is already filled: what only that other form asks is left out, not refused
        var known = pack.Identity.Kinds.SelectMany(k => PortalForms.Own(desk.Rules.Form(k.Form), pack).Fields).Select(f => f.Fact)
            .Concat(Known).ToHashSet(StringComparer.Ordinal);
        return new PortalEntry(registration, errors, answers.Values.Keys.Concat(answers.TableFields).Any(key => !known.Contains(key)));
    }

    private static Registration Entered(PortalDesk desk, FormAnswers answers, Dictionary<string, JsonElement> data, Dictionary<string, string> errors)
    {
        var identity = One(answers, "identity") ?? "";
        var anonymous = identity == Identities.Anonymous;
        var (phone, email) = anonymous ? (null, null) : (One(answers, "phone"), One(answers, "email"));
        if (!Identities.All.Contains(identity))
        {
            errors["identity"] = "required";
        }
        else if (!anonymous && phone is null && email is null)
        {
            errors["phone"] = NoWayToAnswer;
        }

        if (phone is not null && (phone.Count(char.IsAsciiDigit) is < 5 or > 20 || phone.Any(c => !char.IsAsciiDigit(c) && !"+-() ".Contains(c, StringComparison.Ordinal))))
        {
            errors["phone"] = PhoneUnreadable;
        }

        var story = One(answers, "description") ?? "";
        return new Registration
        {
            Process = desk.Process,
            Kind = desk.Kind,
            Channel = desk.Channel,
            Subject = SubjectOf(story),
            Description = story,
            Demand = desk.Kind == "complaint" ? One(answers, "demand") : null,
            Complainant = new Complainant
            {
                Name = anonymous ? null : One(answers, "name"),
                Phone = phone,
                Email = email,
                Anonymous = anonymous,
                Confidential = anonymous || identity == Identities.Confidential,
                Language = PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? "en" : "zh-CN",
            },
            Facts = data,
            Origin = FactOrigin.Complainant,
        };
    }

    /// <summary>The first sentence, or so much of it as fits a list.</summary>
    private static string SubjectOf(string story)
    {
        var first = story.Split(["\n", "\r", "\u3002", "\uff01", "\uff1f", "\uff1b", ". ", "! ", "? ", "; "], 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("").Trim();
        var text = new System.Globalization.StringInfo(first);
        return text.LengthInTextElements <= LongestSubject ? first : text.SubstringByTextElements(0, LongestSubject) + "…";
    }

    private static string FieldOf(string field) => field[(field.LastIndexOf('.') + 1)..] is var last && last == "subject" ? "description" : last;

    private static string? One(FormAnswers answers, string key) => answers.Values.GetValueOrDefault(key, []) is [var first, ..] ? first : null;
}

/// <summary>A process that takes complaints by the portal, and the form for one kind of matter.</summary>
/// <param name="Process">Its key.</param>
/// <param name="Kind">complaint, consultation or suggestion.</param>
/// <param name="Channel">The process's own channel for what comes by the portal.</param>
/// <param name="Form">The process's form for that kind.</param>
/// <param name="Rules">What a case registered now runs under.</param>
public sealed record PortalDesk(string Process, string Kind, string Channel, FormDefinition Form, CaseRules Rules)
{
    // a process without one of these takes nothing from the portal
    private static readonly string[] Channels = ["portal", "web", "online"];

    /// <summary>The form as a complainant fills it.</summary>
    public FormDefinition Own { get; } = PortalForms.Own(Form, Rules.Pack);

    /// <summary>Facts of the form that are answered by files.</summary>
    public IReadOnlyList<string> FileFacts => [.. Own.Fields.Select(f => f.Fact).Where(f => Rules.Pack.Facts.Find(f)?.Type == FactType.File)];

    /// <summary>The channel by which the portal registers; null where the process is not for the public.</summary>
    public static string? ChannelOf(ProcessPack pack) => Array.Find(Channels, c => pack.Identity.Channels.Any(own => own.Key == c));
}

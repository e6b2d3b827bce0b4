using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Web.Import;

/// <summary>Turns one row into what is said when a case is registered.</summary>
public sealed class RowReader(ImportMap map)
{
    /// <param name="cell">The text of a column.</param>
    /// <exception cref="InvalidInputException">Some values cannot be read; each is named.</exception>
    public Registration Read(Func<string, string> cell)
    {
        var problems = new List<InputProblem>();
        string? Text(string field) =>
            map.Fields.TryGetValue(field, out var source) && ReadSource(source, field, cell, problems) is { Length: > 0 } text ? text : null;

        var externalId = Text("externalId");
        if (externalId is null && problems.All(p => p.Field != "externalId"))
        {
            problems.Add(new InputProblem("externalId", "required", "the row has no id"));
        }

        var registration = new Registration
        {
            Process = map.Process,
            ExternalId = map.Prefix + externalId,
            Kind = Text("kind") ?? "complaint",
            Channel = Text("channel") ?? "",
            ReceivedAt = MomentOf("receivedAt", Text("receivedAt"), problems),
            Subject = Text("subject") ?? "",
            Description = Text("description") ?? "",
            Category = Text("category"),
            Demand = Text("demand"),
            Urgency = Text("urgency"),
            People = Text("people") is { } people ? NumberOf("people", people, problems) : null,
            Complainant = new Complainant
            {
                Name = Text("complainant.name"),
                Phone = Text("complainant.phone"),
                Email = Text("complainant.email"),
                Kind = Text("complainant.kind"),
                Anonymous = BooleanOf("complainant.anonymous", Text("complainant.anonymous"), problems),
                Confidential = BooleanOf("complainant.confidential", Text("complainant.confidential"), problems),
            },
            Respondent = (Text("respondent.department"), Text("respondent.person")) is var (department, person) && (department ?? person) is not null
                ? new Respondent(department, person)
                : null,
            Facts = FactsOf(cell, problems),
            Handled = HandledOf(cell, problems),
        };
        return problems.Count == 0 ? registration : throw new InvalidInputException(problems);
    }

    private HandledElsewhere? HandledOf(Func<string, string> cell, List<InputProblem> problems)
    {
        if (map.Closed is not { } closed || !closed.Values.Contains(cell(closed.Column).Trim(), StringComparer.Ordinal))
        {
            return null;
        }

        var outcome = closed.Outcome is { } source ? ReadSource(source, "outcome", cell, problems) : cell(closed.Column).Trim();
        var text = ReadSource(closed.ClosedAt!, "closedAt", cell, problems);
        if (text.Length == 0)
        {
            problems.Add(new InputProblem("closedAt", "required", "a closed row says when it was closed"));
        }

        return MomentOf("closedAt", text.Length == 0 ? null : text, problems) is { } at ? new HandledElsewhere(at, outcome) : null;
    }

    private Dictionary<string, JsonElement> FactsOf(Func<string, string> cell, List<InputProblem> problems)
    {
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (fact, source) in map.Facts)
        {
            var field = $"facts.{fact}";
            if (ReadSource(source, field, cell, problems) is not { Length: > 0 } text)
            {
                continue;
            }

            facts[fact] = source.As switch
            {
                "number" => JsonSerializer.SerializeToElement(NumberOf(field, text, problems)),
                "boolean" => JsonSerializer.SerializeToElement(BooleanOf(field, text, problems)),
                "date" => JsonSerializer.SerializeToElement(MomentIn(field, text, problems)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                "instant" => JsonSerializer.SerializeToElement(MomentOf(field, text, problems)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                _ => JsonSerializer.SerializeToElement(text),
            };
        }

        return facts;
    }

    private static string ReadSource(ValueSource source, string field, Func<string, string> cell, List<InputProblem> problems)
    {
        try
        {
            return source.Read(cell);
        }
        catch (ImportRowException refused)
        {
            problems.Add(new InputProblem(field, "value-unmapped", refused.Message));
            return "";
        }
    }

    private DateTimeOffset? MomentOf(string field, string? text, List<InputProblem> problems)
    {
        if (text is null)
        {
            return null;
        }

        var moment = map.Moment(text);
        if (moment is null)
        {
            problems.Add(new InputProblem(field, "date-unreadable", $"'{text}' is not a date in the map's formats"));
        }

        return moment;
    }

    // the date as it was written, in the map's own zone
    private DateTimeOffset? MomentIn(string field, string text, List<InputProblem> problems) =>
        MomentOf(field, text, problems) is { } moment
            ? NodaTime.Instant.FromDateTimeOffset(moment).InZone(NodaTime.DateTimeZoneProviders.Tzdb[map.Zone]).ToDateTimeOffset()
            : null;

    private static decimal? NumberOf(string field, string text, List<InputProblem> problems)
    {
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        problems.Add(new InputProblem(field, "type-wrong", $"'{text}' is not a number"));
        return null;
    }

    private static bool BooleanOf(string field, string? text, List<InputProblem> problems)
    {
        switch (text?.ToLowerInvariant())
        {
            case "true" or "yes" or "1" or "是":
                return true;
            case null or "false" or "no" or "0" or "否":
                return false;
            default:
                problems.Add(new InputProblem(field, "type-wrong", $"'{text}' is neither yes nor no"));
                return false;
        }
    }
}

using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says beside the names of people to choose from who is away, until when, and who covers.</summary>
public sealed class Absences(Deputies deputies, People people, StoredConfigurations configurations, DateWords dates, IStringLocalizer<SharedText> text)
{
    /// <summary>Names people as they are picked.</summary>
    public async Task<Func<Person, Choice>> ChoicesAsync(CancellationToken cancellationToken)
    {
        var said = await SaidAsync(cancellationToken);
        return person => new Choice(person.Id, said.TryGetValue(person.Id, out var away) ? text["NameAway", person.Name, away] : person.Name);
    }

    /// <summary>What is said of everybody who is away, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SaidAsync(CancellationToken cancellationToken)
    {
        var away = await deputies.AwayAsync(cancellationToken);
        if (away.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        var zone = Delegating.ZoneOf(await configurations.CurrentAsync(cancellationToken));
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (person, cover) in away)
        {
            var until = dates.Say(cover.Ends.AddTicks(-1), zone, DateStyle.Day);
            said[person] = text["AwayUntil", until, (await people.FindAsync(cover.To, cancellationToken))?.Name ?? cover.To];
        }

        return said;
    }
}

using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Complaints;

/// <summary>How closely a case is kept. The order is the order of the levels; lists store the number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfidentialityLevel>))]
public enum ConfidentialityLevel
{
    /// <summary>Seen by department and rank.</summary>
    Ordinary,

    /// <summary>Complainant and files are covered for all but those who work on the case and those the process lets see them.</summary>
    Identity,

    /// <summary>The case is there for its handler, team, candidates of its open tasks and those the process lets see it; rank opens nothing.</summary>
    Restricted,

    /// <summary>The case is there for persons named one by one; no role opens it.</summary>
    Sealed,
}

using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Reads a <c>register</c> step: the body of <c>POST /complaints</c>.</summary>
internal static class ScenarioRegistration
{
    public static Registration Read(JsonElement data, string process, ScenarioTimes times)
    {
        var complainant = data.TryGetProperty("complainant", out var given) ? given : default;
        return new Registration
        {
            Process = process,
            Kind = data.Text("kind") ?? "complaint",
            Channel = data.RequiredText("channel"),
            ReceivedAt = data.Text("receivedAt") is { } at ? times.Read(at) : null,
            ExternalId = data.Text("externalId"),
            Subject = data.Text("subject") ?? "",
            Description = data.Text("description") ?? "",
            Complainant = new Complainant
            {
                Name = complainant.Text("name"),
                Phone = complainant.Text("phone"),
                Email = complainant.Text("email"),
                Kind = complainant.Text("kind"),
                Anonymous = Flag(complainant, "anonymous") || Flag(data, "anonymous"),
                Confidential = Flag(complainant, "confidential"),
            },
            People = data.TryGetProperty("people", out var people) && people.ValueKind == JsonValueKind.Number ? people.GetDecimal() : null,
            Respondent = data.TryGetProperty("respondent", out var respondent) ? new Respondent(respondent.Text("department"), respondent.Text("person")) : null,
            Category = data.Text("category"),
            Demand = data.Text("demand"),
            Urgency = data.Text("urgency"),
            Facts = data.Members("facts"),
        };
    }

    private static bool Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}

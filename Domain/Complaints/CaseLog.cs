using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>What one burst did to one case and has not yet committed: events, wake-ups for the process, messages.</summary>
public sealed class CaseLog
{
    private readonly List<CaseEvent> _events = [];
    private readonly Queue<CaseSignal> _signals = new();
    private readonly List<CaseMessage> _messages = [];
    private readonly List<string> _silenced = [];

    /// <summary>Events in the order they happened.</summary>
    public IReadOnlyList<CaseEvent> Events => _events;

    public IReadOnlyList<CaseMessage> Messages => _messages;

    /// <summary>The level this burst gave to a case that had none: where it stood before tables moved it on.</summary>
    public string? FirstLevel { get; internal set; }

    /// <summary>Persons, by id, for whom nothing that waits to be sent about this case may leave any more.</summary>
    public IReadOnlyList<string> Silenced => _silenced;

    public void Record(string type, DateTimeOffset at, Actor by, params ReadOnlySpan<(string Name, JsonNode? Value)> data)
    {
        var content = new JsonObject();
        foreach (var (name, value) in data)
        {
            if (value is not null)
            {
                content[name] = value;
            }
        }

        if (by.OnBehalfOf is { } other)
        {
            content["onBehalfOf"] = other;
            content["onBehalfOfName"] = by.OnBehalfOfName;
        }

        _events.Add(new CaseEvent(type, at, by, content));
    }

    public void Signal(string name, string key = "")
    {
        var signal = new CaseSignal(name, key);
        if (!_signals.Contains(signal))
        {
            _signals.Enqueue(signal);
        }
    }

    public bool TryTakeSignal(out CaseSignal signal) => _signals.TryDequeue(out signal);

    public void Send(CaseMessage message) => _messages.Add(message);

    /// <summary>Calls back what waits to be sent to a person, of this burst too.</summary>
    public void Silence(string person)
    {
        _silenced.Add(person);
        _messages.RemoveAll(m => m.To == Candidates.UserPrefix + person);
    }
}

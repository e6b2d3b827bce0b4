using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>What one burst did to one case and has not yet committed: events, wake-ups for the process, messages.</summary>
public sealed class CaseLog
{
    private readonly List<CaseEvent> _events = [];
    private readonly Queue<CaseSignal> _signals = new();
    private readonly List<CaseMessage> _messages = [];

    /// <summary>Events in the order they happened.</summary>
    public IReadOnlyList<CaseEvent> Events => _events;

    public IReadOnlyList<CaseMessage> Messages => _messages;

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
}

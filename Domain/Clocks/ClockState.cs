using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>How a clock stands. A clock that was ever breached says so for good, whether it is met later or given more time.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ClockState>))]
public enum ClockState
{
    Running,
    Paused,
    Met,
    Breached,
    Cancelled,
}

/// <summary>Why a rung acted when it did.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RungCause>))]
public enum RungCause
{
    /// <summary>Its time came.</summary>
    Time,

    /// <summary>A change of limit, calendar or promise put its time in the past.</summary>
    Change,

    /// <summary>Its time had come before; the condition that withheld it holds now.</summary>
    Condition,
}

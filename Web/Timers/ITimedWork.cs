namespace CaseManagement.Web.Timers;

/// <summary>What timers of a kind wake that belong to no case.</summary>
public interface ITimedWork
{
    /// <summary>The kind of its timers.</summary>
    string Kind { get; }

    /// <summary>The time has come. Takes the timer and does its work in one commit.</summary>
    /// <param name="timer">The timer's id.</param>
    /// <param name="cancellationToken">Gives up before it has begun.</param>
    /// <returns>False: it had fired already.</returns>
    ValueTask<bool> FireAsync(Guid timer, CancellationToken cancellationToken);
}

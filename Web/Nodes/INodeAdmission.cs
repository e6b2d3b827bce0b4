namespace CaseManagement.Web.Nodes;

/// <summary>Lets a process work on the database, or refuses it, for as long as it runs.</summary>
public interface INodeAdmission
{
    /// <summary>Asks to be let in; once it was, asks whether that still holds, and where it got lost (the server was restarted) asks again.</summary>
    /// <param name="simulatesTime">The process has a time of its own, so it must be alone.</param>
    /// <exception cref="StartRefusedException">It must not work here beside those that do.</exception>
    Task EnterAsync(bool simulatesTime, CancellationToken cancellationToken);
}

using System.Runtime.CompilerServices;

namespace CaseManagement.Web.Tests;

/// <summary>
/// Hundreds of hosts in one process would use up what the system lends of file watchers (Linux: 128 by user), and no test changes a file of a running
/// product.
/// </summary>
internal static class NoFileWatchers
{
#pragma warning disable CA2255 // before the first host
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "1");
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CaseManagement.Domain.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Tells places outside the database of anchors. The file says itself how far it is: what it lacks is added, so nothing is missing or doubled whatever crashed. A syslog
/// server is told at least once.
/// </summary>
public sealed class AnchorSinks(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, IOptions<AuditOptions> options, IHostEnvironment environment,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const string SyslogSink = "syslog";
    private const int Batch = 500;

    /// <summary>The file of anchors; null where none is configured.</summary>
    public string? FilePath => options.Value.AnchorFile is { Length: > 0 } file ? Path.GetFullPath(file, environment.ContentRootPath) : null;

    /// <summary>Brings every configured place up to date.</summary>
    /// <exception cref="IOException">A place could not be reached; the others may have been.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (FilePath is { } path)
        {
            await AppendAsync(db, path, cancellationToken);
        }

        if (options.Value.Syslog is { Length: > 0 } server)
        {
            await TellSyslogAsync(db, new Uri(server), cancellationToken);
        }
    }

    // whoever else writes the file waits outside: it is open to one at a time
    private static async Task AppendAsync(CaseManagementDbContext db, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var (last, whole) = await LastAsync(file, cancellationToken);
        file.Position = file.Length;
        await using var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (!whole)
        {
            // a process died while it wrote: that line is left as it is and counts for nothing
            await text.WriteLineAsync();
        }

        while (true)
        {
            var some = await db.AuditAnchors.AsNoTracking().Where(a => a.Number > last).OrderBy(a => a.Number).Take(Batch).ToListAsync(cancellationToken);
            foreach (var anchor in some)
            {
                await text.WriteLineAsync(anchor.AsAnchor().Line().AsMemory(), cancellationToken);
                last = anchor.Number;
            }

            if (some.Count < Batch)
            {
                break;
            }
        }

        await text.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }

    private static async Task<(long Last, bool IsWhole)> LastAsync(FileStream file, CancellationToken cancellationToken)
    {
        // a line is less than a kilobyte; broken ones may stand at the end
        var tail = new byte[Math.Min(file.Length, 16 * 1024)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancellationToken);
        var lines = Encoding.UTF8.GetString(tail).Split('\n');
        var last = lines.Reverse().Select(Anchor.Parse).FirstOrDefault(a => a is not null)?.Number ?? 0;
        return (last, tail.Length == 0 || tail[^1] == (byte)'\n');
    }

    private async Task TellSyslogAsync(CaseManagementDbContext db, Uri server, CancellationToken cancellationToken)
    {
        var sent = await db.AuditSinks.Where(s => s.Name == SyslogSink).Select(s => s.Sent).SingleOrDefaultAsync(cancellationToken);
        var some = await db.AuditAnchors.AsNoTracking().Where(a => a.Number > sent).OrderBy(a => a.Number).Take(Batch).ToListAsync(cancellationToken);
        if (some.Count == 0)
        {
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        var isStream = server.Scheme == "tcp";
        using var socket = isStream ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, deadline.Token);
            foreach (var anchor in some)
            {
                // RFC 5424, facility 13 (log audit), severity notice; over TCP with its length before it (RFC 6587)
                var line = string.Create(
                    CultureInfo.InvariantCulture, $"<109>1 {AuditChain.Canonical(wallClock.GetUtcNow())} {Environment.MachineName} case-management - anchor - {anchor.AsAnchor().Line()}");
                var bytes = Encoding.UTF8.GetBytes(isStream ? string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(line)} {line}") : line);
                await socket.SendAsync(bytes, deadline.Token);
            }
        }
        catch (Exception away) when (away is SocketException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException($"The syslog server {server.Host} could not be told of anchors.", away);
        }

        var last = some[^1].Number;
        await writer.RunWithContextAsync(
            async (context, _) =>
            {
                if (await context.AuditSinks.SingleOrDefaultAsync(s => s.Name == SyslogSink, cancellationToken) is { } known)
                {
                    known.Sent = Math.Max(known.Sent, last);
                }
                else
                {
                    context.AuditSinks.Add(new AuditSink { Name = SyslogSink, Sent = last });
                }

                return true;
            },
            cancellationToken);
    }
}

using System.ComponentModel;
using System.Diagnostics;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Files;

/// <summary>Lets the configured program look at files that wait for it, and records what it says.</summary>
public sealed partial class FileScanner(
    FileFolder folder, SealedFiles seals, CaseRuntime runtime, IDbContextFactory<CaseManagementDbContext> contexts, IOptions<FilesOptions> options,
    ILogger<FileScanner> logger)
{
    private const int AtOnce = 50;

    private static readonly Performer Scanner = new() { Actor = new Actor(ActorKind.System, "file-scan") };

    /// <summary>Looks at the files that have waited longest.</summary>
    /// <returns>How many were decided.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await db.Attachments.AsNoTracking().Where(a => a.State == nameof(AttachmentState.Pending)).OrderBy(a => a.At).Take(AtOnce)
            .Select(a => new { a.Id, a.ComplaintId, a.Sha256, a.ShownSha256 }).ToListAsync(cancellationToken);
        var decided = 0;
        foreach (var file in pending)
        {
            if (await IsCleanAsync(file.Sha256, file.ShownSha256, cancellationToken) is { } isClean)
            {
                await runtime.ActAsync(file.ComplaintId, Scanner, act => act.Complaint.Scanned(act, file.Id, isClean), cancellationToken);
                decided++;
            }
            else
            {
                LogUndecided(file.Id);
            }
        }

        return decided;
    }

    /// <summary>The copy that is shown and the original; null where the program did not say.</summary>
    private async Task<bool?> IsCleanAsync(string sha256, string? shown, CancellationToken cancellationToken)
    {
        if (shown is null || shown == sha256)
        {
            return folder.Find(sha256, isSealed: false) is { } path ? await AskAsync(path, cancellationToken) : null;
        }

        if (folder.Find(shown, isSealed: false) is not { } copy || await AskAsync(copy, cancellationToken) is not { } isClean)
        {
            return null;
        }

        return isClean ? await AskAboutSealedAsync(sha256, cancellationToken) : false;
    }

    private async Task<bool?> AskAboutSealedAsync(string sha256, CancellationToken cancellationToken)
    {
        if (folder.Open(sha256, isSealed: true) is not { } kept)
        {
            return null;
        }

        var opened = folder.CreateIncoming();
        try
        {
            await using (var plain = seals.Open(kept))
            await using (opened)
            {
                await plain.CopyToAsync(opened, cancellationToken);
            }

            return await AskAsync(opened.Name, cancellationToken);
        }
        finally
        {
            File.Delete(opened.Name);
        }
    }

    private async Task<bool?> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.ScannerSeconds));
        using var program = new Process { StartInfo = new ProcessStartInfo(options.Value.Scanner, [.. options.Value.ScannerArguments, path]) };
        try
        {
            program.Start();
            await program.WaitForExitAsync(patience.Token);
            return program.ExitCode switch { 0 => true, 1 => false, _ => null };
        }
        catch (Win32Exception missing)
        {
            LogMissing(missing, options.Value.Scanner);
            return null;
        }
        catch (OperationCanceledException)
        {
            program.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner did not say anything of file {File}; it is asked again.")]
    private partial void LogUndecided(Guid file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The scanner {Scanner} cannot be started; files wait.")]
    private partial void LogMissing(Exception exception, string scanner);
}

using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace CaseManagement.Web.Auditing;

/// <summary>Every night: verifies what changed since the last night that found nothing wrong, tells auditors the newest root, forgets old reads.</summary>
[DisallowConcurrentExecution]
public sealed class NightlyAuditJob(
    AuditVerification verification, AuditMails mails, ReadLog reads, IOptions<AuditOptions> options, IDbContextFactory<CaseManagementDbContext> contexts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await reads.ForgetAsync(TimeSpan.FromDays(options.Value.ReadDays), cancellationToken);
        await mails.TellRootAsync(cancellationToken);
        var verdict = await verification.RunAsync(new AuditExtent { SinceAnchor = await LastGoodAsync(cancellationToken) }, null, AuditMails.Job, cancellationToken);
        await mails.ThrowUnlessAsync(verdict, cancellationToken);
    }

    // a run that found something wrong is no beginning for the next
    private async Task<long> LastGoodAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == AuditVerification.Stream && e.Type == AuditVerification.Run)
            .OrderByDescending(e => e.Sequence).Select(e => e.Data).Take(100).ToListAsync(cancellationToken);
        foreach (var run in runs.Where(r => r.Length > 0))
        {
            using var said = JsonDocument.Parse(run);
            var root = said.RootElement;
            bool Without(string name) => !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;
            if (root.GetProperty("ok").GetBoolean() && Without("case") && Without("from") && Without("to"))
            {
                return root.GetProperty("lastAnchor").GetInt64();
            }
        }

        return 0;
    }
}

/// <summary>Every Sunday: verifies everything.</summary>
[DisallowConcurrentExecution]
public sealed class WeeklyAuditJob(AuditVerification verification, AuditMails mails) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await mails.ThrowUnlessAsync(await verification.RunAsync(new AuditExtent(), null, AuditMails.Job, cancellationToken), cancellationToken);
}

/// <summary>What auditors are written: the newest root every day, and at once that something is wrong.</summary>
public sealed class AuditMails(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, IOptions<MailOptions> mail, TimeProvider clock,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The template column of these mails.</summary>
    public const string Template = "audit";

    private const string Sink = "mail";

    /// <summary>In whose name jobs verify.</summary>
    internal static readonly Actor Job = new(ActorKind.System, "audit");

    /// <summary>Writes the newest anchor to every auditor with an address, once a day and only where there is a newer one.</summary>
    public async Task TellRootAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!mail.Value.Enabled || await db.AuditAnchors.AsNoTracking().OrderByDescending(a => a.Number).FirstOrDefaultAsync(cancellationToken) is not { } row)
        {
            return;
        }

        var anchor = row.AsAnchor();
        var number = anchor.Number.ToString(CultureInfo.InvariantCulture);
        var line = anchor.Line();
        var messages = await ToAuditorsAsync(
            $"审计锚点 {number}", $"Audit anchor {number}",
            $"请保存此邮件。日后可用下面这一行核对审计记录是否被改动（页面“审计”，或 verify-audit）。\n\n{line}",
            $"Keep this mail. With the line below it can be told later whether the audit was changed (page Audit, or verify-audit).\n\n{line}",
            cancellationToken);
        await writer.RunWithContextAsync(
            async (context, transaction) =>
            {
                if (await context.AuditSinks.SingleOrDefaultAsync(s => s.Name == Sink, cancellationToken) is { } known)
                {
                    if (known.Sent >= anchor.Number)
                    {
                        return false;
                    }

                    known.Sent = anchor.Number;
                }
                else
                {
                    context.AuditSinks.Add(new Persistence.Settings.AuditSink { Name = Sink, Sent = anchor.Number });
                }

                await transaction.SaveMessagesAsync(messages, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Tells auditors that something is wrong.</summary>
    /// <exception cref="InvalidOperationException">Something is wrong: the job's run shows as failed.</exception>
    public async Task ThrowUnlessAsync(AuditVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.FirstBad is not { } bad)
        {
            return;
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"{bad.Fault} {bad.Stream} #{bad.Sequence} anchor {bad.Anchor}");
        if (mail.Value.Enabled)
        {
            var messages = await ToAuditorsAsync(
                "审计校验未通过", "The audit does not verify",
                $"校验在此处发现问题：{where}。请打开“审计”页核对，并保留数据库与外部锚点文件。",
                $"The verification found something wrong: {where}. Open the page Audit, and keep the database and the anchors outside as they are.",
                cancellationToken);
            await writer.RunWithContextAsync(
                async (_, transaction) =>
                {
                    await transaction.SaveMessagesAsync(messages, cancellationToken);
                    return true;
                },
                cancellationToken);
        }

        throw new InvalidOperationException($"The audit does not verify: {where}");
    }

    private async Task<IReadOnlyList<MessageRow>> ToAuditorsAsync(string zh, string en, string bodyZh, string bodyEn, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. (await people.AllAsync(cancellationToken)).Where(p => p.Is(SystemRoles.Auditor) && !string.IsNullOrWhiteSpace(p.Email)).Select(p => new MessageRow
            {
                Id = Guid.CreateVersion7(wallClock.GetUtcNow()),
                ComplaintId = Guid.Empty,
                Template = Template,
                Recipient = Candidates.UserPrefix + p.Id,
                Channel = SendEmail.Channel,
                Address = p.Email,
                SubjectZh = zh,
                SubjectEn = en,
                BodyZh = bodyZh,
                BodyEn = bodyEn,
                State = MessageStates.Pending,
                NextAttemptAt = now,
                CreatedAt = now,
            }),
        ];
    }
}

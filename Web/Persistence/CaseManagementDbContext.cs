using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Persistence.Lessons;
using CaseManagement.Web.Persistence.Operations;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.Portal;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence;

/// <summary>
/// Everything the product stores, for pages, lists, reports and settings. What belongs to a burst (cases, tasks, clocks, events,
/// messages, instances, timers …) is only read here; it is written by the store of the bursts alone.
/// </summary>
public abstract class CaseManagementDbContext(DbContextOptions options) : IdentityUserContext<AppUser>(options)
{
    public DbSet<CaseRow> Cases => Set<CaseRow>();
    public DbSet<CaseDocument> CaseDocuments => Set<CaseDocument>();
    public DbSet<CaseTextRow> CaseTexts => Set<CaseTextRow>();
    public DbSet<TaskRow> Tasks => Set<TaskRow>();
    public DbSet<TaskCandidate> TaskCandidates => Set<TaskCandidate>();
    public DbSet<ClockRow> Clocks => Set<ClockRow>();
    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();
    public DbSet<TraceRow> CaseTraces => Set<TraceRow>();
    public DbSet<CountRow> CaseCounts => Set<CountRow>();
    public DbSet<PartyRow> CaseParties => Set<PartyRow>();
    public DbSet<DepartmentHead> DepartmentHeads => Set<DepartmentHead>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<AnswerRow> Answers => Set<AnswerRow>();
    public DbSet<NumberSequence> Sequences => Set<NumberSequence>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();
    public DbSet<InstanceState> InstanceStates => Set<InstanceState>();
    public DbSet<StoredBookmark> Bookmarks => Set<StoredBookmark>();
    public DbSet<StoredTrigger> Triggers => Set<StoredTrigger>();
    public DbSet<StoredStimulus> KeptStimuli => Set<StoredStimulus>();
    public DbSet<StoredTimer> Timers => Set<StoredTimer>();
    public DbSet<StoredJournalEntry> Journal => Set<StoredJournalEntry>();
    public DbSet<StoredIncident> Incidents => Set<StoredIncident>();

    public DbSet<ConfigurationStamp> ConfigurationStamps => Set<ConfigurationStamp>();
    public DbSet<ConfigurationEvent> ConfigurationEvents => Set<ConfigurationEvent>();
    public DbSet<AuditAnchor> AuditAnchors => Set<AuditAnchor>();
    public DbSet<AuditLeaf> AuditLeaves => Set<AuditLeaf>();
    public DbSet<AuditKey> AuditKeys => Set<AuditKey>();
    public DbSet<AuditSink> AuditSinks => Set<AuditSink>();
    public DbSet<CaseRead> CaseReads => Set<CaseRead>();
    public DbSet<ProcessVersion> ProcessVersions => Set<ProcessVersion>();
    public DbSet<WorkflowDefinitionVersion> WorkflowDefinitions => Set<WorkflowDefinitionVersion>();
    public DbSet<LimitChange> LimitChanges => Set<LimitChange>();
    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();
    public DbSet<SettingReading> SettingReadings => Set<SettingReading>();
    public DbSet<StoredFigure> Figures => Set<StoredFigure>();

    public DbSet<ReportedCase> ReportedCases => Set<ReportedCase>();
    public DbSet<ReportProgress> ReportProgress => Set<ReportProgress>();
    public DbSet<ReportIssue> ReportIssues => Set<ReportIssue>();
    public DbSet<ReportAward> ReportAwards => Set<ReportAward>();
    public DbSet<StoredLesson> Lessons => Set<StoredLesson>();

    public DbSet<Department> Departments => Set<Department>();
    public DbSet<StoredDelegation> Delegations => Set<StoredDelegation>();
    public DbSet<BreakGlassOpening> BreakGlassOpenings => Set<BreakGlassOpening>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<StaffSession> StaffSessions => Set<StaffSession>();
    public DbSet<SignInCounter> SignInCounters => Set<SignInCounter>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<AskedRole> AskedRoles => Set<AskedRole>();
    public DbSet<GroupRole> GroupRoles => Set<GroupRole>();
    public DbSet<NotificationRead> NotificationReads => Set<NotificationRead>();
    public DbSet<NotificationRules> NotificationRules => Set<NotificationRules>();
    public DbSet<NotificationPreference> NotificationPreferences => Set<NotificationPreference>();
    public DbSet<NoticeMail> NoticeMails => Set<NoticeMail>();
    public DbSet<CaseWatch> CaseWatches => Set<CaseWatch>();
    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();
    public DbSet<SavedDraft> SavedDrafts => Set<SavedDraft>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<ReceivedMessage> ReceivedMessages => Set<ReceivedMessage>();
    public DbSet<ReceivedContent> ReceivedContents => Set<ReceivedContent>();
    public DbSet<MessageReceipt> MessageReceipts => Set<MessageReceipt>();
    public DbSet<MessageTemplate> MessageTemplates => Set<MessageTemplate>();
    public DbSet<ProtectedSecret> ProtectedSecrets => Set<ProtectedSecret>();
    public DbSet<WebhookTarget> WebhookTargets => Set<WebhookTarget>();

    public DbSet<StoredNode> Nodes => Set<StoredNode>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<RateCounter> RateCounters => Set<RateCounter>();
    public DbSet<TrackingSession> TrackingSessions => Set<TrackingSession>();
    public DbSet<AddressKey> AddressKeys => Set<AddressKey>();

    /// <summary>
    /// Saves, and raises the <see cref="ConfigurationStamp"/> in the same transaction when a configuration row changed.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!HasConfigurationChanges())
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await using (own)
        {
            await LockConfigurationAsync(cancellationToken);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            await ConfigurationStamp.RaiseAsync(this, cancellationToken);
            if (own is not null)
            {
                await own.CommitAsync(cancellationToken);
            }

            return saved;
        }
    }

    /// <inheritdoc cref="SaveChangesAsync(bool, CancellationToken)"/>
    /// <exception cref="NotSupportedException">A configuration row changed: those are saved asynchronously only.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => HasConfigurationChanges()
        ? throw new NotSupportedException("Configuration is saved with SaveChangesAsync.")
        : base.SaveChanges(acceptAllChangesOnSuccess);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(ColumnLengths.Key);
        configurationBuilder.Properties<decimal>().HavePrecision(18, 4);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CaseManagementDbContext).Assembly);
    }

    /// <summary>
    /// Waits, inside the transaction that is open, until no burst runs under the configuration as it was, and lets none begin until
    /// the transaction ends.
    /// </summary>
    protected virtual Task LockConfigurationAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool HasConfigurationChanges()
    {
        ChangeTracker.DetectChanges();
        return ChangeTracker.Entries().Any(entry => entry.State switch
        {
            EntityState.Added or EntityState.Deleted => entry.Entity is IConfigurationRow or AppUser,
            EntityState.Modified => entry.Entity is IConfigurationRow
                || (entry.Entity is AppUser && AppUser.OrganisationProperties.Any(name =>
                    !Equals(entry.Property(name).OriginalValue, entry.Property(name).CurrentValue))),
            EntityState.Detached or EntityState.Unchanged => false,
        });
    }
}

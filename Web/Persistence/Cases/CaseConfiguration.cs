using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class CaseConfiguration : IEntityTypeConfiguration<CaseRow>, IEntityTypeConfiguration<CaseDocument>
{
    /// <summary>Of indexes that hold open cases alone, in the order lists show them.</summary>
    public const string IsOpen = "\"Status\" = 'open'";

    /// <summary>Of indexes that hold closed cases alone.</summary>
    public const string IsClosed = "\"Status\" <> 'open'";

    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("Cases");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasOne<CaseDocument>().WithOne().HasForeignKey<CaseDocument>(d => d.Id);
        builder.Property(c => c.Number).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Kind).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Status).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Level).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Category).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Channel).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Subject).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.Lead).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Handler).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.ComplainantName).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.RespondentPerson).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.ExternalId).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.TrackingHash).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.EventHead).HasMaxLength(ColumnLengths.Hash);

        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => c.ExternalId).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        builder.HasIndex(c => c.TrackingHash).IsUnique().HasFilter("\"TrackingHash\" IS NOT NULL");
        builder.HasIndex([nameof(CaseRow.NextDueAt), nameof(CaseRow.ReceivedAt), nameof(CaseRow.Id)], "IX_Cases_Open_NextDueAt").HasFilter(IsOpen);
        builder.HasIndex([nameof(CaseRow.Lead), nameof(CaseRow.NextDueAt), nameof(CaseRow.ReceivedAt), nameof(CaseRow.Id)], "IX_Cases_Open_Lead").HasFilter(IsOpen);
        builder.HasIndex(c => new { c.Process, c.ReceivedAt });
        builder.HasIndex([nameof(CaseRow.ClosedAt), nameof(CaseRow.Id)], "IX_Cases_Closed_ClosedAt").HasFilter(IsClosed);
        builder.HasIndex([nameof(CaseRow.Lead), nameof(CaseRow.ClosedAt), nameof(CaseRow.Id)], "IX_Cases_Closed_Lead").HasFilter(IsClosed);
        builder.HasIndex(c => new { c.Handler, c.Status, c.Lead, c.Id });
        builder.HasIndex(c => c.ReceivedAt);
        // a burst sets it back in the statement that writes the case anyway
        builder.Property<int>(AuditTables.Anchored).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex([nameof(CaseRow.Id)], "IX_Cases_Unclassified").HasFilter("\"Confidentiality\" IS NULL");
        builder.HasIndex([nameof(CaseRow.Id)], "IX_Cases_Unanchored").HasFilter(AuditTables.IsUnanchored);
    }

    public void Configure(EntityTypeBuilder<CaseDocument> builder)
    {
        builder.ToTable("Cases");
        builder.HasKey(d => d.Id);
    }
}

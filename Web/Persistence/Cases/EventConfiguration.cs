using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class EventConfiguration : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("Events");
        builder.HasKey(e => new { e.ComplaintId, e.Sequence });
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.Property(e => e.Type).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorKind).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorId).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorName).HasMaxLength(ColumnLengths.Name);
        builder.Property(e => e.Salt).HasMaxLength(ColumnLengths.Hash);
        // who registered a case
        builder.HasIndex(e => new { e.ActorId, e.ComplaintId }).HasFilter("\"Sequence\" = 1");
        // the page of the audit, newest first
        builder.HasIndex(e => new { e.RecordedAt, e.ComplaintId, e.Sequence });
        builder.Property(e => e.Hash).HasMaxLength(ColumnLengths.Hash);
    }
}

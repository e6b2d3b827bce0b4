using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Runtime;

internal sealed class JournalConfiguration : IEntityTypeConfiguration<StoredJournalEntry>, IEntityTypeConfiguration<StoredIncident>
{
    public void Configure(EntityTypeBuilder<StoredJournalEntry> builder)
    {
        builder.ToTable("Journal");
        builder.HasKey(j => new { j.InstanceId, j.Sequence });
        builder.Property(j => j.Sequence).ValueGeneratedNever();
        builder.Property(j => j.ActivityId).HasMaxLength(ColumnLengths.Key);
        builder.Property(j => j.NodeId).HasMaxLength(ColumnLengths.Name);
        builder.Property(j => j.ActivityType).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<StoredIncident> builder)
    {
        builder.ToTable("Incidents");
        builder.HasKey(i => new { i.InstanceId, i.Id });
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.ActivityId).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.NodeId).HasMaxLength(ColumnLengths.Name);
        builder.Property(i => i.ActivityType).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.ExceptionType).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(i => i.At).HasFilter("\"ResolvedAt\" IS NULL");
    }
}

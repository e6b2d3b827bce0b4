using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Runtime;

internal sealed class TimerConfiguration : IEntityTypeConfiguration<StoredTimer>
{
    public void Configure(EntityTypeBuilder<StoredTimer> builder)
    {
        builder.ToTable("Timers");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Kind).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Payload).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.DefinitionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.LastError).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.LeasedBy).HasMaxLength(ColumnLengths.Key);

        // Within one severity the due rows lie together in due order; the claim reads severity by severity.
        builder.HasIndex(t => new { t.Severity, t.NextAttemptAt }).HasFilter("\"LeasedUntil\" IS NULL");
        builder.HasIndex(t => t.LeasedUntil).HasFilter("\"LeasedUntil\" IS NOT NULL");

        // The few that failed, for those who look after them.
        builder.HasIndex(t => t.NextAttemptAt).HasFilter("\"Attempts\" > 0");
        builder.HasIndex(t => t.DefinitionId).HasFilter("\"DefinitionId\" IS NOT NULL");
        builder.HasIndex(t => t.InstanceId).HasFilter("\"InstanceId\" IS NOT NULL");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Settings;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<ConfigurationEvent>, IEntityTypeConfiguration<ConfigurationStamp>
{
    public void Configure(EntityTypeBuilder<ConfigurationEvent> builder)
    {
        builder.ToTable("ConfigurationEvents");
        builder.HasKey(e => new { e.Stream, e.Sequence });
        builder.Property(e => e.Stream).HasMaxLength(ColumnLengths.Key * 2);
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.Property(e => e.Type).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorKind).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorId).HasMaxLength(ColumnLengths.Key);
        builder.Property(e => e.ActorName).HasMaxLength(ColumnLengths.Name);
        builder.Property(e => e.Salt).HasMaxLength(ColumnLengths.Hash);
        builder.Property(e => e.Hash).HasMaxLength(ColumnLengths.Hash);
        builder.Property(e => e.Anchored).HasDefaultValue(0);
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.RecordedAt, e.Stream, e.Sequence });
        builder.HasIndex([nameof(ConfigurationEvent.Stream), nameof(ConfigurationEvent.Sequence)], "IX_ConfigurationEvents_Unanchored").HasFilter(AuditTables.IsUnanchored);
    }

    public void Configure(EntityTypeBuilder<ConfigurationStamp> builder)
    {
        builder.ToTable("ConfigurationStamp");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(new ConfigurationStamp { Id = ConfigurationStamp.TheId, Version = 1 });
    }
}

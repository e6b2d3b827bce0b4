using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Portal;

internal sealed class PortalConfiguration
    : IEntityTypeConfiguration<RateCounter>, IEntityTypeConfiguration<TrackingSession>, IEntityTypeConfiguration<AddressKey>
{
    public void Configure(EntityTypeBuilder<RateCounter> builder)
    {
        builder.ToTable("RateCounters");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(c => c.EndsAt);
    }

    public void Configure(EntityTypeBuilder<TrackingSession> builder)
    {
        builder.ToTable("TrackingSessions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.TrackingHash).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.CodeHash).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(s => s.EndsAt);
    }

    public void Configure(EntityTypeBuilder<AddressKey> builder)
    {
        builder.ToTable("AddressKeys");
        builder.HasKey(k => k.Day);
        builder.Property(k => k.Day).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.Sealed).HasMaxLength(ColumnLengths.Text);
    }
}

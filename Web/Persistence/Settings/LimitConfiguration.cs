using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Settings;

internal sealed class LimitConfiguration : IEntityTypeConfiguration<LimitChange>, IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<LimitChange> builder)
    {
        builder.ToTable("LimitChanges");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedOnAdd();
        builder.Property(l => l.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.LimitKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.Reason).HasMaxLength(ColumnLengths.Text);
        builder.Property(l => l.By).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.ByName).HasMaxLength(ColumnLengths.Name);
        builder.Property(l => l.Entry).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(l => new { l.ProcessKey, l.LimitKey });
    }

    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("CalendarVersions");
        builder.HasKey(c => new { c.Key, c.Version });
        builder.Property(c => c.Key).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Version).ValueGeneratedNever();
        builder.Property(c => c.NameZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.NameEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.By).HasMaxLength(ColumnLengths.Key);
    }
}

using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class ClockConfiguration : IEntityTypeConfiguration<ClockRow>
{
    public void Configure(EntityTypeBuilder<ClockRow> builder)
    {
        builder.ToTable("Clocks");
        builder.HasKey(c => new { c.ComplaintId, c.Key });
        builder.Property(c => c.Key).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.NameZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.NameEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(c => c.Limit).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.State).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Unit).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.PauseReason).HasMaxLength(ColumnLengths.Name);

        // What is late and about to be: clocks that are over are left out.
        const string running = "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')";
        builder.HasIndex(c => new { c.DueAt, c.ComplaintId }).HasFilter(running);
        builder.HasIndex(c => new { c.WarnAt, c.DueAt, c.ComplaintId }).HasFilter(running);
        builder.HasIndex([nameof(ClockRow.ComplaintId)], "IX_Clocks_Paused").HasFilter("\"State\" = 'paused'");

        // Who is affected when a limit changes.
        builder.HasIndex(c => new { c.Limit, c.State });
    }
}

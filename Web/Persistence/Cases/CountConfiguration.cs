using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class CountConfiguration : IEntityTypeConfiguration<CountRow>
{
    public void Configure(EntityTypeBuilder<CountRow> builder)
    {
        builder.ToTable("CaseCounts");
        builder.HasKey(c => new { c.ComplaintId, c.Counter });
        builder.Property(c => c.Counter).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Group).HasMaxLength(32);
        builder.Property(c => c.Distinct).HasMaxLength(32);
        builder.Property(c => c.Number).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Weight).HasDefaultValue(1).ValueGeneratedNever();
        builder.HasIndex(c => new { c.Group, c.At });
    }
}

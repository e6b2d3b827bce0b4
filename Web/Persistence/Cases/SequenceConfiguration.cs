using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class SequenceConfiguration : IEntityTypeConfiguration<NumberSequence>
{
    public void Configure(EntityTypeBuilder<NumberSequence> builder)
    {
        builder.ToTable("Sequences");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(ColumnLengths.Key * 2);
    }
}

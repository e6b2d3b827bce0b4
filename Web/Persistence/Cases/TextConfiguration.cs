using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class TextConfiguration : IEntityTypeConfiguration<CaseTextRow>
{
    public void Configure(EntityTypeBuilder<CaseTextRow> builder)
    {
        builder.ToTable("CaseTexts");
        builder.HasKey(t => t.ComplaintId);
        builder.Property(t => t.ComplaintId).ValueGeneratedNever();
        builder.Property(t => t.Lead).HasMaxLength(ColumnLengths.Key);
    }
}


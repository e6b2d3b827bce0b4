using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class AnswerConfiguration : IEntityTypeConfiguration<AnswerRow>
{
    public void Configure(EntityTypeBuilder<AnswerRow> builder)
    {
        builder.ToTable("Answers");
        builder.HasKey(a => new { a.Principal, a.Key });
        builder.Property(a => a.Principal).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Key).HasMaxLength(ColumnLengths.Key * 2);
        builder.Property(a => a.BodyHash).HasMaxLength(64);
    }
}

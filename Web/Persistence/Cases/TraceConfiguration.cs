using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class TraceConfiguration : IEntityTypeConfiguration<TraceRow>
{
    public void Configure(EntityTypeBuilder<TraceRow> builder)
    {
        builder.ToTable("CaseTraces");
        builder.HasKey(t => new { t.ComplaintId, t.Kind });
        builder.Property(t => t.Kind).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Trace).HasMaxLength(32);
        builder.HasIndex(t => new { t.Trace, t.ComplaintId });
    }
}

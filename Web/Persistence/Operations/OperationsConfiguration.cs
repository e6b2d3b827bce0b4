using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Operations;

internal sealed class OperationsConfiguration : IEntityTypeConfiguration<StoredNode>, IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<StoredNode> builder)
    {
        builder.ToTable("Nodes");
        builder.HasKey(n => n.Name);
        builder.Property(n => n.Name).HasMaxLength(ColumnLengths.Key);
        builder.Property(n => n.Machine).HasMaxLength(ColumnLengths.Name);
        builder.Property(n => n.Version).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("JobRuns");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Job).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.AskedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.AskedByName).HasMaxLength(ColumnLengths.Name);
        builder.Property(r => r.Node).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Error).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(r => new { r.Job, r.Id });
        builder.HasIndex(r => r.Node).HasFilter("\"EndedAt\" IS NULL");
    }
}

using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Runtime;

internal sealed class InstanceConfiguration : IEntityTypeConfiguration<InstanceRow>, IEntityTypeConfiguration<InstanceState>
{
    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        const string isRunning = $"\"Status\" = '{nameof(WorkflowStatus.Running)}'";
        builder.ToTable("Instances");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasOne<InstanceState>().WithOne().HasForeignKey<InstanceState>(s => s.Id);
        builder.Property(i => i.DefinitionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.DefinitionVersionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.CorrelationId).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.Name).HasMaxLength(ColumnLengths.Name);

        builder.HasIndex(i => new { i.DefinitionId, i.Status });
        builder.HasIndex(i => i.DefinitionVersionId).HasFilter(isRunning);
        builder.HasIndex(i => new { i.CorrelationId, i.Status });
        builder.HasIndex(i => i.ParentInstanceId).HasFilter("\"ParentInstanceId\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<InstanceState> builder)
    {
        builder.ToTable("Instances");
        builder.HasKey(s => s.Id);
    }
}

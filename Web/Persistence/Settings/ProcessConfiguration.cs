using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Settings;

internal sealed class ProcessConfiguration
    : IEntityTypeConfiguration<ProcessVersion>, IEntityTypeConfiguration<WorkflowDefinitionVersion>,
        IEntityTypeConfiguration<SettingReading>
{
    public void Configure(EntityTypeBuilder<ProcessVersion> builder)
    {
        builder.ToTable("ProcessVersions");
        builder.HasKey(p => new { p.ProcessKey, p.Version });
        builder.Property(p => p.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(p => p.Version).ValueGeneratedNever();
        builder.Property(p => p.Note).HasMaxLength(ColumnLengths.Text);
        builder.Property(p => p.CreatedBy).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(p => p.ProcessKey).IsUnique().HasFilter($"\"State\" = '{nameof(ProcessVersionState.Published)}'");
    }

    public void Configure(EntityTypeBuilder<WorkflowDefinitionVersion> builder)
    {
        builder.ToTable("WorkflowDefinitions");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.DefinitionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(d => d.SavedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.SavedIn).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique();
        builder.HasIndex(d => new { d.ProcessKey, d.ProcessVersion });
    }

    public void Configure(EntityTypeBuilder<SettingReading> builder)
    {
        builder.ToTable("SettingReadings");
        builder.HasKey(s => new { s.ProcessKey, s.SettingKey });
        builder.Property(s => s.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.SettingKey).HasMaxLength(ColumnLengths.Key);
    }
}

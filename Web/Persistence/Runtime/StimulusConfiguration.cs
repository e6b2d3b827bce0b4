using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Runtime;

internal sealed class StimulusConfiguration
    : IEntityTypeConfiguration<StoredBookmark>, IEntityTypeConfiguration<StoredTrigger>, IEntityTypeConfiguration<StoredStimulus>
{
    public void Configure(EntityTypeBuilder<StoredBookmark> builder)
    {
        builder.ToTable("Bookmarks");
        builder.HasKey(b => b.BookmarkId);
        builder.Property(b => b.BookmarkId).ValueGeneratedNever();
        builder.Property(b => b.StimulusName).HasMaxLength(ColumnLengths.Name);
        builder.Property(b => b.StimulusKey).HasMaxLength(ColumnLengths.Name);
        builder.Property(b => b.CorrelationId).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(b => b.StimulusHash);
        builder.HasIndex(b => b.InstanceId);
    }

    public void Configure(EntityTypeBuilder<StoredTrigger> builder)
    {
        builder.ToTable("Triggers");
        builder.HasKey(t => new { t.DefinitionId, t.Ordinal });
        builder.Property(t => t.DefinitionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.DefinitionVersionId).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.NodeId).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.StimulusName).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.StimulusKey).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(t => t.StimulusHash);
    }

    public void Configure(EntityTypeBuilder<StoredStimulus> builder)
    {
        builder.ToTable("KeptStimuli");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.StimulusName).HasMaxLength(ColumnLengths.Name);
        builder.Property(s => s.StimulusKey).HasMaxLength(ColumnLengths.Name);
        builder.Property(s => s.CorrelationId).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(s => s.StimulusHash);
        builder.HasIndex(s => s.ExpiresAt);
    }
}

using System.Text.Json;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class TaskConfiguration : IEntityTypeConfiguration<TaskRow>, IEntityTypeConfiguration<TaskCandidate>
{
    public void Configure(EntityTypeBuilder<TaskRow> builder)
    {
        builder.ToTable("Tasks");
        builder.HasKey(t => new { t.ComplaintId, t.Id });
        builder.Property(t => t.Key).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Kind).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.TitleZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.TitleEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.State).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Assignee).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.AssigneeName).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.Chain).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Outcome).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Lead).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Candidates)
            .HasConversion(
                candidates => JsonSerializer.Serialize(candidates, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<string[]>(json, JsonSerializerOptions.Default) ?? Array.Empty<string>())
            .Metadata.SetValueComparer(new ValueComparer<IReadOnlyList<string>>(
                (left, right) => left!.SequenceEqual(right!),
                candidates => candidates.Count,
                candidates => candidates));

        builder.HasIndex(t => t.Id).IsUnique();
        builder.HasIndex([nameof(TaskRow.ComplaintId)], "IX_Tasks_Unclaimed").HasFilter("\"State\" = 'Open' AND \"Assignee\" IS NULL");
        builder.HasIndex([nameof(TaskRow.CreatedAt), nameof(TaskRow.Id)], "IX_Tasks_Approvals").HasFilter("\"Chain\" IS NOT NULL AND \"DoneAt\" IS NULL");
        builder.HasIndex(t => new { t.Assignee, t.ComplaintId }).HasFilter("\"Assignee\" IS NOT NULL");
        builder.HasIndex(t => new { t.Assignee, t.Lead, t.ComplaintId }).HasFilter("\"Assignee\" IS NOT NULL");
        builder.HasIndex(t => new { t.Assignee, t.DueAt }).HasFilter("\"Assignee\" IS NOT NULL AND \"DoneAt\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<TaskCandidate> builder)
    {
        builder.ToTable("TaskCandidates");
        builder.HasKey(c => new { c.TaskId, c.Candidate });
        builder.Property(c => c.Candidate).HasMaxLength(ColumnLengths.Key * 2);
        builder.Property(c => c.Lead).HasMaxLength(ColumnLengths.Key);
        builder.Property(c => c.Chain).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(c => new { c.Candidate, c.DueAt, c.ComplaintId });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Lessons;

/// <summary>How far a lesson has come.</summary>
public enum LessonState
{
    /// <summary>It waits for whoever the process says releases it.</summary>
    Proposed,

    /// <summary>In the library.</summary>
    Released,

    /// <summary>Not released.</summary>
    Returned,

    /// <summary>It was in the library.</summary>
    Withdrawn,
}

/// <summary>
/// What others learn from a closed case. It names nobody and stays when the case is erased, which is why it is not part of it.
/// </summary>
public sealed class StoredLesson
{
    public required Guid Id { get; init; }
    public required string ProcessKey { get; init; }

    /// <summary>The case it comes from, which may be gone.</summary>
    public required Guid ComplaintId { get; init; }

    public required string Number { get; init; }
    public string? Category { get; init; }
    public string? Level { get; init; }
    public required string Title { get; init; }
    public required string Situation { get; init; }
    public required string Cause { get; init; }
    public required string Measures { get; init; }
    public required string Advice { get; init; }

    /// <summary>All of its words as they are compared, for searching.</summary>
    public required string Words { get; init; }

    public required LessonState State { get; set; }
    public required string ProposedBy { get; init; }
    public required string ProposedByName { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public string? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What whoever decided said.</summary>
    public string? Remark { get; set; }
}

internal sealed class LessonConfiguration : IEntityTypeConfiguration<StoredLesson>
{
    public void Configure(EntityTypeBuilder<StoredLesson> builder)
    {
        builder.ToTable("Lessons");
        builder.HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.Number).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.Category).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.Level).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.Title).HasMaxLength(ColumnLengths.Name);
        builder.Property(l => l.ProposedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.ProposedByName).HasMaxLength(ColumnLengths.Name);
        builder.Property(l => l.DecidedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.DecidedByName).HasMaxLength(ColumnLengths.Name);
        builder.Property(l => l.Remark).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(l => new { l.State, l.DecidedAt });
        builder.HasIndex(l => l.ComplaintId);
    }
}

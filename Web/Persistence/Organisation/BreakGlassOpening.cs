using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>One case asked for, or open, in an emergency to one person; rows stay, so that it is known who read what. Moments by the wall clock.</summary>
public sealed class BreakGlassOpening
{
    public required Guid Id { get; init; }
    public required Guid ComplaintId { get; init; }

    /// <summary>Of the case, as it was asked for.</summary>
    public required string Number { get; init; }

    /// <summary>Who asked.</summary>
    public required string PersonId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The second person; null while nobody has answered.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When the case opened; null where it did not.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When it is over, or was: its time is up, it was ended early, or refused.</summary>
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>The last day on which an auditor looks at it; null where it did not open.</summary>
    public DateOnly? ReviewBy { get; set; }

    /// <summary>The auditor who looked at it.</summary>
    public string? ReviewedBy { get; set; }

    /// <summary>What they say of it.</summary>
    public string? Remark { get; set; }
}

internal sealed class BreakGlassConfiguration : IEntityTypeConfiguration<BreakGlassOpening>
{
    public void Configure(EntityTypeBuilder<BreakGlassOpening> builder)
    {
        builder.ToTable("BreakGlassOpenings");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Number).HasMaxLength(ColumnLengths.Key);
        builder.Property(o => o.PersonId).HasMaxLength(ColumnLengths.Key);
        builder.Property(o => o.Reason).HasMaxLength(ColumnLengths.Text);
        builder.Property(o => o.DecidedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(o => o.ReviewedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(o => o.Remark).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(o => new { o.PersonId, o.EndsAt });
        builder.HasIndex(o => o.AskedAt);
    }
}

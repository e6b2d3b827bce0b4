using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A view, filters, order and columns of the inbox under a name.</summary>
public sealed class SavedFilter
{
    public required Guid Id { get; init; }
    public required string UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>The department whose people see it too; null: its owner alone.</summary>
    public string? Department { get; init; }

    /// <summary>What stands in the address after the question mark.</summary>
    public required string Query { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A person follows a case.</summary>
public sealed class CaseWatch
{
    public required string UserId { get; init; }
    public required Guid ComplaintId { get; init; }
    public required DateTimeOffset Since { get; init; }
}

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>, IEntityTypeConfiguration<CaseWatch>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.ToTable("SavedFilters");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(f => f.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(f => f.Department).HasMaxLength(ColumnLengths.Key);
        builder.Property(f => f.Query).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(f => f.UserId);
        builder.HasIndex(f => f.Department);
    }

    public void Configure(EntityTypeBuilder<CaseWatch> builder)
    {
        builder.ToTable("CaseWatches");
        builder.HasKey(w => new { w.UserId, w.ComplaintId });
        builder.Property(w => w.UserId).HasMaxLength(ColumnLengths.Key);
    }
}

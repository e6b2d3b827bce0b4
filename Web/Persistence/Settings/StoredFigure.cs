using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Settings;

/// <summary>A figure of a process as somebody entered it, or a program brought it in. Rows are only added: one for the same days takes the place of the earlier.</summary>
public sealed class StoredFigure : IConfigurationRow
{
    /// <summary>Rises; given by the database.</summary>
    public long Id { get; init; }

    public required string ProcessKey { get; init; }

    /// <summary>The fact it stands for, or its name in counters and reports.</summary>
    public required string Name { get; init; }

    /// <summary>The supplier, city … it is for; empty: for all.</summary>
    public required string For { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day of its period; null: until a later one.</summary>
    public DateOnly? Through { get; init; }

    /// <summary>The number; null: an earlier one is taken back.</summary>
    public decimal? Value { get; init; }

    /// <summary>Where it comes from, such as a gazette or a system.</summary>
    public required string Source { get; init; }

    /// <summary>The user's key, or the program's.</summary>
    public required string By { get; init; }

    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class FigureConfiguration : IEntityTypeConfiguration<StoredFigure>
{
    public void Configure(EntityTypeBuilder<StoredFigure> builder)
    {
        builder.ToTable("Figures");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedOnAdd();
        builder.Property(f => f.ProcessKey).HasMaxLength(ColumnLengths.Key);
        builder.Property(f => f.Name).HasMaxLength(ColumnLengths.Key);
        builder.Property(f => f.For).HasMaxLength(ColumnLengths.Name);
        builder.Property(f => f.Source).HasMaxLength(ColumnLengths.Name);
        builder.Property(f => f.By).HasMaxLength(ColumnLengths.Key);
        builder.Property(f => f.ByName).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(f => new { f.ProcessKey, f.Name });
    }
}

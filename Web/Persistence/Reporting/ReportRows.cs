using CaseManagement.Domain.Reporting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Reporting;

/// <summary>What a case is to a measure of a report. Written from the case some moments after it has changed; can be made again from the cases at any time.</summary>
public sealed class ReportedCase
{
    public required Guid ComplaintId { get; init; }
    public required string Report { get; init; }
    public required string Measure { get; init; }
    public required string Process { get; init; }

    /// <summary>The moment that puts the case into a period.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The values it is grouped by, see <see cref="ReportEntry.Groups"/>.</summary>
    public required string Groups { get; init; }

    /// <summary>1 where it is counted, else 0.</summary>
    public required int Counted { get; init; }

    /// <summary>1 where it is part of the base of a share, else 0.</summary>
    public required int InBase { get; init; }

    /// <summary>The leading department, repeated for who may count it.</summary>
    public string? Lead { get; init; }

    /// <summary>1 where it is kept so closely that rank does not open it, else 0.</summary>
    public required int Close { get; init; }
}

/// <summary>How far the cases of a process have been read for its reports.</summary>
public sealed class ReportProgress
{
    public required string Process { get; init; }

    /// <summary>A hash of the reports as they were; with others all cases are read again.</summary>
    public required string Digest { get; set; }

    /// <summary>Cases up to this one have been read, in the order of their ids; null: all.</summary>
    public Guid? After { get; set; }

    /// <summary>What happened to cases up to then has been read, by the wall clock.</summary>
    public required DateTimeOffset Through { get; set; }
}

/// <summary>A report that is somebody's duty, in one period. Made once by whichever node comes first.</summary>
public sealed class ReportDuty
{
    public required string Process { get; init; }
    public required string Report { get; init; }

    /// <summary>The first day of the period.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Through { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Roles it falls to, parted by spaces.</summary>
    public required string Who { get; init; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Who did it.</summary>
    public string? DoneBy { get; set; }

    /// <summary>What they say about it.</summary>
    public string? Remark { get; set; }
}

internal sealed class ReportConfiguration : IEntityTypeConfiguration<ReportedCase>, IEntityTypeConfiguration<ReportProgress>, IEntityTypeConfiguration<ReportDuty>
{
    public void Configure(EntityTypeBuilder<ReportedCase> builder)
    {
        builder.ToTable("ReportedCases");
        builder.HasKey(r => new { r.ComplaintId, r.Report, r.Measure });
        builder.Property(r => r.Report).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Measure).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Groups).HasMaxLength(ReportEntries.LongestGroups);
        builder.Property(r => r.Lead).HasMaxLength(ColumnLengths.Key);

        // a report is one range of it and reads nothing else
        builder.HasIndex(r => new { r.Process, r.Report, r.At, r.Measure, r.Lead, r.Close, r.Counted, r.InBase, r.Groups });
    }

    public void Configure(EntityTypeBuilder<ReportProgress> builder)
    {
        builder.ToTable("ReportProgress");
        builder.HasKey(p => p.Process);
        builder.Property(p => p.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(p => p.Digest).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<ReportDuty> builder)
    {
        builder.ToTable("ReportDuties");
        builder.HasKey(d => new { d.Process, d.Report, d.From });
        builder.Property(d => d.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Report).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Who).HasMaxLength(ColumnLengths.Name);
        builder.Property(d => d.DoneBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Remark).HasMaxLength(ColumnLengths.Text);
    }
}

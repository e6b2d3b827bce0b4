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

internal sealed class ReportConfiguration : IEntityTypeConfiguration<ReportedCase>, IEntityTypeConfiguration<ReportProgress>, IEntityTypeConfiguration<ReportIssue>,
    IEntityTypeConfiguration<ReportAward>
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

    public void Configure(EntityTypeBuilder<ReportIssue> builder)
    {
        builder.ToTable("ReportIssues");
        builder.HasKey(i => new { i.Process, i.Report, i.From, i.Through });
        builder.Ignore(i => i.Period);
        builder.Property(i => i.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.Report).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.Who).HasMaxLength(ColumnLengths.Name);
        builder.Property(i => i.DoneBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(i => i.Remark).HasMaxLength(ColumnLengths.Text);

        // what is left to do with them
        builder.HasIndex(i => new { i.SentAt, i.DueAt });
    }

    public void Configure(EntityTypeBuilder<ReportAward> builder)
    {
        builder.ToTable("ReportAwards");
        builder.HasKey(a => a.Id);
        builder.Ignore(a => a.Period).Ignore(a => a.Approval);
        builder.Property(a => a.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Report).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Groups).HasMaxLength(ReportEntries.LongestGroups);
        builder.Property(a => a.Calculator).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Amount).HasPrecision(18, 4);
        builder.Property(a => a.State).HasConversion<string>().HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Asked).HasMaxLength(ColumnLengths.Text);
        builder.Property(a => a.Waiting).HasMaxLength(ColumnLengths.Text);
        builder.Property(a => a.DecidedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Reason).HasMaxLength(ColumnLengths.Text);

        // one row is put forward once, however often it is worked out
        builder.HasIndex(a => new { a.Process, a.Report, a.From, a.Through, a.Groups }).IsUnique();
        builder.HasIndex(a => a.ProposedAt);
    }
}

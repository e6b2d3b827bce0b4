using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Settings;

internal sealed class AnchorConfiguration
    : IEntityTypeConfiguration<AuditAnchor>, IEntityTypeConfiguration<AuditLeaf>, IEntityTypeConfiguration<AuditKey>, IEntityTypeConfiguration<AuditSink>,
    IEntityTypeConfiguration<CaseRead>
{
    private const int KeyId = 16;
    private const int Signature = 64;

    public void Configure(EntityTypeBuilder<AuditAnchor> builder)
    {
        builder.ToTable("AuditAnchors");
        builder.HasKey(a => a.Number);
        builder.Property(a => a.Number).ValueGeneratedNever();
        builder.Property(a => a.Root).HasMaxLength(ColumnLengths.Hash);
        builder.Property(a => a.Previous).HasMaxLength(ColumnLengths.Hash);
        builder.Property(a => a.KeyId).HasMaxLength(KeyId);
        builder.Property(a => a.Signature).HasMaxLength(Signature);
    }

    public void Configure(EntityTypeBuilder<AuditLeaf> builder)
    {
        builder.ToTable("AuditLeaves");
        builder.HasKey(l => new { l.Anchor, l.Position });
        builder.Property(l => l.Anchor).ValueGeneratedNever();
        builder.Property(l => l.Position).ValueGeneratedNever();
        builder.Property(l => l.Stream).HasMaxLength(ColumnLengths.Key * 2);
        builder.Property(l => l.Head).HasMaxLength(ColumnLengths.Hash);
        builder.HasIndex(l => new { l.ComplaintId, l.Anchor }).HasFilter("\"ComplaintId\" IS NOT NULL");
        builder.HasIndex(l => new { l.Stream, l.Anchor }).HasFilter("\"Stream\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<AuditKey> builder)
    {
        builder.ToTable("AuditKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).HasMaxLength(KeyId);
    }

    public void Configure(EntityTypeBuilder<AuditSink> builder)
    {
        builder.ToTable("AuditSinks");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<CaseRead> builder)
    {
        builder.ToTable("CaseReads");
        builder.HasKey(r => new { r.Hour, r.Reader, r.ComplaintId });
        builder.Property(r => r.Reader).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(r => new { r.ComplaintId, r.Hour });
    }
}

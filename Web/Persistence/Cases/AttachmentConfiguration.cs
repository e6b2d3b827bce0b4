using CaseManagement.Domain.Complaints;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<AttachmentRow>
{
    public void Configure(EntityTypeBuilder<AttachmentRow> builder)
    {
        builder.ToTable("Attachments");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(a => a.MediaType).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.Sha256).HasMaxLength(64);
        builder.Property(a => a.ShownSha256).HasMaxLength(64);
        builder.Property(a => a.Source).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.State).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.ActorKind).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.ActorId).HasMaxLength(ColumnLengths.Key);
        builder.Property(a => a.ActorName).HasMaxLength(ColumnLengths.Name);

        builder.HasIndex(a => a.ComplaintId);
        builder.HasIndex(a => a.At).HasFilter($"\"State\" = '{nameof(AttachmentState.Pending)}'");

        // whether anybody still needs a stored file
        builder.HasIndex(a => a.Sha256);
        builder.HasIndex(a => a.ShownSha256).HasFilter("\"ShownSha256\" IS NOT NULL");
    }
}

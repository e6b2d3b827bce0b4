using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Correspondence;

internal sealed class CorrespondenceConfiguration
    : IEntityTypeConfiguration<ReceivedMessage>, IEntityTypeConfiguration<ReceivedContent>, IEntityTypeConfiguration<MessageReceipt>,
        IEntityTypeConfiguration<MessageTemplate>, IEntityTypeConfiguration<WebhookTarget>, IEntityTypeConfiguration<ProtectedSecret>
{
    public void Configure(EntityTypeBuilder<ReceivedMessage> builder)
    {
        builder.ToTable("ReceivedMessages");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Fingerprint).HasMaxLength(64);
        builder.Property(m => m.Channel).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.FromAddress).HasMaxLength(320);
        builder.Property(m => m.FromName).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.Subject).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.Authentication).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.DecidedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Decision).HasMaxLength(ColumnLengths.Text);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasIndex(m => m.Fingerprint).IsUnique();
        builder.HasIndex(m => new { m.FromAddress, m.ReceivedAt });
        builder.HasIndex(m => m.ReceivedAt).HasFilter($"\"State\" = '{nameof(ReceivedState.Quarantined)}'");
    }

    public void Configure(EntityTypeBuilder<ReceivedContent> builder)
    {
        builder.ToTable("ReceivedContents");
        builder.HasKey(c => c.MessageId);
        builder.Property(c => c.MessageId).ValueGeneratedNever();
        builder.HasOne<ReceivedMessage>().WithOne().HasForeignKey<ReceivedContent>(c => c.MessageId);
    }

    public void Configure(EntityTypeBuilder<MessageReceipt> builder)
    {
        builder.ToTable("MessageReceipts");
        builder.HasKey(r => r.MessageId);
        builder.Property(r => r.MessageId).ValueGeneratedNever();
        builder.Property(r => r.Detail).HasMaxLength(ColumnLengths.Name);
    }

    public void Configure(EntityTypeBuilder<MessageTemplate> builder)
    {
        builder.ToTable("MessageTemplates");
        builder.HasKey(t => new { t.Process, t.Key, t.Version });
        builder.Property(t => t.Process).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Key).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Version).ValueGeneratedNever();
        builder.Property(t => t.Channel).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.NameZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.NameEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.SubjectZh).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.SubjectEn).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.By).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<ProtectedSecret> builder)
    {
        builder.ToTable("ProtectedSecrets");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.Value).HasMaxLength(ColumnLengths.Text);
    }

    public void Configure(EntityTypeBuilder<WebhookTarget> builder)
    {
        builder.ToTable("WebhookTargets");
        builder.HasKey(t => t.Channel);
        builder.Property(t => t.Channel).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(t => t.Url).HasMaxLength(2000);
        builder.Property(t => t.Secret).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.OldSecret).HasMaxLength(ColumnLengths.Text);
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

internal sealed class OrganisationConfiguration
    : IEntityTypeConfiguration<Department>, IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<ApiKey>,
        IEntityTypeConfiguration<NotificationRead>, IEntityTypeConfiguration<SavedDraft>, IEntityTypeConfiguration<DataProtectionKey>,
        IEntityTypeConfiguration<NotificationRules>, IEntityTypeConfiguration<NotificationPreference>, IEntityTypeConfiguration<NoticeMail>,
        IEntityTypeConfiguration<DepartmentHead>
{
    public void Configure(EntityTypeBuilder<Department> builder)
    {
        builder.ToTable("Departments");
        builder.HasKey(d => d.Key);
        builder.Property(d => d.Key).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.NameZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(d => d.NameEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(d => d.Parent).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Head).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Substitute).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Property(d => d.Calendar).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<DepartmentHead> builder)
    {
        builder.ToTable("DepartmentHeads");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Department).HasMaxLength(ColumnLengths.Key);
        builder.Property(h => h.UserId).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("Memberships");
        builder.HasKey(m => new { m.UserId, m.Role, m.Department });
        builder.Property(m => m.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Role).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Department).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Source).HasMaxLength(ColumnLengths.Key);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(m => m.UserId);
        builder.HasIndex(m => new { m.Role, m.Department });
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(k => k.SecretHash).HasMaxLength(ColumnLengths.Hash);
        builder.Property(k => k.Scopes).HasMaxLength(ColumnLengths.Text);
        builder.Property(k => k.OwnerId).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.Processes).HasMaxLength(ColumnLengths.Text).HasDefaultValue("");
        builder.Property(k => k.Departments).HasMaxLength(ColumnLengths.Text).HasDefaultValue("");
        builder.Property(k => k.Networks).HasMaxLength(ColumnLengths.Text).HasDefaultValue("");
        builder.Property(k => k.CreatedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.AwaitsSecond).HasDefaultValue(false);
        builder.Property(k => k.AgreedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.Replaces).HasMaxLength(ColumnLengths.Key);
        builder.Property(k => k.LastUsedFrom).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<NotificationRead> builder)
    {
        builder.ToTable("NotificationReads");
        builder.HasKey(r => new { r.UserId, r.MessageId });
        builder.Property(r => r.UserId).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<NotificationRules> builder)
    {
        builder.ToTable("NotificationRules");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Zone).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Calendar).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.FallbackRole).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<NotificationPreference> builder)
    {
        builder.ToTable("NotificationPreferences");
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.WebhookUrl).HasMaxLength(2000);
        builder.Property(p => p.WebhookSecret).HasMaxLength(ColumnLengths.Text);
        builder.Property(p => p.SendsWarnings).HasDefaultValue(true);
        builder.Property(p => p.SendsOthers).HasDefaultValue(true);
        builder.Property(p => p.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<NoticeMail> builder)
    {
        builder.ToTable("NoticeMails");
        builder.HasKey(m => new { m.UserId, m.MessageId });
        builder.Property(m => m.UserId).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(m => m.DueAt);
    }

    public void Configure(EntityTypeBuilder<SavedDraft> builder)
    {
        builder.ToTable("SavedDrafts");
        builder.HasKey(d => new { d.UserId, d.TaskId });
        builder.Property(d => d.UserId).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.FriendlyName).HasMaxLength(ColumnLengths.Name);
    }
}

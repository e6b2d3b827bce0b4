using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

internal sealed class AccessConfiguration
    : IEntityTypeConfiguration<StaffSession>, IEntityTypeConfiguration<SignInCounter>, IEntityTypeConfiguration<OneTimeLink>, IEntityTypeConfiguration<AskedRole>,
        IEntityTypeConfiguration<GroupRole>
{
    public void Configure(EntityTypeBuilder<StaffSession> builder)
    {
        builder.ToTable("StaffSessions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.Method).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.Device).HasMaxLength(ColumnLengths.Key);
        builder.Property(s => s.Network).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(s => s.UserId);
        builder.HasIndex(s => s.EndsAt);
    }

    public void Configure(EntityTypeBuilder<SignInCounter> builder)
    {
        builder.ToTable("SignInCounters");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(c => c.Since);
    }

    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.ToTable("OneTimeLinks");
        builder.HasKey(l => l.SecretHash);
        builder.Property(l => l.SecretHash).HasMaxLength(ColumnLengths.Hash);
        builder.Property(l => l.UserId).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(l => l.UserId);
        builder.HasIndex(l => l.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<AskedRole> builder)
    {
        builder.ToTable("AskedRoles");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Role).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Department).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.AskedBy).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(r => new { r.UserId, r.Role, r.Department }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<GroupRole> builder)
    {
        builder.ToTable("GroupRoles");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Provider).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Group).HasMaxLength(GroupRole.LongestGroup);
        builder.Property(r => r.Role).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.Department).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.CreatedBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(r => r.AgreedBy).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(r => new { r.Provider, r.Group, r.Role, r.Department }).IsUnique();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

internal sealed class UserConfiguration
    : IEntityTypeConfiguration<AppUser>, IEntityTypeConfiguration<IdentityUserClaim<string>>,
        IEntityTypeConfiguration<IdentityUserLogin<string>>, IEntityTypeConfiguration<IdentityUserToken<string>>
{
    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("Users");
        builder.Property(u => u.Id).HasMaxLength(ColumnLengths.Key);
        builder.Property(u => u.DisplayName).HasMaxLength(ColumnLengths.Name);
        builder.Property(u => u.Language).HasMaxLength(ColumnLengths.Key);
        builder.Property(u => u.Zone).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder)
    {
        builder.ToTable("UserClaims");
        builder.Property(c => c.UserId).HasMaxLength(ColumnLengths.Key);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder)
    {
        builder.ToTable("UserLogins");
        builder.Property(l => l.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.LoginProvider).HasMaxLength(ColumnLengths.Key);
        builder.Property(l => l.ProviderKey).HasMaxLength(ColumnLengths.Key * 2);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder)
    {
        builder.ToTable("UserTokens");
        builder.Property(t => t.UserId).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.LoginProvider).HasMaxLength(ColumnLengths.Key);
        builder.Property(t => t.Name).HasMaxLength(ColumnLengths.Key);
    }
}

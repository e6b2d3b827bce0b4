using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Organisation;

internal sealed class DelegationConfiguration : IEntityTypeConfiguration<StoredDelegation>
{
    public void Configure(EntityTypeBuilder<StoredDelegation> builder)
    {
        builder.ToTable("Delegations");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.FromId).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.ToId).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Processes).HasMaxLength(ColumnLengths.Text);
        builder.Property(d => d.Kinds).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.Reason).HasMaxLength(ColumnLengths.Text);
        builder.Property(d => d.SetBy).HasMaxLength(ColumnLengths.Key);
        builder.Property(d => d.EndedBy).HasMaxLength(ColumnLengths.Key);
        builder.HasIndex(d => d.FromId);
        builder.HasIndex(d => d.ToId);

        // those that are not over are read with the organisation
        builder.HasIndex(d => d.Ends).HasFilter("\"EndedAt\" IS NULL");
    }
}

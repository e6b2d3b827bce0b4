using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class PartyConfiguration : IEntityTypeConfiguration<PartyRow>
{
    public void Configure(EntityTypeBuilder<PartyRow> builder)
    {
        builder.ToTable("CaseParties");
        builder.HasKey(p => new { p.ComplaintId, p.Kind, p.Who });
        builder.Property(p => p.Kind).HasMaxLength(20);
        builder.Property(p => p.Who).HasMaxLength(ColumnLengths.Key);

        // which cases a person is kept out of, and which closely kept ones they see
        builder.HasIndex(p => new { p.Who, p.Kind, p.ComplaintId });
        builder.HasIndex([nameof(PartyRow.ComplaintId)], "IX_CaseParties_Unbound").HasFilter($"\"Kind\" = '{PartyKinds.Unbound}'");
    }
}

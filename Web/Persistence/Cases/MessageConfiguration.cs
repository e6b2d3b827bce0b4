using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseManagement.Web.Persistence.Cases;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("Messages");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Template).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Recipient).HasMaxLength(ColumnLengths.Key * 2);
        builder.Property(m => m.Channel).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.Address).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.SubjectZh).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.SubjectEn).HasMaxLength(ColumnLengths.Name);
        builder.Property(m => m.Clock).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.State).HasMaxLength(ColumnLengths.Key);
        builder.Property(m => m.LastError).HasMaxLength(ColumnLengths.Text);

        // Which node is delivering it, and until when the others leave it alone.
        builder.Property<string?>("LeasedBy").HasMaxLength(ColumnLengths.Key);
        builder.Property<DateTimeOffset?>("LeasedUntil");

        builder.HasIndex(m => m.NextAttemptAt).HasFilter($"\"State\" = '{MessageStates.Pending}'");
        builder.HasIndex([nameof(MessageRow.CreatedAt)], "IX_Messages_Escalated").HasFilter("\"Escalation\"");
        builder.HasIndex(m => m.CreatedAt).HasFilter($"\"State\" = '{MessageStates.Noticed}'");
        builder.HasIndex(m => new { m.State, m.CreatedAt }).HasFilter($"\"State\" = '{MessageStates.Parked}'");
        builder.HasIndex(m => m.ComplaintId);
        builder.HasIndex(m => new { m.Recipient, m.CreatedAt });
    }
}

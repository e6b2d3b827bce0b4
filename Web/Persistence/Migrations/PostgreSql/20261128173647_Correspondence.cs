using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Correspondence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "SendsOthers",
                table: "NotificationPreferences",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "SendsWarnings",
                table: "NotificationPreferences",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "WebhookSecret",
                table: "NotificationPreferences",
                type: "text",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "WebhookUrl",
                table: "NotificationPreferences",
                type: "text",
                maxLength: 2000,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "MessageReceipts",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    HasArrived = table.Column<bool>(type: "boolean", nullable: false),
                    Detail = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageReceipts", x => x.MessageId);
                });

            migrationBuilder.CreateTable(
                name: "MessageTemplates",
                columns: table => new
                {
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NameZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    SubjectZh = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    SubjectEn = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    BodyZh = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    BodyEn = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsWithdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageTemplates", x => new { x.Process, x.Key, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "ProtectedSecrets",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtectedSecrets", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "ReceivedMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Fingerprint = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    FromAddress = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    FromName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Subject = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Quoted = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Authentication = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Attachments = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Reason = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Decision = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivedMessages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WebhookTargets",
                columns: table => new
                {
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Url = table.Column<string>(type: "text", maxLength: 2000, nullable: false, collation: "C"),
                    Secret = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    OldSecret = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    IsEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookTargets", x => x.Channel);
                });

            migrationBuilder.CreateTable(
                name: "ReceivedContents",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Raw = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivedContents", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_ReceivedContents_ReceivedMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "ReceivedMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_Fingerprint",
                table: "ReceivedMessages",
                column: "Fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_FromAddress_ReceivedAt",
                table: "ReceivedMessages",
                columns: new[] { "FromAddress", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_ReceivedAt",
                table: "ReceivedMessages",
                column: "ReceivedAt",
                filter: "\"State\" = 'Quarantined'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MessageReceipts");

            migrationBuilder.DropTable(
                name: "MessageTemplates");

            migrationBuilder.DropTable(
                name: "ProtectedSecrets");

            migrationBuilder.DropTable(
                name: "ReceivedContents");

            migrationBuilder.DropTable(
                name: "WebhookTargets");

            migrationBuilder.DropTable(
                name: "ReceivedMessages");

            migrationBuilder.DropColumn(
                name: "SendsOthers",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "SendsWarnings",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "WebhookSecret",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "WebhookUrl",
                table: "NotificationPreferences");
        }
    }
}

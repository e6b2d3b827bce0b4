using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Escalation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Substitute",
                table: "Departments",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Departments",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "RespondentPerson",
                table: "Cases",
                type: "text",
                maxLength: 512,
                nullable: true,
                collation: "C");

            // who is complained of stood in the document alone
            migrationBuilder.Sql("UPDATE \"Cases\" SET \"RespondentPerson\" = replace(convert_from(\"Document\", 'UTF8'), '\\u0000', '\\ufffd')::json #>> '{respondent,person}'");

            migrationBuilder.CreateTable(
                name: "NoticeMails",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeMails", x => new { x.UserId, x.MessageId });
                });

            migrationBuilder.CreateTable(
                name: "NotificationPreferences",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Mail = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    DailyAt = table.Column<int>(type: "integer", nullable: false),
                    QuietFrom = table.Column<int>(type: "integer", nullable: true),
                    QuietTo = table.Column<int>(type: "integer", nullable: true),
                    ShowsWarnings = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationPreferences", x => x.UserId);
                });

            migrationBuilder.CreateTable(
                name: "NotificationRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    BundleMinutes = table.Column<int>(type: "integer", nullable: false),
                    Quiet = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    QuietFrom = table.Column<int>(type: "integer", nullable: false),
                    QuietTo = table.Column<int>(type: "integer", nullable: false),
                    Zone = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Calendar = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    LoudLevels = table.Column<int>(type: "integer", nullable: false),
                    FallbackRole = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationRules", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_CreatedAt",
                table: "Messages",
                column: "CreatedAt",
                filter: "\"State\" = 'Noticed'");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Escalated",
                table: "Messages",
                column: "CreatedAt",
                filter: "\"Escalation\"");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_State_CreatedAt",
                table: "Messages",
                columns: new[] { "State", "CreatedAt" },
                filter: "\"State\" = 'Parked'");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_DueAt",
                table: "Clocks",
                column: "DueAt",
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_NoticeMails_DueAt",
                table: "NoticeMails",
                column: "DueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "NoticeMails");

            migrationBuilder.DropTable(
                name: "NotificationPreferences");

            migrationBuilder.DropTable(
                name: "NotificationRules");

            migrationBuilder.DropIndex(
                name: "IX_Messages_CreatedAt",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Escalated",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_State_CreatedAt",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_DueAt",
                table: "Clocks");

            migrationBuilder.DropColumn(
                name: "Substitute",
                table: "Departments");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Departments");

            migrationBuilder.DropColumn(
                name: "RespondentPerson",
                table: "Cases");
        }
    }
}

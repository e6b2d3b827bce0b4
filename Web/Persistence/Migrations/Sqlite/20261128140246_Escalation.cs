using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Departments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "RespondentPerson",
                table: "Cases",
                type: "TEXT",
                maxLength: 512,
                nullable: true);

            // who is complained of stood in the document alone
            migrationBuilder.Sql("UPDATE \"Cases\" SET \"RespondentPerson\" = json_extract(CAST(\"Document\" AS TEXT), '$.respondent.person')");

            migrationBuilder.CreateTable(
                name: "NoticeMails",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    MessageId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeMails", x => new { x.UserId, x.MessageId });
                });

            migrationBuilder.CreateTable(
                name: "NotificationPreferences",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Mail = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    DailyAt = table.Column<int>(type: "INTEGER", nullable: false),
                    QuietFrom = table.Column<int>(type: "INTEGER", nullable: true),
                    QuietTo = table.Column<int>(type: "INTEGER", nullable: true),
                    ShowsWarnings = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationPreferences", x => x.UserId);
                });

            migrationBuilder.CreateTable(
                name: "NotificationRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    BundleMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Quiet = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    QuietFrom = table.Column<int>(type: "INTEGER", nullable: false),
                    QuietTo = table.Column<int>(type: "INTEGER", nullable: false),
                    Zone = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Calendar = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    LoudLevels = table.Column<int>(type: "INTEGER", nullable: false),
                    FallbackRole = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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

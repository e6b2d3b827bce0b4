using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CodeEndsAt",
                table: "TrackingSessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CodeHash",
                table: "TrackingSessions",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CodeTries",
                table: "TrackingSessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ProvedUntil",
                table: "TrackingSessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Delegations",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FromId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ToId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Starts = table.Column<long>(type: "INTEGER", nullable: false),
                    Ends = table.Column<long>(type: "INTEGER", nullable: false),
                    IsCover = table.Column<bool>(type: "INTEGER", nullable: false),
                    Processes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Kinds = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    SetBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Delegations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_Ends",
                table: "Delegations",
                column: "Ends",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_FromId",
                table: "Delegations",
                column: "FromId");

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_ToId",
                table: "Delegations",
                column: "ToId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Delegations");

            migrationBuilder.DropColumn(
                name: "CodeEndsAt",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "CodeHash",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "CodeTries",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "ProvedUntil",
                table: "TrackingSessions");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InboxLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Lead_Status",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Status_NextDueAt",
                table: "Cases");

            migrationBuilder.CreateTable(
                name: "CaseTexts",
                columns: table => new
                {
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    People = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTexts", x => x.ComplaintId);
                });

            migrationBuilder.CreateTable(
                name: "CaseWatches",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseWatches", x => new { x.UserId, x.ComplaintId });
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Department = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Query = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Assignee_ComplaintId",
                table: "Tasks",
                columns: new[] { "Assignee", "ComplaintId" },
                filter: "\"Assignee\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_ActorId_ComplaintId",
                table: "Events",
                columns: new[] { "ActorId", "ComplaintId" },
                filter: "\"Sequence\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_ClosedAt",
                table: "Cases",
                columns: new[] { "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Lead",
                table: "Cases",
                columns: new[] { "Lead", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases",
                columns: new[] { "Lead", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_Department",
                table: "SavedFilters",
                column: "Department");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_UserId",
                table: "SavedFilters",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseTexts");

            migrationBuilder.DropTable(
                name: "CaseWatches");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Assignee_ComplaintId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Events_ActorId_ComplaintId",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_ClosedAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Lead_Status",
                table: "Cases",
                columns: new[] { "Lead", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_NextDueAt",
                table: "Cases",
                columns: new[] { "Status", "NextDueAt" });
        }
    }
}

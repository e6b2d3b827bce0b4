using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
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
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                    People = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTexts", x => x.ComplaintId);
                });

            migrationBuilder.CreateTable(
                name: "CaseWatches",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseWatches", x => new { x.UserId, x.ComplaintId });
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Query = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "IX_Cases_Open_Channel",
                table: "Cases",
                column: "Channel",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases",
                columns: new[] { "Lead", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Level",
                table: "Cases",
                column: "Level",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_LevelRank",
                table: "Cases",
                columns: new[] { "LevelRank", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Process",
                table: "Cases",
                column: "Process",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_People",
                table: "CaseTexts",
                column: "People")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Words",
                table: "CaseTexts",
                column: "Words")
                .Annotation("Npgsql:IndexMethod", "gin");

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
                name: "IX_Cases_Open_Channel",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Level",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_LevelRank",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Process",
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

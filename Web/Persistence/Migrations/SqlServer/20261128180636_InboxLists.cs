using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.SqlServer
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

            migrationBuilder.AlterColumn<string>(
                name: "ActorId",
                table: "Events",
                type: "nvarchar(128)",
                maxLength: 128,
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(max)",
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "CaseTexts",
                columns: table => new
                {
                    ComplaintId = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    Words = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    People = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTexts", x => x.ComplaintId);
                });

            migrationBuilder.CreateTable(
                name: "CaseWatches",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ComplaintId = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseWatches", x => new { x.UserId, x.ComplaintId });
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    UserId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    Department = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Query = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                filter: "\"Status\" <> N'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Lead",
                table: "Cases",
                columns: new[] { "Lead", "ClosedAt", "Id" },
                filter: "\"Status\" <> N'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases",
                columns: new[] { "Lead", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = N'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = N'open'");

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

            migrationBuilder.AlterColumn<string>(
                name: "ActorId",
                table: "Events",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(128)",
                oldMaxLength: 128,
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

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

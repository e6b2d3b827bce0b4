using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OwnElsewhere : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "Tasks",
                type: "nvarchar(128)",
                maxLength: 128,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "TaskCandidates",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Chain",
                table: "TaskCandidates",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Unclassified",
                table: "Cases",
                column: "Id",
                filter: "\"Confidentiality\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Assignee_Lead_ComplaintId",
                table: "Tasks",
                columns: new[] { "Assignee", "Lead", "ComplaintId" },
                filter: "\"Assignee\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Lead_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Lead", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Unclassified",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Assignee_Lead_ComplaintId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status_Lead_Id",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Lead",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "Lead",
                table: "TaskCandidates");

            migrationBuilder.DropColumn(
                name: "Chain",
                table: "TaskCandidates");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Id" });
        }
    }
}

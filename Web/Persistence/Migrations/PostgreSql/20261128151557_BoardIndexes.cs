using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class BoardIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Unclaimed",
                table: "Tasks",
                column: "ComplaintId",
                filter: "\"State\" = 'Open' AND \"Assignee\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_Paused",
                table: "Clocks",
                column: "ComplaintId",
                filter: "\"State\" = 'paused'");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_WarnAt",
                table: "Clocks",
                column: "WarnAt",
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_Unclaimed",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_Paused",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_WarnAt",
                table: "Clocks");
        }
    }
}

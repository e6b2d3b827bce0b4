using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Speed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TaskCandidates_Candidate_DueAt",
                table: "TaskCandidates");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_DueAt",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_WarnAt",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status",
                table: "Cases");

            migrationBuilder.AddColumn<byte[]>(
                name: "ComplaintId",
                table: "TaskCandidates",
                type: "binary(16)",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "CaseTexts",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "CaseTexts",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Approvals",
                table: "Tasks",
                columns: new[] { "CreatedAt", "Id" },
                filter: "\"Chain\" IS NOT NULL AND \"DoneAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates",
                columns: new[] { "Candidate", "DueAt", "ComplaintId" });

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_DueAt_ComplaintId",
                table: "Clocks",
                columns: new[] { "DueAt", "ComplaintId" },
                filter: "\"MetAt\" IS NULL AND \"State\" IN (N'running', N'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_WarnAt_DueAt_ComplaintId",
                table: "Clocks",
                columns: new[] { "WarnAt", "DueAt", "ComplaintId" },
                filter: "\"MetAt\" IS NULL AND \"State\" IN (N'running', N'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_Approvals",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_DueAt_ComplaintId",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_WarnAt_DueAt_ComplaintId",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ComplaintId",
                table: "TaskCandidates");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "CaseTexts");

            migrationBuilder.DropColumn(
                name: "Lead",
                table: "CaseTexts");

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidates_Candidate_DueAt",
                table: "TaskCandidates",
                columns: new[] { "Candidate", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_DueAt",
                table: "Clocks",
                column: "DueAt",
                filter: "\"MetAt\" IS NULL AND \"State\" IN (N'running', N'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_WarnAt",
                table: "Clocks",
                column: "WarnAt",
                filter: "\"MetAt\" IS NULL AND \"State\" IN (N'running', N'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status",
                table: "Cases",
                columns: new[] { "Handler", "Status" });
        }
    }
}

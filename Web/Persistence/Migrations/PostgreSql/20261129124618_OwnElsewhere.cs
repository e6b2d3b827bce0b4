using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class OwnElsewhere : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "Tasks",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "TaskCandidates",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Chain",
                table: "TaskCandidates",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

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
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates",
                columns: new[] { "Candidate", "DueAt", "ComplaintId" })
                .Annotation("Npgsql:IndexInclude", new[] { "Lead", "Chain" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Lead_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Lead", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'")
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "Confidentiality", "Handler", "Lead" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Unclassified",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Assignee_Lead_ComplaintId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates");

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
                name: "IX_TaskCandidates_Candidate_DueAt_ComplaintId",
                table: "TaskCandidates",
                columns: new[] { "Candidate", "DueAt", "ComplaintId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'")
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "Confidentiality" });
        }
    }
}

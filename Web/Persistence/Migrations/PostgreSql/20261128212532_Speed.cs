using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
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

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.AddColumn<Guid>(
                name: "ComplaintId",
                table: "TaskCandidates",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "CaseTexts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Lead",
                table: "CaseTexts",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

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
                name: "IX_Messages_EscalatedTo",
                table: "Messages",
                columns: new[] { "Recipient", "ComplaintId", "Id" },
                filter: "\"Escalation\" AND \"Channel\" = 'inbox'");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_DueAt_ComplaintId",
                table: "Clocks",
                columns: new[] { "DueAt", "ComplaintId" },
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_WarnAt_DueAt_ComplaintId",
                table: "Clocks",
                columns: new[] { "WarnAt", "DueAt", "ComplaintId" },
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Lead",
                table: "CaseTexts",
                columns: new[] { "Lead", "ComplaintId" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Open_Lead",
                table: "CaseTexts",
                columns: new[] { "Lead", "ComplaintId" },
                filter: "\"IsOpen\"");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Channel",
                table: "Cases",
                columns: new[] { "Channel", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Handler",
                table: "Cases",
                columns: new[] { "Handler", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Level",
                table: "Cases",
                columns: new[] { "Level", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Process",
                table: "Cases",
                columns: new[] { "Process", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Status",
                table: "Cases",
                columns: new[] { "Status", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases",
                columns: new[] { "Handler", "Status", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases",
                columns: new[] { "Lead", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'")
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "RespondentPerson", "Handler" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'")
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "RespondentPerson" });
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
                name: "IX_Messages_EscalatedTo",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_DueAt_ComplaintId",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_WarnAt_DueAt_ComplaintId",
                table: "Clocks");

            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Lead",
                table: "CaseTexts");

            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Open_Lead",
                table: "CaseTexts");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Channel",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Handler",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Level",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Process",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Status",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Handler_Status_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
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
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_WarnAt",
                table: "Clocks",
                column: "WarnAt",
                filter: "\"MetAt\" IS NULL AND \"State\" IN ('running', 'breached')");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status",
                table: "Cases",
                columns: new[] { "Handler", "Status" });

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
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Safeguards : Migration
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

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PasswordChangedAt",
                table: "Users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ComplaintId",
                table: "TaskCandidates",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "Memberships",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Anchored",
                table: "ConfigurationEvents",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.AddColumn<int>(
                name: "Anchored",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Confidentiality",
                table: "Cases",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AgreedBy",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "AwaitsSecond",
                table: "ApiKeys",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Previous = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Erasures = table.Column<long>(type: "bigint", nullable: false),
                    KeyId = table.Column<string>(type: "text", maxLength: 16, nullable: false, collation: "C"),
                    Signature = table.Column<byte[]>(type: "bytea", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "AuditKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 16, nullable: false, collation: "C"),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditLeaves",
                columns: table => new
                {
                    Anchor = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: true),
                    Stream = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Head = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditLeaves", x => new { x.Anchor, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "AuditSinks",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Sent = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSinks", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "CaseCounts",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Counter = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Group = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    Number = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Distinct = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    Holds = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseCounts", x => new { x.ComplaintId, x.Counter });
                });

            migrationBuilder.CreateTable(
                name: "CaseParties",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    Who = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseParties", x => new { x.ComplaintId, x.Kind, x.Who });
                });

            migrationBuilder.CreateTable(
                name: "CaseReads",
                columns: table => new
                {
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Reader = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseReads", x => new { x.Hour, x.Reader, x.ComplaintId });
                });

            migrationBuilder.CreateTable(
                name: "DepartmentHeads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DepartmentHeads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "GroupRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Provider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Group = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NeedsSecond = table.Column<bool>(type: "boolean", nullable: false),
                    AgreedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupRoles", x => x.Id);
                });

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
                name: "IX_Events_RecordedAt_ComplaintId_Sequence",
                table: "Events",
                columns: new[] { "RecordedAt", "ComplaintId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_ConfigurationEvents_RecordedAt_Stream_Sequence",
                table: "ConfigurationEvents",
                columns: new[] { "RecordedAt", "Stream", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_ConfigurationEvents_Unanchored",
                table: "ConfigurationEvents",
                columns: new[] { "Stream", "Sequence" },
                filter: "\"Anchored\" = 0");

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
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "Confidentiality", "Handler" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'")
                .Annotation("Npgsql:IndexInclude", new[] { "LevelRank", "Process", "Level", "Channel", "Confidentiality" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Unanchored",
                table: "Cases",
                column: "Id",
                filter: "\"Anchored\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLeaves_ComplaintId_Anchor",
                table: "AuditLeaves",
                columns: new[] { "ComplaintId", "Anchor" },
                filter: "\"ComplaintId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLeaves_Stream_Anchor",
                table: "AuditLeaves",
                columns: new[] { "Stream", "Anchor" },
                filter: "\"Stream\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CaseCounts_Group_At",
                table: "CaseCounts",
                columns: new[] { "Group", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unbound",
                table: "CaseParties",
                column: "ComplaintId",
                filter: "\"Kind\" = 'unbound'");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Who_Kind_ComplaintId",
                table: "CaseParties",
                columns: new[] { "Who", "Kind", "ComplaintId" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseReads_ComplaintId_Hour",
                table: "CaseReads",
                columns: new[] { "ComplaintId", "Hour" });

            migrationBuilder.CreateIndex(
                name: "IX_GroupRoles_Provider_Group_Role_Department",
                table: "GroupRoles",
                columns: new[] { "Provider", "Group", "Role", "Department" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditAnchors");

            migrationBuilder.DropTable(
                name: "AuditKeys");

            migrationBuilder.DropTable(
                name: "AuditLeaves");

            migrationBuilder.DropTable(
                name: "AuditSinks");

            migrationBuilder.DropTable(
                name: "CaseCounts");

            migrationBuilder.DropTable(
                name: "CaseParties");

            migrationBuilder.DropTable(
                name: "CaseReads");

            migrationBuilder.DropTable(
                name: "DepartmentHeads");

            migrationBuilder.DropTable(
                name: "GroupRoles");

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
                name: "IX_Events_RecordedAt_ComplaintId_Sequence",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_ConfigurationEvents_RecordedAt_Stream_Sequence",
                table: "ConfigurationEvents");

            migrationBuilder.DropIndex(
                name: "IX_ConfigurationEvents_Unanchored",
                table: "ConfigurationEvents");

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

            migrationBuilder.DropIndex(
                name: "IX_Cases_Unanchored",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "PasswordChangedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "ComplaintId",
                table: "TaskCandidates");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "Anchored",
                table: "ConfigurationEvents");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "CaseTexts");

            migrationBuilder.DropColumn(
                name: "Lead",
                table: "CaseTexts");

            migrationBuilder.DropColumn(
                name: "Anchored",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Confidentiality",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "AgreedBy",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "AwaitsSecond",
                table: "ApiKeys");

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

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IssuesLessonsEmergencies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReportDuties");

            migrationBuilder.CreateTable(
                name: "BreakGlassOpenings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    PersonId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReviewBy = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReviewedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BreakGlassOpenings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lessons",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProcessKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Level = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Situation = table.Column<string>(type: "TEXT", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", nullable: false),
                    Measures = table.Column<string>(type: "TEXT", nullable: false),
                    Advice = table.Column<string>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProposedByName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    DecidedByName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lessons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportAwards",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Process = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Through = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Groups = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    Calculator = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: false),
                    MustBeChosen = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Asked = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Waiting = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportAwards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportIssues",
                columns: table => new
                {
                    Process = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Through = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Who = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Answers = table.Column<string>(type: "TEXT", nullable: true),
                    EscalatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AwardedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportIssues", x => new { x.Process, x.Report, x.From, x.Through });
                });

            migrationBuilder.CreateIndex(
                name: "IX_BreakGlassOpenings_AskedAt",
                table: "BreakGlassOpenings",
                column: "AskedAt");

            migrationBuilder.CreateIndex(
                name: "IX_BreakGlassOpenings_PersonId_EndsAt",
                table: "BreakGlassOpenings",
                columns: new[] { "PersonId", "EndsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_ComplaintId",
                table: "Lessons",
                column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_State_DecidedAt",
                table: "Lessons",
                columns: new[] { "State", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportAwards_Process_Report_From_Through_Groups",
                table: "ReportAwards",
                columns: new[] { "Process", "Report", "From", "Through", "Groups" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReportAwards_ProposedAt",
                table: "ReportAwards",
                column: "ProposedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReportIssues_SentAt_DueAt",
                table: "ReportIssues",
                columns: new[] { "SentAt", "DueAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BreakGlassOpenings");

            migrationBuilder.DropTable(
                name: "Lessons");

            migrationBuilder.DropTable(
                name: "ReportAwards");

            migrationBuilder.DropTable(
                name: "ReportIssues");

            migrationBuilder.CreateTable(
                name: "ReportDuties",
                columns: table => new
                {
                    Process = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneBy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Through = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Who = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportDuties", x => new { x.Process, x.Report, x.From });
                });
        }
    }
}

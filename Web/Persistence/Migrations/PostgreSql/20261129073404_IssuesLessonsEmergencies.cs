using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    PersonId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    OpenedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReviewBy = table.Column<DateOnly>(type: "date", nullable: true),
                    ReviewedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Remark = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BreakGlassOpenings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lessons",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Category = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Level = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Title = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Situation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Cause = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Measures = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Advice = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Words = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ProposedBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ProposedByName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    ProposedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    DecidedByName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Remark = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lessons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportAwards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Report = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Through = table.Column<DateOnly>(type: "date", nullable: false),
                    Groups = table.Column<string>(type: "text", maxLength: 240, nullable: false, collation: "C"),
                    Calculator = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    MustBeChosen = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Asked = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    Waiting = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    ProposedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportAwards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportIssues",
                columns: table => new
                {
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Report = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Through = table.Column<DateOnly>(type: "date", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Who = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DoneBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Remark = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Answers = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EscalatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AwardedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Report = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DoneBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Remark = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Through = table.Column<DateOnly>(type: "date", nullable: false),
                    Who = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportDuties", x => new { x.Process, x.Report, x.From });
                });
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Weight",
                table: "CaseCounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "Figures",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProcessKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    For = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Through = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Value = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ByName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Figures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportDuties",
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
                    Remark = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportDuties", x => new { x.Process, x.Report, x.From });
                });

            migrationBuilder.CreateTable(
                name: "ReportedCases",
                columns: table => new
                {
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Measure = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Process = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Groups = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    Counted = table.Column<int>(type: "INTEGER", nullable: false),
                    InBase = table.Column<int>(type: "INTEGER", nullable: false),
                    Lead = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Close = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportedCases", x => new { x.ComplaintId, x.Report, x.Measure });
                });

            migrationBuilder.CreateTable(
                name: "ReportProgress",
                columns: table => new
                {
                    Process = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    After = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Through = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportProgress", x => x.Process);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Figures_ProcessKey_Name",
                table: "Figures",
                columns: new[] { "ProcessKey", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportedCases_Process_Report_At_Measure_Lead_Close_Counted_InBase_Groups",
                table: "ReportedCases",
                columns: new[] { "Process", "Report", "At", "Measure", "Lead", "Close", "Counted", "InBase", "Groups" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Figures");

            migrationBuilder.DropTable(
                name: "ReportDuties");

            migrationBuilder.DropTable(
                name: "ReportedCases");

            migrationBuilder.DropTable(
                name: "ReportProgress");

            migrationBuilder.DropColumn(
                name: "Weight",
                table: "CaseCounts");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
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
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "Figures",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    For = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Through = table.Column<DateOnly>(type: "date", nullable: true),
                    Value = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    Source = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    By = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Figures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportDuties",
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
                    Remark = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportDuties", x => new { x.Process, x.Report, x.From });
                });

            migrationBuilder.CreateTable(
                name: "ReportedCases",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Report = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Measure = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Groups = table.Column<string>(type: "text", maxLength: 240, nullable: false, collation: "C"),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    InBase = table.Column<int>(type: "integer", nullable: false),
                    Lead = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Close = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportedCases", x => new { x.ComplaintId, x.Report, x.Measure });
                });

            migrationBuilder.CreateTable(
                name: "ReportProgress",
                columns: table => new
                {
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Digest = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    After = table.Column<Guid>(type: "uuid", nullable: true),
                    Through = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "IX_ReportedCases_Process_Report_At_Measure_Lead_Close_Counted_~",
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

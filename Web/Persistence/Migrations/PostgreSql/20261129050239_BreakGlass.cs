using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class BreakGlass : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_BreakGlassOpenings_AskedAt",
                table: "BreakGlassOpenings",
                column: "AskedAt");

            migrationBuilder.CreateIndex(
                name: "IX_BreakGlassOpenings_PersonId_EndsAt",
                table: "BreakGlassOpenings",
                columns: new[] { "PersonId", "EndsAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BreakGlassOpenings");
        }
    }
}

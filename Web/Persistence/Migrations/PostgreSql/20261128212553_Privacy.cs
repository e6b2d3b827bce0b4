using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Privacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Confidentiality",
                table: "Cases",
                type: "integer",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unbound",
                table: "CaseParties",
                column: "ComplaintId",
                filter: "\"Kind\" = 'unbound'");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Who_Kind_ComplaintId",
                table: "CaseParties",
                columns: new[] { "Who", "Kind", "ComplaintId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseParties");

            migrationBuilder.DropTable(
                name: "DepartmentHeads");

            migrationBuilder.DropColumn(
                name: "Confidentiality",
                table: "Cases");
        }
    }
}

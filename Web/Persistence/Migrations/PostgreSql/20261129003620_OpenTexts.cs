using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class OpenTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Open_People",
                table: "CaseTexts",
                column: "People",
                filter: "\"IsOpen\"")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Open_Words",
                table: "CaseTexts",
                column: "Words",
                filter: "\"IsOpen\"")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Open_People",
                table: "CaseTexts");

            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Open_Words",
                table: "CaseTexts");
        }
    }
}

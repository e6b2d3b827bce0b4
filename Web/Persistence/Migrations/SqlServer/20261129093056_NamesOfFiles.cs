using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class NamesOfFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // what cases with files are found by is written anew after the start, with the names of the files
            migrationBuilder.Sql("DELETE FROM [CaseTexts] WHERE [ComplaintId] IN (SELECT [ComplaintId] FROM [Attachments])");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}

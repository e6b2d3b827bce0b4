using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class LimitPatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "AuditText",
                table: "LimitChanges",
                newName: "Entry");

            migrationBuilder.AddColumn<string>(
                name: "Patch",
                table: "LimitChanges",
                type: "text",
                nullable: false,
                defaultValue: "{}",
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "Undoes",
                table: "LimitChanges",
                type: "bigint",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "LimitChanges" SET "Patch" = jsonb_strip_nulls(jsonb_build_object('amount', "Amount", 'unit', "Unit", 'calendar', "Calendar", 'rungs', "RungsJson"::jsonb))::text
                """);

            migrationBuilder.DropColumn(
                name: "Amount",
                table: "LimitChanges");

            migrationBuilder.DropColumn(
                name: "Calendar",
                table: "LimitChanges");

            migrationBuilder.DropColumn(
                name: "RungsJson",
                table: "LimitChanges");

            migrationBuilder.DropColumn(
                name: "Unit",
                table: "LimitChanges");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Patch",
                table: "LimitChanges");

            migrationBuilder.DropColumn(
                name: "Undoes",
                table: "LimitChanges");

            migrationBuilder.RenameColumn(
                name: "Entry",
                table: "LimitChanges",
                newName: "AuditText");

            migrationBuilder.AddColumn<decimal>(
                name: "Amount",
                table: "LimitChanges",
                type: "numeric(18,4)",
                precision: 18,
                scale: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Calendar",
                table: "LimitChanges",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "RungsJson",
                table: "LimitChanges",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Unit",
                table: "LimitChanges",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");
        }
    }
}

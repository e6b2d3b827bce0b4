using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
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
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<long>(
                name: "Undoes",
                table: "LimitChanges",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "LimitChanges" SET "Patch" = json_patch('{}', json_object('amount', CAST("Amount" AS REAL), 'unit', "Unit", 'calendar', "Calendar", 'rungs', json("RungsJson")))
                """);

            // in place: EF Core would rebuild the table, which it cannot do within the migration's transaction
            migrationBuilder.Sql("""ALTER TABLE "LimitChanges" DROP COLUMN "Amount" """);

            migrationBuilder.Sql("""ALTER TABLE "LimitChanges" DROP COLUMN "Calendar" """);

            migrationBuilder.Sql("""ALTER TABLE "LimitChanges" DROP COLUMN "RungsJson" """);

            migrationBuilder.Sql("""ALTER TABLE "LimitChanges" DROP COLUMN "Unit" """);
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
                type: "TEXT",
                precision: 18,
                scale: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Calendar",
                table: "LimitChanges",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RungsJson",
                table: "LimitChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Unit",
                table: "LimitChanges",
                type: "TEXT",
                maxLength: 128,
                nullable: true);
        }
    }
}

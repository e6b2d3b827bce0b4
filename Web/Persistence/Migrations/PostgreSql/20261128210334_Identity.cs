using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Identity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PasswordChangedAt",
                table: "Users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "Memberships",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "AgreedBy",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "AwaitsSecond",
                table: "ApiKeys",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "GroupRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Provider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Group = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NeedsSecond = table.Column<bool>(type: "boolean", nullable: false),
                    AgreedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupRoles", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_GroupRoles_Provider_Group_Role_Department",
                table: "GroupRoles",
                columns: new[] { "Provider", "Group", "Role", "Department" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "GroupRoles");

            migrationBuilder.DropColumn(
                name: "PasswordChangedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "AgreedBy",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "AwaitsSecond",
                table: "ApiKeys");
        }
    }
}

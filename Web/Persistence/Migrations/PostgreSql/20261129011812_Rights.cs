using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CodeEndsAt",
                table: "TrackingSessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CodeHash",
                table: "TrackingSessions",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "CodeTries",
                table: "TrackingSessions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProvedUntil",
                table: "TrackingSessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FromId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ToId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Starts = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Ends = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    IsCover = table.Column<bool>(type: "boolean", nullable: false),
                    Processes = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    Kinds = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    SetBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    SetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Delegations", x => x.Id);
                });

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

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_Ends",
                table: "Delegations",
                column: "Ends",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_FromId",
                table: "Delegations",
                column: "FromId");

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_ToId",
                table: "Delegations",
                column: "ToId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Delegations");

            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Open_People",
                table: "CaseTexts");

            migrationBuilder.DropIndex(
                name: "IX_CaseTexts_Open_Words",
                table: "CaseTexts");

            migrationBuilder.DropColumn(
                name: "CodeEndsAt",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "CodeHash",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "CodeTries",
                table: "TrackingSessions");

            migrationBuilder.DropColumn(
                name: "ProvedUntil",
                table: "TrackingSessions");
        }
    }
}

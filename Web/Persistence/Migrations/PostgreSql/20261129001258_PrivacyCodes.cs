using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PrivacyCodes : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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

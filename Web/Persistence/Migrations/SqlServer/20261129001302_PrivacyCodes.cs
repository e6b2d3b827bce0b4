using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.SqlServer
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
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CodeHash",
                table: "TrackingSessions",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "CodeTries",
                table: "TrackingSessions",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProvedUntil",
                table: "TrackingSessions",
                type: "datetimeoffset",
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

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditAnchors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Anchored",
                table: "ConfigurationEvents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Anchored",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Previous = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Erasures = table.Column<long>(type: "INTEGER", nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "AuditKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditLeaves",
                columns: table => new
                {
                    Anchor = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Stream = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditLeaves", x => new { x.Anchor, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "AuditSinks",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Sent = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSinks", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "CaseReads",
                columns: table => new
                {
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Reader = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ComplaintId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseReads", x => new { x.Hour, x.Reader, x.ComplaintId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Events_RecordedAt_ComplaintId_Sequence",
                table: "Events",
                columns: new[] { "RecordedAt", "ComplaintId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_ConfigurationEvents_RecordedAt_Stream_Sequence",
                table: "ConfigurationEvents",
                columns: new[] { "RecordedAt", "Stream", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_ConfigurationEvents_Unanchored",
                table: "ConfigurationEvents",
                columns: new[] { "Stream", "Sequence" },
                filter: "\"Anchored\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Unanchored",
                table: "Cases",
                column: "Id",
                filter: "\"Anchored\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLeaves_ComplaintId_Anchor",
                table: "AuditLeaves",
                columns: new[] { "ComplaintId", "Anchor" },
                filter: "\"ComplaintId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLeaves_Stream_Anchor",
                table: "AuditLeaves",
                columns: new[] { "Stream", "Anchor" },
                filter: "\"Stream\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CaseReads_ComplaintId_Hour",
                table: "CaseReads",
                columns: new[] { "ComplaintId", "Hour" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditAnchors");

            migrationBuilder.DropTable(
                name: "AuditKeys");

            migrationBuilder.DropTable(
                name: "AuditLeaves");

            migrationBuilder.DropTable(
                name: "AuditSinks");

            migrationBuilder.DropTable(
                name: "CaseReads");

            migrationBuilder.DropIndex(
                name: "IX_Events_RecordedAt_ComplaintId_Sequence",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_ConfigurationEvents_RecordedAt_Stream_Sequence",
                table: "ConfigurationEvents");

            migrationBuilder.DropIndex(
                name: "IX_ConfigurationEvents_Unanchored",
                table: "ConfigurationEvents");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Unanchored",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Anchored",
                table: "ConfigurationEvents");

            migrationBuilder.DropColumn(
                name: "Anchored",
                table: "Cases");
        }
    }
}

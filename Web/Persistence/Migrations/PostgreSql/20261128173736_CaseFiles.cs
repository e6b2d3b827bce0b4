using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class CaseFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Attachments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    MediaType = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    ShownSha256 = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Source = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorKind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ActorName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attachments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CaseTraces",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Trace = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTraces", x => new { x.ComplaintId, x.Kind });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_At",
                table: "Attachments",
                column: "At",
                filter: "\"State\" = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_ComplaintId",
                table: "Attachments",
                column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_Sha256",
                table: "Attachments",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_ShownSha256",
                table: "Attachments",
                column: "ShownSha256",
                filter: "\"ShownSha256\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTraces_Trace_ComplaintId",
                table: "CaseTraces",
                columns: new[] { "Trace", "ComplaintId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Attachments");

            migrationBuilder.DropTable(
                name: "CaseTraces");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Workplace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Lead_Status",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Status_NextDueAt",
                table: "Cases");

            migrationBuilder.AddColumn<bool>(
                name: "SendsOthers",
                table: "NotificationPreferences",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "SendsWarnings",
                table: "NotificationPreferences",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "WebhookSecret",
                table: "NotificationPreferences",
                type: "text",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "WebhookUrl",
                table: "NotificationPreferences",
                type: "text",
                maxLength: 2000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "CreatedBy",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Departments",
                table: "ApiKeys",
                type: "text",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "LastUsedFrom",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Networks",
                table: "ApiKeys",
                type: "text",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "OwnerId",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Processes",
                table: "ApiKeys",
                type: "text",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Replaces",
                table: "ApiKeys",
                type: "text",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "AddressKeys",
                columns: table => new
                {
                    Day = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Sealed = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AddressKeys", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "AskedRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    AskedBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AskedRoles", x => x.Id);
                });

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
                name: "CaseTexts",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                    People = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTexts", x => x.ComplaintId);
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

            migrationBuilder.CreateTable(
                name: "CaseWatches",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseWatches", x => new { x.UserId, x.ComplaintId });
                });

            migrationBuilder.CreateTable(
                name: "MessageReceipts",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    HasArrived = table.Column<bool>(type: "boolean", nullable: false),
                    Detail = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageReceipts", x => x.MessageId);
                });

            migrationBuilder.CreateTable(
                name: "MessageTemplates",
                columns: table => new
                {
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NameZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    SubjectZh = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    SubjectEn = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    BodyZh = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    BodyEn = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsWithdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageTemplates", x => new { x.Process, x.Key, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "OneTimeLinks",
                columns: table => new
                {
                    SecretHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Purpose = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeLinks", x => x.SecretHash);
                });

            migrationBuilder.CreateTable(
                name: "ProtectedSecrets",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtectedSecrets", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "RateCounters",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateCounters", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "ReceivedMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Fingerprint = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    FromAddress = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    FromName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Subject = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Quoted = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Authentication = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Attachments = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Reason = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Decision = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivedMessages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Query = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInCounters",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Misses = table.Column<int>(type: "integer", nullable: false),
                    InRow = table.Column<int>(type: "integer", nullable: false),
                    Waits = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    WaitUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInCounters", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StaffSessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    IdleMinutes = table.Column<int>(type: "integer", nullable: false),
                    Method = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ProvedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Device = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Network = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TrackingSessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    TrackingHash = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrackingSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WebhookTargets",
                columns: table => new
                {
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Url = table.Column<string>(type: "text", maxLength: 2000, nullable: false, collation: "C"),
                    Secret = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    OldSecret = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    IsEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookTargets", x => x.Channel);
                });

            migrationBuilder.CreateTable(
                name: "ReceivedContents",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Raw = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivedContents", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_ReceivedContents_ReceivedMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "ReceivedMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Assignee_ComplaintId",
                table: "Tasks",
                columns: new[] { "Assignee", "ComplaintId" },
                filter: "\"Assignee\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_ActorId_ComplaintId",
                table: "Events",
                columns: new[] { "ActorId", "ComplaintId" },
                filter: "\"Sequence\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_ClosedAt",
                table: "Cases",
                columns: new[] { "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed_Lead",
                table: "Cases",
                columns: new[] { "Lead", "ClosedAt", "Id" },
                filter: "\"Status\" <> 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Channel",
                table: "Cases",
                column: "Channel",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases",
                columns: new[] { "Lead", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Level",
                table: "Cases",
                column: "Level",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_LevelRank",
                table: "Cases",
                columns: new[] { "LevelRank", "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases",
                columns: new[] { "NextDueAt", "ReceivedAt", "Id" },
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open_Process",
                table: "Cases",
                column: "Process",
                filter: "\"Status\" = 'open'");

            migrationBuilder.CreateIndex(
                name: "IX_AskedRoles_UserId_Role_Department",
                table: "AskedRoles",
                columns: new[] { "UserId", "Role", "Department" },
                unique: true);

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
                name: "IX_CaseTexts_People",
                table: "CaseTexts",
                column: "People")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTexts_Words",
                table: "CaseTexts",
                column: "Words")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_CaseTraces_Trace_ComplaintId",
                table: "CaseTraces",
                columns: new[] { "Trace", "ComplaintId" });

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeLinks_ExpiresAt",
                table: "OneTimeLinks",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeLinks_UserId",
                table: "OneTimeLinks",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_RateCounters_EndsAt",
                table: "RateCounters",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_Fingerprint",
                table: "ReceivedMessages",
                column: "Fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_FromAddress_ReceivedAt",
                table: "ReceivedMessages",
                columns: new[] { "FromAddress", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMessages_ReceivedAt",
                table: "ReceivedMessages",
                column: "ReceivedAt",
                filter: "\"State\" = 'Quarantined'");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_Department",
                table: "SavedFilters",
                column: "Department");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_UserId",
                table: "SavedFilters",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_SignInCounters_Since",
                table: "SignInCounters",
                column: "Since");

            migrationBuilder.CreateIndex(
                name: "IX_StaffSessions_EndsAt",
                table: "StaffSessions",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_StaffSessions_UserId",
                table: "StaffSessions",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_TrackingSessions_EndsAt",
                table: "TrackingSessions",
                column: "EndsAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AddressKeys");

            migrationBuilder.DropTable(
                name: "AskedRoles");

            migrationBuilder.DropTable(
                name: "Attachments");

            migrationBuilder.DropTable(
                name: "CaseTexts");

            migrationBuilder.DropTable(
                name: "CaseTraces");

            migrationBuilder.DropTable(
                name: "CaseWatches");

            migrationBuilder.DropTable(
                name: "MessageReceipts");

            migrationBuilder.DropTable(
                name: "MessageTemplates");

            migrationBuilder.DropTable(
                name: "OneTimeLinks");

            migrationBuilder.DropTable(
                name: "ProtectedSecrets");

            migrationBuilder.DropTable(
                name: "RateCounters");

            migrationBuilder.DropTable(
                name: "ReceivedContents");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropTable(
                name: "SignInCounters");

            migrationBuilder.DropTable(
                name: "StaffSessions");

            migrationBuilder.DropTable(
                name: "TrackingSessions");

            migrationBuilder.DropTable(
                name: "WebhookTargets");

            migrationBuilder.DropTable(
                name: "ReceivedMessages");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Assignee_ComplaintId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Events_ActorId_ComplaintId",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_ClosedAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Channel",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Lead",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Level",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_LevelRank",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_NextDueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open_Process",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SendsOthers",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "SendsWarnings",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "WebhookSecret",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "WebhookUrl",
                table: "NotificationPreferences");

            migrationBuilder.DropColumn(
                name: "CreatedBy",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Departments",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "LastUsedFrom",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Networks",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "OwnerId",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Processes",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Replaces",
                table: "ApiKeys");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Lead_Status",
                table: "Cases",
                columns: new[] { "Lead", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_NextDueAt",
                table: "Cases",
                columns: new[] { "Status", "NextDueAt" });
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CaseManagement.Web.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Answers",
                columns: table => new
                {
                    Principal = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    BodyHash = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Answers", x => new { x.Principal, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    SecretHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Scopes = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Bookmarks",
                columns: table => new
                {
                    BookmarkId = table.Column<Guid>(type: "uuid", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    StimulusHash = table.Column<long>(type: "bigint", nullable: false),
                    StimulusName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    StimulusKey = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    CorrelationId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookmarks", x => x.BookmarkId);
                });

            migrationBuilder.CreateTable(
                name: "CalendarVersions",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    NameZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarVersions", x => new { x.Key, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "Cases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Process = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ProcessVersion = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Level = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    LevelRank = table.Column<int>(type: "integer", nullable: true),
                    Category = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Subject = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Lead = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Handler = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ComplainantName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    ExternalId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    TrackingHash = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    NextDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    IsLate = table.Column<bool>(type: "boolean", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EventSequence = table.Column<long>(type: "bigint", nullable: false),
                    EventHead = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Cases", x => x.Id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "Clocks",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NameZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Limit = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WarnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BreachedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Provisional = table.Column<bool>(type: "boolean", nullable: false),
                    PauseReason = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Clocks", x => new { x.ComplaintId, x.Key });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "ConfigurationEvents",
                columns: table => new
                {
                    Stream = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Type = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorKind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ActorName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Data = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Salt = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConfigurationEvents", x => new { x.Stream, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "ConfigurationStamp",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConfigurationStamp", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Xml = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Departments",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NameZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Parent = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Head = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Calendar = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Departments", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Events",
                columns: table => new
                {
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Type = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorKind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ActorId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ActorName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Data = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Salt = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Events", x => new { x.ComplaintId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "Incidents",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Id = table.Column<int>(type: "integer", nullable: false),
                    ExecutionId = table.Column<int>(type: "integer", nullable: false),
                    ActivityId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NodeId = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    ActivityType = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Message = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ExceptionType = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ResolvedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Incidents", x => new { x.InstanceId, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "Instances",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DefinitionId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    DefinitionVersionId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    DefinitionVersion = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    SubStatus = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    CorrelationId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    ParentInstanceId = table.Column<Guid>(type: "uuid", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    IncidentCount = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Instances", x => x.Id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "Journal",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExecutionId = table.Column<int>(type: "integer", nullable: false),
                    ActivityId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NodeId = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    ActivityType = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Event = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    AtOnce = table.Column<bool>(type: "boolean", nullable: false),
                    Outcomes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Data = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Journal", x => new { x.InstanceId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "KeptStimuli",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StimulusHash = table.Column<long>(type: "bigint", nullable: false),
                    StimulusName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    StimulusKey = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    CorrelationId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: true),
                    Input = table.Column<byte[]>(type: "bytea", nullable: false),
                    KeptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeptStimuli", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LimitChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    LimitKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    Unit = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Calendar = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    RungsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Scope = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Reason = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C"),
                    By = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AuditText = table.Column<string>(type: "text", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LimitChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Template = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Recipient = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    Channel = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    SubjectZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    SubjectEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    BodyZh = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    BodyEn = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Clock = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    Escalation = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastError = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LeasedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NotificationReads",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationReads", x => new { x.UserId, x.MessageId });
                });

            migrationBuilder.CreateTable(
                name: "ProcessVersions",
                columns: table => new
                {
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    PackJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProcessVersions", x => new { x.ProcessKey, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "SavedDrafts",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    TaskId = table.Column<Guid>(type: "uuid", nullable: false),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedDrafts", x => new { x.UserId, x.TaskId });
                });

            migrationBuilder.CreateTable(
                name: "Sequences",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sequences", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "SettingReadings",
                columns: table => new
                {
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    SettingKey = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ValueJson = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettingReadings", x => new { x.ProcessKey, x.SettingKey });
                });

            migrationBuilder.CreateTable(
                name: "TaskCandidates",
                columns: table => new
                {
                    TaskId = table.Column<Guid>(type: "uuid", nullable: false),
                    Candidate = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskCandidates", x => new { x.TaskId, x.Candidate });
                });

            migrationBuilder.CreateTable(
                name: "Tasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ComplaintId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    TitleZh = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    TitleEn = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Assignee = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    AssigneeName = table.Column<string>(type: "text", maxLength: 512, nullable: true, collation: "C"),
                    Candidates = table.Column<string>(type: "text", nullable: false),
                    Chain = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tasks", x => new { x.ComplaintId, x.Id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "Timers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: true),
                    BookmarkId = table.Column<Guid>(type: "uuid", nullable: true),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Severity = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Payload = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    DefinitionId = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    NextAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    LastError = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    LeasedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Timers", x => x.Id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.02m);

            migrationBuilder.CreateTable(
                name: "Triggers",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    DefinitionVersionId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    NodeId = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    StimulusHash = table.Column<long>(type: "bigint", nullable: false),
                    StimulusName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    StimulusKey = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Triggers", x => new { x.DefinitionId, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    DisplayName = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    Language = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Zone = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    UserName = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedUserName = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    Email = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SecurityStamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PhoneNumber = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowDefinitions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    DefinitionId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    ProcessKey = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    ProcessVersion = table.Column<int>(type: "integer", nullable: true),
                    Name = table.Column<string>(type: "text", maxLength: 512, nullable: false, collation: "C"),
                    IsLatest = table.Column<bool>(type: "boolean", nullable: false),
                    IsPublished = table.Column<bool>(type: "boolean", nullable: false),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SavedBy = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C"),
                    SavedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SavedIn = table.Column<string>(type: "text", maxLength: 128, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowDefinitions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Memberships",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Department = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => new { x.UserId, x.Role, x.Department });
                    table.ForeignKey(
                        name: "FK_Memberships_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ClaimType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UserClaims_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ProviderKey = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_UserLogins_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    LoginProvider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_UserTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "ConfigurationStamp",
                columns: new[] { "Id", "Version" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_InstanceId",
                table: "Bookmarks",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_StimulusHash",
                table: "Bookmarks",
                column: "StimulusHash");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ExternalId",
                table: "Cases",
                column: "ExternalId",
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Handler_Status",
                table: "Cases",
                columns: new[] { "Handler", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Lead_Status",
                table: "Cases",
                columns: new[] { "Lead", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Number",
                table: "Cases",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Process_ReceivedAt",
                table: "Cases",
                columns: new[] { "Process", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ReceivedAt",
                table: "Cases",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_NextDueAt",
                table: "Cases",
                columns: new[] { "Status", "NextDueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TrackingHash",
                table: "Cases",
                column: "TrackingHash",
                unique: true,
                filter: "\"TrackingHash\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_Limit_State",
                table: "Clocks",
                columns: new[] { "Limit", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ConfigurationEvents_At",
                table: "ConfigurationEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_At",
                table: "Incidents",
                column: "At",
                filter: "\"ResolvedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Instances_CorrelationId",
                table: "Instances",
                column: "CorrelationId");

            migrationBuilder.CreateIndex(
                name: "IX_Instances_DefinitionId_Status",
                table: "Instances",
                columns: new[] { "DefinitionId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Instances_DefinitionVersionId",
                table: "Instances",
                column: "DefinitionVersionId",
                filter: "\"Status\" = 'Running'");

            migrationBuilder.CreateIndex(
                name: "IX_Instances_ParentInstanceId",
                table: "Instances",
                column: "ParentInstanceId",
                filter: "\"ParentInstanceId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_KeptStimuli_ExpiresAt",
                table: "KeptStimuli",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_KeptStimuli_StimulusHash",
                table: "KeptStimuli",
                column: "StimulusHash");

            migrationBuilder.CreateIndex(
                name: "IX_LimitChanges_ProcessKey_LimitKey",
                table: "LimitChanges",
                columns: new[] { "ProcessKey", "LimitKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_Role_Department",
                table: "Memberships",
                columns: new[] { "Role", "Department" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ComplaintId",
                table: "Messages",
                column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                table: "Messages",
                column: "NextAttemptAt",
                filter: "\"State\" = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Recipient_CreatedAt",
                table: "Messages",
                columns: new[] { "Recipient", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ProcessVersions_ProcessKey",
                table: "ProcessVersions",
                column: "ProcessKey",
                unique: true,
                filter: "\"State\" = 'Published'");

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidates_Candidate_DueAt",
                table: "TaskCandidates",
                columns: new[] { "Candidate", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Assignee_DueAt",
                table: "Tasks",
                columns: new[] { "Assignee", "DueAt" },
                filter: "\"Assignee\" IS NOT NULL AND \"DoneAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Id",
                table: "Tasks",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Timers_DefinitionId",
                table: "Timers",
                column: "DefinitionId",
                filter: "\"DefinitionId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Timers_InstanceId",
                table: "Timers",
                column: "InstanceId",
                filter: "\"InstanceId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Timers_LeasedUntil",
                table: "Timers",
                column: "LeasedUntil",
                filter: "\"LeasedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Timers_Severity_NextAttemptAt",
                table: "Timers",
                columns: new[] { "Severity", "NextAttemptAt" },
                filter: "\"LeasedUntil\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Triggers_StimulusHash",
                table: "Triggers",
                column: "StimulusHash");

            migrationBuilder.CreateIndex(
                name: "IX_UserClaims_UserId",
                table: "UserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_UserId",
                table: "UserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "Users",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "Users",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowDefinitions_DefinitionId_Version",
                table: "WorkflowDefinitions",
                columns: new[] { "DefinitionId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowDefinitions_ProcessKey_ProcessVersion",
                table: "WorkflowDefinitions",
                columns: new[] { "ProcessKey", "ProcessVersion" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Answers");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "Bookmarks");

            migrationBuilder.DropTable(
                name: "CalendarVersions");

            migrationBuilder.DropTable(
                name: "Cases");

            migrationBuilder.DropTable(
                name: "Clocks");

            migrationBuilder.DropTable(
                name: "ConfigurationEvents");

            migrationBuilder.DropTable(
                name: "ConfigurationStamp");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "Departments");

            migrationBuilder.DropTable(
                name: "Events");

            migrationBuilder.DropTable(
                name: "Incidents");

            migrationBuilder.DropTable(
                name: "Instances");

            migrationBuilder.DropTable(
                name: "Journal");

            migrationBuilder.DropTable(
                name: "KeptStimuli");

            migrationBuilder.DropTable(
                name: "LimitChanges");

            migrationBuilder.DropTable(
                name: "Memberships");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropTable(
                name: "NotificationReads");

            migrationBuilder.DropTable(
                name: "ProcessVersions");

            migrationBuilder.DropTable(
                name: "SavedDrafts");

            migrationBuilder.DropTable(
                name: "Sequences");

            migrationBuilder.DropTable(
                name: "SettingReadings");

            migrationBuilder.DropTable(
                name: "TaskCandidates");

            migrationBuilder.DropTable(
                name: "Tasks");

            migrationBuilder.DropTable(
                name: "Timers");

            migrationBuilder.DropTable(
                name: "Triggers");

            migrationBuilder.DropTable(
                name: "UserClaims");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "UserTokens");

            migrationBuilder.DropTable(
                name: "WorkflowDefinitions");

            migrationBuilder.DropTable(
                name: "Users");
        }
    }
}

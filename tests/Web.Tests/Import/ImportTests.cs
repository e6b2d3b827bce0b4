using CaseManagement.Tests;
using CaseManagement.Web.Import;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Import;

public sealed class ImportTests : IAsyncDisposable
{
    private const string Header = "id,received,via,what,state,answered\n";

    private const string Map = """
        {
          "format": 1, "prefix": "t:", "zone": "Asia/Shanghai", "dates": ["yyyy-MM-dd HH:mm", "yyyy-MM-dd"],
          "fields": {
            "externalId": {"column": "id"}, "receivedAt": {"column": "received"}, "channel": {"column": "via", "values": {"Tel": "phone"}},
            "category": {"constant": "goods"}, "subject": {"column": "what"}, "description": {"template": "{what}[ ({state})]"}, "complainant.anonymous": {"constant": "true"}
          },
          "closed": {"column": "state", "values": ["done"], "closedAt": {"first": [{"column": "answered"}, {"column": "received"}]}}
        }
        """;

    private readonly ApiHost _host = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_imported_twice_adds_nothing_the_second_time()
    {
        const string rows = Header + "1,2026-08-01,Tel,Late,done,2026-08-03\n2,2026-09-01 09:30,Tel,Broken,,\n";

        var (first, exit) = await ImportAsync(rows, Map);
        var (second, _) = await ImportAsync(rows, Map);

        Assert.Equal("imported 2, skipped 0 (already in), failed 0", first[^1]);
        Assert.Equal("imported 0, skipped 2 (already in), failed 0", second[^1]);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task Rows_that_are_closed_come_in_closed_and_the_others_run_the_process()
    {
        await ImportAsync(Header + "1,2026-08-01,Tel,Late,done,2026-08-03\n2,2026-09-01 09:30,Tel,Broken,,\n", Map);

        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        var cases = await db.Cases.AsNoTracking().ToDictionaryAsync(c => c.ExternalId!, Token);
        Assert.Equal("closed", cases["t:1"].Status);
        Assert.Equal(new DateTimeOffset(2026, 8, 2, 16, 0, 0, TimeSpan.Zero), cases["t:1"].ClosedAt);
        Assert.Equal("open", cases["t:2"].Status);
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 1, 30, 0, TimeSpan.Zero), cases["t:2"].ReceivedAt);
        Assert.NotNull(cases["t:2"].NextDueAt);
        Assert.False(await db.Tasks.AnyAsync(t => t.ComplaintId == cases["t:1"].Id, Token));
        Assert.True(await db.Tasks.AnyAsync(t => t.ComplaintId == cases["t:2"].Id, Token));
    }

    [Fact]
    public async Task A_broken_row_is_reported_with_its_line_and_the_rest_go_in()
    {
        const string rows = Header
            + "1,2026-08-01,Tel,\"Two\nlines\",done,2026-08-03\n" // lines 2 and 3
            + "2,yesterday,Tel,Late,,\n"
            + "3,2026-08-01,Pigeon,Late,,\n"
            + "4,2026-08-01,Tel\n"
            + "\n"
            + "5,2026-08-03,Tel,Late,done,2026-08-01\n"
            + ",2026-08-03,Tel,Late,,\n"
            + "6,2026-08-03,Tel,=1+1,,\n";

        var (said, exit) = await ImportAsync(rows, Map);

        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "line 4: receivedAt: 'yesterday' is not a date in the map's formats",
                "line 5: channel: 'Pigeon' is none of the values the map names",
                "line 6: row: 3 cells where the header has 6",
                "line 8: closedAt: A case is closed after it was received, and not in the future.",
                "line 9: externalId: the row has no id",
                "imported 2, skipped 0 (already in), failed 5",
            ],
            said);
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        Assert.Equal("=1+1", (await db.Cases.SingleAsync(c => c.ExternalId == "t:6", Token)).Subject);
    }

    [Theory]
    [InlineData("{}", "The map's format is 1.")]
    [InlineData("""{"format":1,"fields":{}}""", "The map says nothing about externalId, without which a rerun would add every row again.")]
    [InlineData("""{"format":1,"fields":{"externalId":{"column":"id"},"colour":{"constant":"red"}}}""", "There is no field 'colour'.")]
    [InlineData("""{"format":1,"fields":{"externalId":{"column":"number"}}}""", "The file has no column 'number', which the map reads.")]
    [InlineData("""{"format":1,"zone":"Moon/Crater"}""", "There is no time zone 'Moon/Crater'.")]
    public async Task A_map_that_cannot_be_used_ends_the_command(string map, string reason)
    {
        var (said, exit) = await ImportAsync(Header + "1,2026-08-01,Tel,Late,,\n", map);

        Assert.Equal(2, exit);
        Assert.Equal([reason], said);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_not_text_ends_the_command()
    {
        Assert.Equal(2, (await ImportAsync(null, Map)).Exit);

        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "rows.csv"), [0xD6, 0xD0, 0xFF, 0x0A], Token);
        var output = new StringWriter();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "map.json"), Map, Token);
        var exit = await ImportCommand.RunAsync(
            _host.Services, Path.Combine(_folder.FullName, "rows.csv"), Path.Combine(_folder.FullName, "map.json"), output, Token);

        Assert.Equal(2, exit);
        Assert.Equal("The file is not text in UTF-8.", output.ToString().Trim());
    }

    [Fact]
    public async Task The_public_complaints_come_in_by_the_shipped_map()
    {
        var csv = SharedMaterial.Path("data", "cfpb-complaints.csv");
        var map = Path.Combine(SharedMaterial.Root, "Web", "Import", "Maps", "cfpb.map.json");
        var output = new StringWriter();

        await ImportCommand.RunAsync(_host.Services, csv, map, output, Token);
        var again = new StringWriter();
        await ImportCommand.RunAsync(_host.Services, csv, map, again, Token);

        Assert.Equal("imported 145, skipped 0 (already in), failed 0", output.ToString().Trim());
        Assert.Equal("imported 0, skipped 145 (already in), failed 0", again.ToString().Trim());
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        Assert.Equal(132, await db.Cases.CountAsync(c => c.Status == "closed", Token));
        Assert.Equal(13, await db.Cases.CountAsync(c => c.Status == "open", Token));
    }

    private async Task<(string[] Said, int Exit)> ImportAsync(string? csv, string map)
    {
        var (csvPath, mapPath) = (Path.Combine(_folder.FullName, "rows.csv"), Path.Combine(_folder.FullName, "map.json"));
        if (csv is not null)
        {
            await File.WriteAllTextAsync(csvPath, csv, Token);
        }

        await File.WriteAllTextAsync(mapPath, map, Token);
        var output = new StringWriter();
        var exit = await ImportCommand.RunAsync(_host.Services, csvPath, mapPath, output, Token);
        return (output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), exit);
    }
}

using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Cases;

/// <summary>A register taken out as a file that holds no more cases than a file does says so where it ends.</summary>
public sealed class LongRegisterTests(Site site) : IClassFixture<Site>
{
    private const int MostCases = 2_000;
    private const string Register = "/registers/standard-complaint/handling";

    [Fact]
    public async Task A_file_that_had_to_end_says_so_in_its_last_line()
    {
        await AddAsync("客服人员态度恶劣", MostCases);
        var zhou = await site.AsAsync("zhou", "en");

        var lines = (await (await zhou.PostAfterAsync(Register, Register + "/csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + MostCases + 1, lines.Length);
        Assert.Contains("The newest 2000 cases only", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("LONG-", lines[^2], StringComparison.Ordinal);
    }

    /// <summary>As many cases more like that one, each with a step of the register.</summary>
    private async Task AddAsync(string subject, int count)
    {
        var like = (await site.CaseAsync(subject)).Complaint.Id.Value;
        await site.AskAsync(async db =>
        {
            var (row, document) = (await db.Cases.AsNoTracking().SingleAsync(c => c.Id == like), await db.CaseDocuments.AsNoTracking().SingleAsync(d => d.Id == like));
            var step = await db.Tasks.AsNoTracking().FirstAsync(t => t.ComplaintId == like && t.Key == "handle");
            foreach (var number in Enumerable.Range(0, count))
            {
                var id = Guid.CreateVersion7();
                db.Cases.Add(row with { Id = id, Number = $"LONG-{number}", TrackingHash = null });
                db.Tasks.Add(step with { Id = Guid.NewGuid(), ComplaintId = id });
                db.CaseDocuments.Add(new() { Id = id, Document = document.Document });
            }

            return await db.SaveChangesAsync();
        });
    }
}

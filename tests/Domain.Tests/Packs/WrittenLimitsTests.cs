using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>The limits of a process row by row: added, taken away, moved among those of their clock, whichever version of the process it is.</summary>
public sealed class WrittenLimitsTests
{
    [Theory]
    [InlineData(null, "reply close close-again new")]
    [InlineData("close", "reply new close close-again")]
    [InlineData("reply", "reply close close-again new")]
    [InlineData("gone", "reply close close-again new")]
    public void A_limit_is_added_before_another_of_its_clock_or_as_its_last(string? before, string order)
    {
        var rows = Rows();

        rows.Apply("new", WrittenLimits.Add(Limit("new", "close"), before));

        Assert.Equal(order, Order(rows));
        Assert.Equal("close", rows.Find("new")!.Clock);
    }

    [Theory]
    [InlineData("close-again", "close", "reply close-again close")]
    [InlineData("close", null, "reply close-again close")]
    [InlineData("close", "reply", "reply close close-again")]
    [InlineData("nothing", "close", "reply close close-again")]
    public void A_limit_is_moved_among_those_of_its_clock_alone(string limit, string? before, string order)
    {
        var rows = Rows();

        rows.Apply(limit, WrittenLimits.Move(before));

        Assert.Equal(order, Order(rows));
    }

    [Fact]
    public void A_limit_taken_away_is_still_known_and_may_come_back()
    {
        var rows = Rows();

        rows.Apply("close", WrittenLimits.Remove());
        rows.Apply("close", new JsonObject { ["amount"] = 3 });
        Assert.Equal(("reply close-again", 7m), (Order(rows), rows.TakenAway["close"]["amount"]!.GetValue<decimal>()));

        rows.Apply("close", WrittenLimits.Add(Limit("close", "close"), "close-again"));
        Assert.Equal("reply close close-again", Order(rows));
        Assert.Empty(rows.TakenAway);
    }

    [Fact]
    public void A_version_that_has_the_limit_keeps_its_own_and_later_changes_of_members_hold_for_it()
    {
        var rows = Rows();

        rows.Apply("close", WrittenLimits.Add(Limit("close", "close", 99), null));
        rows.Apply("close", new JsonObject { ["unit"] = "sameDay" });

        var close = rows.Find("close")!;
        Assert.Equal(("reply close close-again", "sameDay", 1), (Order(rows), close.Written["unit"]!.GetValue<string>(), close.Changes));
        Assert.Null(close.Written["amount"]);
    }

    private static WrittenLimits Rows()
    {
        var limits = new JsonArray(Limit("reply", null), Limit("close", null), Limit("close-again", "close"));
        return WrittenLimits.Of(new EditedPack("standard-complaint").Set("limits.json", "limits", limits.ToJsonString()).Read().Pack!);
    }

    private static JsonObject Limit(string key, string? clock, int amount = 7)
    {
        var limit = new JsonObject
        {
            ["key"] = key,
            ["name"] = new JsonObject { ["zh"] = key, ["en"] = key },
            ["amount"] = amount,
            ["unit"] = "days",
            ["rungs"] = new JsonArray(new JsonObject { ["key"] = "due", ["at"] = "due", ["do"] = new JsonArray() }),
        };
        if (clock is not null)
        {
            limit["clock"] = clock;
        }

        return limit;
    }

    private static string Order(WrittenLimits rows) => string.Join(' ', rows.Rows.Select(row => row.Key));
}

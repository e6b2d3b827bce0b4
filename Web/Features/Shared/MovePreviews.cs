using System.Globalization;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Shows which open cases a change of limits or calendars moves; each case once, by its most pressing clock.</summary>
public sealed class MovePreviews(IStringLocalizer<SharedText> text, TimeProvider clock)
{
    private const int Shown = 20;
    private const int PageSize = 50;

    /// <param name="read">The clocks the change counts otherwise, as the reader may know of them.</param>
    /// <param name="version">What is sent back on applying.</param>
    /// <param name="zone">In which the times are shown.</param>
    /// <param name="readsAs">The change read aloud.</param>
    /// <param name="page">Which page of the cases, from 1; null for the first few.</param>
    public LimitPreview Of(ReadMoves read, string version, string zone, IReadOnlyList<SentencePart> readsAs, int? page = null)
    {
        var (now, moved) = (clock.GetUtcNow(), read.Seen);
        var cases = Cases(moved);
        var pages = Math.Max(1, (cases.Count + PageSize - 1) / PageSize);
        var shown = page is { } asked ? cases.Skip((Math.Clamp(asked, 1, pages) - 1) * PageSize).Take(PageSize) : cases.Take(Shown);
        var certain = moved.Where(one => !one.Counted.Clock.Provisional).Select(one => one.CaseId).Except(cases.Select(one => one.CaseId)).Count();
        return new LimitPreview
        {
            Version = version,
            At = now,
            Zone = zone,
            ReadsAs = certain == 0 ? readsAs : [.. readsAs, new(text["CountedAgain", certain])],
            Moved = moved,
            Total = cases.Count,
            Earlier = cases.Count(one => one.Counted.NewDueAt < one.Counted.OldDueAt),
            Later = cases.Count(one => one.Counted.NewDueAt > one.Counted.OldDueAt),
            LateAtOnce = cases.Count(one => one.Counted.IsLateAtOnce),
            WithoutDue = moved.Where(one => one.IsDueElsewhen && one.Counted.NewDueAt is null).Select(one => one.CaseId).Distinct().Count(),
            Paused = cases.Count(one => one.Counted.Clock.PausedSince is not null),
            Cases = [.. shown.Select(one => CaseOf(one, now))],
            Page = page is { } number ? Math.Clamp(number, 1, pages) : null,
            Pages = pages,
            Restricted = read.Restricted,
        };
    }

    /// <summary>Another page of a preview.</summary>
    public LimitPreview PageOf(LimitPreview preview, int page) =>
        preview.Error is null ? Of(new ReadMoves(preview.Moved, preview.Restricted), preview.Version, preview.Zone, [], page) with { ReadsAs = preview.ReadsAs } : preview;

    /// <summary>The cases whose due time moves, each by its most pressing clock; those that become late first.</summary>
    public static IReadOnlyList<MovedClock> Cases(IReadOnlyList<MovedClock> moved) =>
        [.. moved.Where(one => one.IsDueElsewhen).GroupBy(one => one.CaseId)
            .Select(one => one.OrderByDescending(m => m.Counted.IsLateAtOnce).ThenBy(m => m.Counted.NewDueAt).First())
            .OrderByDescending(one => one.Counted.IsLateAtOnce).ThenBy(one => one.Counted.NewDueAt).ThenBy(one => one.Number, StringComparer.Ordinal)];

    // whoever changes calendars sees no content of cases: the clock stands where a name would
    private MovedCase CaseOf(MovedClock one, DateTimeOffset now)
    {
        var name = one.Name.In(CultureInfo.CurrentUICulture.Name);
        var badge = ClockBadges.Of(one.Counted.Clock, name, one.Calendar, now, reason => reason);
        return new MovedCase(one.CaseId, one.Number, name, one.Counted.OldDueAt, one.Counted.NewDueAt, badge)
        {
            IsLateAtOnce = one.Counted.IsLateAtOnce,
            OldText = text["NoDueTime"],
            NewText = text["NoDueTime"],
        };
    }
}

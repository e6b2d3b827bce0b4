using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <inheritdoc/>
internal sealed class CalendarImports(CalendarDesk desk, CalendarWords words, IStringLocalizer<CalendarsText> text) : ICalendarImports
{
    private const int LongestKept = 400_000;

    public async Task<ImportPage?> GetAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.OpenAsync(id, user, cancellationToken) is { } opened ? PageOf(opened) : null;

    public async Task<ImportPage?> ReadAsync(string id, int? chinaYear, IFormFile? file, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return null;
        }

        try
        {
            var read = chinaYear is { } year ? await ChinaYears.ReadAsync(year, cancellationToken) : await ReadAsync(file, cancellationToken);
            if (read is null)
            {
                return PageOf(opened) with { Error = text["FileMissing"] };
            }

            var published = opened.Draft.Document.PublishedThrough is { } through && through > read.PublishedThrough ? through : read.PublishedThrough;
            var edit = new ImportEdit
            {
                Meanings = [.. read.Events.Select(one => one.Meaning)],
                // a published year is the whole of it; a file of one's own mostly adds to what is there
                ReplaceYears = chinaYear is not null,
                PublishedThrough = published,
                Reason = chinaYear is { } known ? text["ImportReason", known].Value : null,
            };
            return await ReviewAsync(opened, read, edit, cancellationToken);
        }
        catch (InvalidTimeRuleException refused)
        {
            return PageOf(opened) with { Error = words.Refusal(refused) };
        }
    }

    public async Task<ImportPage?> ReviewAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return null;
        }

        return Kept(edit) is { } file ? await ReviewAsync(opened, file, edit, cancellationToken) : PageOf(opened) with { Error = text["FileMissing"] };
    }

    public async Task<ActionAnswer> ApplyAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return ActionAnswer.NotFound;
        }

        if (Kept(edit) is not { } file)
        {
            return ActionAnswer.Invalid(text["FileMissing"]);
        }

        return desk.WrongReason(edit.Reason) is { } wrong
            ? ActionAnswer.Invalid(wrong)
            : await desk.ApplyAsync(opened, After(opened, file, edit), edit.Version, edit.Reason!, cancellationToken);
    }

    private async Task<ImportPage> ReviewAsync(OpenedCalendar opened, HolidayFile file, ImportEdit edit, CancellationToken cancellationToken)
    {
        var off = file.Events.Where((one, i) => edit.Meanings[i] == DayMeaning.Off).Sum(one => one.To.DayNumber - one.From.DayNumber + 1);
        var worked = file.Events.Where((one, i) => edit.Meanings[i] == DayMeaning.Worked).Sum(one => one.To.DayNumber - one.From.DayNumber + 1);
        var after = After(opened, file, edit);
        var (goneOff, goneWorked) = (Gone(opened.Draft.Document.Holidays, after.Document.Holidays), Gone(opened.Draft.Document.MakeUpDays, after.Document.MakeUpDays));
        var preview = await desk.PreviewAsync(
            opened, after,
            _ => goneOff + goneWorked == 0 ? [new(text["ImportReadsAs", off, worked])] : [new(text["ImportReadsAs", off, worked]), new(text["ImportTakesAway", goneOff, goneWorked])], cancellationToken);
        return PageOf(opened) with
        {
            File = file,
            Kept = JsonSerializer.Serialize(file, JsonSerializerOptions.Web),
            Edit = edit,
            Preview = preview,
        };
    }

    private static int Gone(IReadOnlyList<DateOnly>? before, IReadOnlyList<DateOnly>? after) => (before ?? []).Except(after ?? []).Count();

    private static CalendarDraft After(OpenedCalendar opened, HolidayFile file, ImportEdit edit)
    {
        var chosen = file with { Events = [.. file.Events.Select((one, i) => one with { Meaning = edit.Meanings[i] })] };
        return opened.Draft with { Document = HolidayImport.Merge(opened.Draft.Document, chosen, edit.ReplaceYears, edit.PublishedThrough) };
    }

    // what comes back from the browser is bounded again as if it were new
    private static HolidayFile? Kept(ImportEdit edit)
    {
        try
        {
            return edit.File is { Length: > 0 and <= LongestKept } kept
                && JsonSerializer.Deserialize<HolidayFile>(kept, JsonSerializerOptions.Web) is { Events: not null } file
                && file.Events.All(one => one is { Name: not null })
                && file.EnsureBounded().Events.Count == edit.Meanings.Count
                && edit.Meanings.TrueForAll(Enum.IsDefined)
                    ? file
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidTimeRuleException)
        {
            return null;
        }
    }

    private static async Task<HolidayFile?> ReadAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null or { Length: 0 })
        {
            return null;
        }

        if (file.Length > ImportPage.MaxBytes)
        {
            throw new InvalidTimeRuleException("ics.too-long", "The file is too long.");
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return HolidayFiles.Read(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The file is not UTF-8 text.");
        }
    }

    private static ImportPage PageOf(OpenedCalendar opened) => new() { Id = opened.Stored.Key, Name = opened.Name, ChinaYears = ChinaYears.All };
}

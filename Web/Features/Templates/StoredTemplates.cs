using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Templates;

/// <inheritdoc/>
internal sealed class StoredTemplates(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, StoredConfigurations configurations, ConfigurationAudit audit,
    TemplateChecks checks, TimeProvider clock, IStringLocalizer<TemplatesText> text) : ITemplatePages
{
    private const int Shown = 20;
    private const int MostTemplates = 500;

    public static string StreamOf(TemplateName name) => $"template:{name.Process}/{name.Key}";

    public async Task<TemplatesPage?> ListAsync(string? process, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReaderAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var packs = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(p => p.Pack).ToDictionary(p => p.Identity.Id, StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await ReplyTemplates.LatestAsync(db, string.IsNullOrEmpty(process) ? null : process, cancellationToken);
        var rows = own.Select(t => new TemplateRow(
                new BilingualText(t.NameZh, t.NameEn).In(PackWords.Language), ProcessName(t.Process, packs), text[$"Channel_{t.Channel}"],
                new BilingualText(t.SubjectZh, t.SubjectEn).In(PackWords.Language), new TemplateName(t.Process, t.Key).Href, t.IsWithdrawn))
            .Concat(packs.Values.Where(p => string.IsNullOrEmpty(process) || p.Identity.Id == process).SelectMany(p => p.Templates.Values.Select(t => new TemplateRow(
                t.Key, ProcessName(p.Identity.Id, packs), string.Join(text["Separator"], t.Via.Select(v => text[$"Channel_{v}"].Value)), t.Subject.In(PackWords.Language), null, false))));
        return new TemplatesPage { Rows = [.. rows], Processes = Choices(packs), Process = process, MayChange = person.Is(SystemRoles.Administrator) };
    }

    public async Task<TemplatePage?> OpenAsync(TemplateName name, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReaderAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var packs = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(p => p.Pack).ToDictionary(p => p.Identity.Id, StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = name.Key.Length == 0
            ? []
            : await db.MessageTemplates.AsNoTracking().Where(t => t.Process == name.Process && t.Key == name.Key).OrderByDescending(t => t.Version).Take(Shown + 1).ToListAsync(cancellationToken);
        var may = person.Is(SystemRoles.Administrator);
        if (name.Key.Length == 0 ? !may : versions.Count == 0)
        {
            return null;
        }

        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return new TemplatePage
        {
            Name = name,
            Edit = versions is [var newest, ..] ? EditOf(newest) : new TemplateEdit { Process = name.Process },
            ProcessName = ProcessName(name.Process, packs),
            Processes = Choices(packs),
            Names = [.. TemplateNames.InReplies(packs.GetValueOrDefault(name.Process)).Order(StringComparer.Ordinal)],
            History = [.. versions.Take(Shown).Select((t, i) => new TemplateVersionRow(
                t.Version, t.At, names.GetValueOrDefault(t.By, t.By), Change(i + 1 < versions.Count ? versions[i + 1] : null, t),
                i == 0 && may ? $"{name.Href}/undo/{t.Version.ToString(CultureInfo.InvariantCulture)}" : null))],
            Zone = await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC",
            MayChange = may,
            Examples = versions is [var shown, ..] ? TemplateChecks.Examples(EditOf(shown), packs.GetValueOrDefault(name.Process)) : [],
        };
    }

    public async Task<TemplatePage?> TryAsync(TemplateName name, TemplateEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(name, user, cancellationToken) is not { MayChange: true } page)
        {
            return null;
        }

        var typed = edit with { Version = page.IsNew ? 0 : edit.Version };
        var pack = await PackAsync(name.Key.Length == 0 ? edit.Process ?? "" : name.Process, cancellationToken);
        var errors = checks.Errors(typed, pack, page.IsNew);
        return page with { Edit = typed, Errors = errors, Examples = errors.Count > 0 ? [] : TemplateChecks.Examples(typed, pack), Names = [.. TemplateNames.InReplies(pack).Order(StringComparer.Ordinal)] };
    }

    public async Task<ActionAnswer> SaveAsync(TemplateName name, TemplateEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        var isNew = name.Key.Length == 0;
        var wanted = isNew ? new TemplateName(edit.Process ?? "", edit.Key?.Trim() ?? "") : name;
        var pack = await PackAsync(wanted.Process, cancellationToken);
        if (wanted.Process.Length > 0 && pack is null)
        {
            return ActionAnswer.Invalid(text["NoSuchProcess"]);
        }

        if (checks.Errors(edit, pack, isNew) is { Count: > 0 } errors)
        {
            return ActionAnswer.Invalid(null, errors);
        }

        return await WriteAsync(wanted, isNew ? 0 : edit.Version, _ => edit, "template.changed", person, cancellationToken) switch
        {
            null => ActionAnswer.Refused(isNew ? text["KeyTaken"] : text["Stale"]),
            _ => ActionAnswer.Done,
        };
    }

    public async Task<ActionAnswer> UndoAsync(TemplateName name, int version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = await db.MessageTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Process == name.Process && t.Key == name.Key && t.Version == version - 1, cancellationToken);
        return await WriteAsync(name, version, now => before is null ? EditOf(now!) with { IsWithdrawn = true } : EditOf(before), "template.undone", person, cancellationToken) is null
            ? ActionAnswer.Refused(text["Stale"])
            : ActionAnswer.Done;
    }

    /// <summary>Keeps the next version and records it, in one commit.</summary>
    /// <returns>Null when somebody has changed or added it meanwhile.</returns>
    private async Task<MessageTemplate?> WriteAsync(
        TemplateName name, int seen, Func<MessageTemplate?, TemplateEdit> make, string type, Person person, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync("message-templates", cancellationToken);
                var now = await db.MessageTemplates.AsNoTracking().Where(t => t.Process == name.Process && t.Key == name.Key).OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancellationToken);
                if ((now?.Version ?? 0) != seen || (now is null && await db.MessageTemplates.CountAsync(cancellationToken) >= MostTemplates * Shown))
                {
                    return null;
                }

                var edit = make(now);
                var stored = new MessageTemplate
                {
                    Process = name.Process,
                    Key = name.Key,
                    Version = seen + 1,
                    Channel = now?.Channel ?? edit.Channel,
                    NameZh = edit.NameZh!.Trim(),
                    NameEn = edit.NameEn!.Trim(),
                    SubjectZh = edit.SubjectZh!.Trim(),
                    SubjectEn = edit.SubjectEn!.Trim(),
                    BodyZh = edit.BodyZh!,
                    BodyEn = edit.BodyEn!,
                    IsWithdrawn = edit.IsWithdrawn,
                    At = clock.GetUtcNow(),
                    By = person.Id,
                };
                db.MessageTemplates.Add(stored);
                await audit.RecordAsync(
                    db, StreamOf(name), type, person.AsPerformer().Actor, new JsonObject { ["version"] = stored.Version, ["before"] = Say(now), ["after"] = Say(stored) }, cancellationToken);
                return stored;
            },
            cancellationToken);

    private async Task<Person?> ReaderAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && (person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)) ? person : null;

    private async Task<ProcessPack?> PackAsync(string process, CancellationToken cancellationToken) =>
        (await configurations.CurrentAsync(cancellationToken)).Published.GetValueOrDefault(process)?.Pack;

    private string ProcessName(string process, Dictionary<string, ProcessPack> packs) =>
        process.Length == 0 ? text["AllProcesses"] : packs.GetValueOrDefault(process)?.Identity.Name.In(PackWords.Language) ?? process;

    private static List<Choice> Choices(Dictionary<string, ProcessPack> packs) =>
        [.. packs.Values.Select(p => new Choice(p.Identity.Id, p.Identity.Name.In(PackWords.Language)))];

    private string Change(MessageTemplate? before, MessageTemplate now)
    {
        if (before is null)
        {
            return text["ChangeNew"];
        }

        var parts = new List<string>();
        if (before.IsWithdrawn != now.IsWithdrawn)
        {
            parts.Add(now.IsWithdrawn ? text["ChangeWithdrawn"] : text["ChangeOffered"]);
        }

        if ((before.NameZh, before.NameEn) != (now.NameZh, now.NameEn))
        {
            parts.Add(text["ChangeName"]);
        }

        if ((before.SubjectZh, before.BodyZh) != (now.SubjectZh, now.BodyZh))
        {
            parts.Add(text["ChangeZh"]);
        }

        if ((before.SubjectEn, before.BodyEn) != (now.SubjectEn, now.BodyEn))
        {
            parts.Add(text["ChangeEn"]);
        }

        return parts.Count == 0 ? text["ChangeNothing"] : string.Join(text["Separator"], parts);
    }

    private static TemplateEdit EditOf(MessageTemplate template) => new()
    {
        Key = template.Key,
        Process = template.Process,
        Channel = template.Channel,
        NameZh = template.NameZh,
        NameEn = template.NameEn,
        SubjectZh = template.SubjectZh,
        SubjectEn = template.SubjectEn,
        BodyZh = template.BodyZh,
        BodyEn = template.BodyEn,
        IsWithdrawn = template.IsWithdrawn,
        Version = template.Version,
    };

    private static JsonObject? Say(MessageTemplate? template) => template is null ? null : new JsonObject
    {
        ["channel"] = template.Channel,
        ["nameZh"] = template.NameZh,
        ["nameEn"] = template.NameEn,
        ["subjectZh"] = template.SubjectZh,
        ["subjectEn"] = template.SubjectEn,
        ["bodyZh"] = template.BodyZh,
        ["bodyEn"] = template.BodyEn,
        ["withdrawn"] = template.IsWithdrawn,
    };
}

using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Whole limits added to a clock, taken away and moved.</summary>
internal sealed partial class StoredLimits
{
    public async Task<LimitsPage?> GetAddingAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReadAddAsync(process, edit, user, cancellationToken) is not { } read || await GetAsync(process, null, null, user, cancellationToken) is not { } page)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (rules, now) = (read.Proposal.Rules, read.Proposal.Now);
        var names = await CalendarNamesAsync(db, cancellationToken);
        var pack = rules.Pack;
        var shown = edit.All ? edit : LimitEdit.Of(read.Template, pack) with { Clock = read.Template.Rule.ClockKey, When = [], Before = First(rules, read.Template.Rule.ClockKey) };
        var readsAs = edit.All && read.Errors.Count == 0 ? (await PreviewAsync(read, null, cancellationToken)).Preview : previews.Of(ReadMoves.Nothing, read.Proposal.Version, rules.Zone, [new SentencePart(text["AddReads"])]);
        return page with
        {
            Editor = choices.Of(
                read.Template.Rule, pack, [.. CalendarKeys(now, read.Template.Rule, rules).Order(StringComparer.Ordinal).Select(key => new Choice(key, NameOf(key, rules, names)))], shown, readsAs) with
            {
                Clocks = [.. pack.Clocks.Select(clock => new Choice(clock, ClockName(rules, clock)))],
                Places =
                [
                    .. rules.Limits.Select(one => new Choice(one.Rule.Key, text["BeforeLimit", LimitWords.NameOf(one.Rule), ClockName(rules, one.Rule.ClockKey)])),
                    new Choice("", text["LastOfClock"]),
                ],
                OffersOpenCases = true,
            },
        };
    }

    public async Task<LimitMoves?> AddMovesAsync(string process, LimitEdit edit, int? page, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReadAddAsync(process, edit, user, cancellationToken) is not { } read)
        {
            return null;
        }

        var (preview, moved) = await PreviewAsync(read, page, cancellationToken);
        return new LimitMoves(text["AddLimit"], read.Proposal.Rules.Pack.Identity.Name.In(Language), preview, moved) { Reason = edit.Reason };
    }

    public async Task<ActionAnswer> AddAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReadAddAsync(process, edit, user, cancellationToken) is not { } read)
        {
            return ActionAnswer.NotFound;
        }

        if (edit.Version != read.Proposal.Version)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var errors = read.Errors;
        if (WrongReason(edit.Reason) is { } wrong)
        {
            errors[nameof(LimitEdit.Reason)] = wrong;
        }

        var (limit, before, openCases) = (read.Proposal.WrittenAfter!, Blank(edit.Before), edit.Scope == LimitEdit.OpenCases);
        return errors.Count > 0
            ? ActionAnswer.Invalid(errors.GetValueOrDefault(""), errors)
            : await StoreAsync(now => LimitProposal.Adding(now, process, limit, before, openCases), edit.Version, edit.Reason!.Trim(), read.By, cancellationToken);
    }

    public async Task<LimitMoves?> RowMovesAsync(string process, string limit, RowEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } by || Proposed(now, process, limit, edit, openCases: true) is not { Change: not null } proposal)
        {
            return null;
        }

        var (preview, moved) = await PreviewAsync(new ReadEdit(proposal, null!, [], by), page, cancellationToken);
        var clock = proposal.InForce!.Rule.ClockKey;
        var isLast = edit.Remove && proposal.RulesAfter.Limits.All(one => one.Rule.ClockKey != clock);
        return new LimitMoves(text[edit.Remove ? "RemoveTitle" : "MoveTitle", proposal.Name.In(Language)], proposal.Rules.Pack.Identity.Name.In(Language), preview, moved)
        {
            OffersScope = true,
            Scope = edit.Scope,
            Reason = edit.Reason,
            ApplyText = text[edit.Remove ? "RemoveNow" : "MoveNow"],
            Fields = edit.Remove ? [] : [KeyValuePair.Create(nameof(RowEdit.Before), edit.Before ?? "")],
            Note = isLast ? new Note(NoteKind.Warning, text["LastLimit"]) : edit.Remove ? new Note(NoteKind.Info, text["RemoveMeans"]) : null,
        };
    }

    public async Task<ActionAnswer> ApplyRowAsync(string process, string limit, RowEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var current = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } by || Proposed(current, process, limit, edit, edit.Scope == LimitEdit.OpenCases) is not { Change: not null } proposal)
        {
            return ActionAnswer.NotFound;
        }

        if (WrongReason(edit.Reason) is { } wrong)
        {
            return ActionAnswer.Invalid(wrong);
        }

        return edit.Version != proposal.Version
            ? ActionAnswer.Refused(text["Stale"])
            : await StoreAsync(now => Proposed(now, process, limit, edit, edit.Scope == LimitEdit.OpenCases), edit.Version, edit.Reason!.Trim(), by, cancellationToken);
    }

    private static LimitProposal? Proposed(CaseConfiguration now, string process, string limit, RowEdit edit, bool openCases) =>
        now.Published.GetValueOrDefault(process) is not { } published || now.RulesFor(published, now.LimitsVersion(process)).Limits.All(one => one.Rule.Key != limit) ? null
        : edit.Remove ? LimitProposal.Removing(now, process, limit, openCases)
        : LimitProposal.Moving(now, process, limit, Blank(edit.Before), openCases);

    /// <summary>What an editor holds, added to its clock. It takes over what the form does not have from the clock's first limit.</summary>
    private async Task<ReadEdit?> ReadAddAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } by || now.Published.GetValueOrDefault(process) is not { } published)
        {
            return null;
        }

        var rules = now.RulesFor(published, now.LimitsVersion(process));
        var clock = string.IsNullOrEmpty(edit.Clock) ? rules.Pack.Clocks.FirstOrDefault() : edit.Clock;
        if (clock is null || TemplateOf(rules, clock) is not { } template)
        {
            return null;
        }

        var input = LimitInput.Read(edit, template, rules.Pack, CalendarKeys(now, template.Rule, rules), text);
        var limit = WrittenLimit.With(LimitProposal.WrittenOf(rules, template), input.Patch);
        limit.Remove("key");
        limit.Remove("clause");
        limit["clock"] = clock;
        limit["name"] = new System.Text.Json.Nodes.JsonObject { ["zh"] = edit.NameZh?.Trim() ?? "", ["en"] = edit.NameEn?.Trim() ?? "" };
        var proposal = LimitProposal.Adding(now, process, limit, Blank(edit.Before), openCases: true);
        var errors = input.With(proposal.Problems, Language);
        foreach (var (field, typed) in (ReadOnlySpan<(string, string?)>)[(nameof(LimitEdit.NameZh), edit.NameZh), (nameof(LimitEdit.NameEn), edit.NameEn)])
        {
            if (string.IsNullOrWhiteSpace(typed))
            {
                errors[field] = text["NameMissing"];
            }
        }

        return new ReadEdit(proposal, input, errors, by) { Template = template };
    }

    private static LimitInForce? TemplateOf(CaseRules rules, string clock)
    {
        if (rules.Limits.FirstOrDefault(one => one.Rule.ClockKey == clock) is { } first)
        {
            return first;
        }

        // all of them were taken away
        return rules.Pack.Limits.FirstOrDefault(one => one.Clock == clock) is { } own
            ? new LimitInForce(own.Rule(rules.Settings, rules.Pack.Facts), own.When, own.Rungs.Where(rung => rung.When is not null).ToDictionary(rung => rung.Rung.Key, rung => rung.When!, StringComparer.Ordinal))
            : null;
    }

    private static string First(CaseRules rules, string clock) => rules.Limits.FirstOrDefault(one => one.Rule.ClockKey == clock)?.Rule.Key ?? "";

    private static string ClockName(CaseRules rules, string clock) =>
        (rules.Pack.Limits.FirstOrDefault(one => one.Clock == clock)?.Name ?? new Domain.Facts.BilingualText(clock, clock)).In(Language);

    private static string? Blank(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed;

    /// <summary>The links that move a limit among those of its clock or take it away.</summary>
    private static LimitSentence WithLinks(LimitSentence sentence, LimitInForce limit, CaseRules rules, string process)
    {
        var path = $"/limits/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(limit.Rule.Key)}";
        var order = rules.Limits.Where(one => one.Rule.ClockKey == limit.Rule.ClockKey).Select(one => one.Rule.Key).ToList();
        var at = order.IndexOf(limit.Rule.Key);
        return sentence with
        {
            Name = LimitWords.NameOf(limit.Rule),
            UpHref = at > 0 ? $"{path}/move?before={Uri.EscapeDataString(order[at - 1])}" : null,
            DownHref = at < order.Count - 1 ? $"{path}/move?before={(at + 2 < order.Count ? Uri.EscapeDataString(order[at + 2]) : "")}" : null,
            RemoveHref = $"{path}/remove",
        };
    }
}

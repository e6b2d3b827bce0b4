using System.Security.Claims;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Editors;

/// <summary>A process that shall be made, as typed.</summary>
public sealed record NewProcessEdit
{
    public string? Key { get; init; }
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }

    /// <summary>Kinds of matter; ticked boxes.</summary>
    public IList<string> Kinds { get; init; } = [];

    /// <summary>The process it is a copy of; empty for none.</summary>
    public string? From { get; init; }
}

/// <summary>The form of a new process.</summary>
public sealed record NewProcessPage(NewProcessEdit Edit, IReadOnlyList<Choice> Kinds, IReadOnlyList<Choice> Sources, IReadOnlyDictionary<string, string> Errors);

/// <summary>Makes processes for process owners.</summary>
public sealed partial class NewProcesses(
    IDbContextFactory<CaseManagementDbContext> contexts, DraftEditing editing, PackReviews reviews, People people, IStringLocalizer<EditorWords> words)
{
    private const int LongestName = 100;

    private static readonly string[] AllKinds = ["complaint", "consultation", "suggestion"];

    // addresses beside a process
    private static readonly string[] NotKeys = ["new", "import"];

    public async Task<NewProcessPage?> FormAsync(NewProcessEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await people.OfAsync(user, cancellationToken))?.Is(SystemRoles.ProcessOwner) == true
            ? await PageAsync(edit.Kinds.Count > 0 ? edit : edit with { Kinds = [AllKinds[0]] }, new Dictionary<string, string>(), cancellationToken)
            : null;

    public async Task<(ActionAnswer Answer, NewProcessPage? Page)> CreateAsync(NewProcessEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner))
        {
            return (ActionAnswer.NotFound, null);
        }

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var (key, zh, en) = (edit.Key?.Trim() ?? "", edit.NameZh?.Trim() ?? "", edit.NameEn?.Trim() ?? "");
        if (!KeyPattern().IsMatch(key) || NotKeys.Contains(key))
        {
            errors["Key"] = words["NewKeyWrong"];
        }

        foreach (var (field, name) in new[] { ("NameZh", zh), ("NameEn", en) }.Where(one => one.Item2.Length is 0 or > LongestName || one.Item2.Any(char.IsControl)))
        {
            errors[field] = words["NewNameWrong", LongestName];
        }

        List<string> kinds = [.. AllKinds.Where(edit.Kinds.Contains)];
        if (kinds.Count == 0)
        {
            errors["Kinds"] = words["NewKindsWrong"];
        }

        if (errors.Count == 0)
        {
            try
            {
                await editing.CreateAsync(new NewProcessFiles(key, new BilingualText(zh, en), kinds, string.IsNullOrEmpty(edit.From) ? null : edit.From),
                    person.AsPerformer().Actor, cancellationToken);
                return (ActionAnswer.Done, null);
            }
            catch (RuleViolationException violation) when (violation.Rule == DraftEditing.KeyTaken)
            {
                errors["Key"] = words["NewKeyTaken"];
            }
            catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.VersionUnknown)
            {
                errors["From"] = words["NewFromGone"];
            }
            catch (UnreadableDraftException unreadable)
            {
                errors[""] = string.Join(" ", unreadable.Findings.Select(found => found.Message.In(PackWords.Language)));
            }
        }

        return (ActionAnswer.Invalid(null, errors), await PageAsync(edit, errors, cancellationToken));
    }

    private async Task<NewProcessPage> PageAsync(NewProcessEdit edit, IReadOnlyDictionary<string, string> errors, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sources = new List<Choice> { new("", words["FromEmpty"]) };
        foreach (var process in (await VersionRow.ReadAsync(db.ProcessVersions, cancellationToken)).GroupBy(version => version.ProcessKey, StringComparer.Ordinal))
        {
            var (shown, _) = VersionRow.Shown(process);
            var review = await reviews.GetAsync(shown.ProcessKey, shown.Version, shown.State, cancellationToken);
            sources.Add(new Choice(process.Key, words["FromCopy", review.Pack?.Identity.Name.In(PackWords.Language) ?? process.Key]));
        }

        return new NewProcessPage(edit, [.. AllKinds.Select(kind => new Choice(kind, words[$"w.{kind}"]))], sources, errors);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{1,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}

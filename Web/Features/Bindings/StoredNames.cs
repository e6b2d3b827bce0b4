using System.Security.Claims;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Bindings;

/// <summary>Binds the names of a process to the organisation's, for process owners.</summary>
public sealed class StoredNames(StoredEditors editors, ProcessNames names, OrganisationNames organisation, NameRows rows, IStringLocalizer<NamesText> text)
{
    private const int MostSaid = 5;

    /// <summary>The names as they are; null for whoever may not change them.</summary>
    public async Task<NamesPage?> GetAsync(string key, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await editors.OpenAsync(key, user, cancellationToken) is var (draft, _) ? PageOf(draft, rows.Of(draft.Pack, await organisation.ReadAsync(cancellationToken))) : null;

    /// <summary>Binds them.</summary>
    /// <returns>Done with the version; or the page that says why not.</returns>
    public async Task<(ActionAnswer Answer, NamesPage? Page, int Version)> SaveAsync(string key, IFormCollection form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await editors.OpenAsync(key, user, cancellationToken) is not var (draft, person))
        {
            return (ActionAnswer.NotFound, null, 0);
        }

        var (here, chosen) = (await organisation.ReadAsync(cancellationToken), NameRows.Read(form));
        var binding = NameBinding.Of(draft.Pack, here, chosen, out var wrong);
        var page = PageOf(draft, rows.Of(draft.Pack, here, chosen, wrong));
        if (form["token"].ToString() != page.Token)
        {
            return (ActionAnswer.Refused(text["Stale"]), page with { Note = new Note(NoteKind.Late, text["Stale"], text["OpenAsItIs"], page.Href) }, 0);
        }

        if (wrong.Count > 0)
        {
            return (ActionAnswer.Invalid(null), page with { Note = new Note(NoteKind.Late, text["Wrong"]) }, 0);
        }

        if (binding.IsEmpty)
        {
            return (ActionAnswer.Done, null, draft.Version);
        }

        var saved = await names.BindAsync(key, page.Token, binding, person.AsPerformer().Actor, cancellationToken);
        return saved.Version is { } version ? (ActionAnswer.Done, null, version)
            : saved.IsStale ? (ActionAnswer.Refused(text["Stale"]), page with { Note = new Note(NoteKind.Late, text["Stale"], text["OpenAsItIs"], page.Href) }, 0)
            : (ActionAnswer.Invalid(null), page with { Note = new Note(NoteKind.Late, Broken(saved.Problems)) }, 0);
    }

    /// <summary>Why the process could not be written with other names.</summary>
    public string Broken(IReadOnlyList<Finding> problems) => text["Breaks", string.Join(" ", problems.Take(MostSaid).Select(editors.Placed))];

    private NamesPage PageOf(OpenedDraft draft, NamesPart part) => new() { Frame = editors.FrameOf(draft), Token = ProcessNames.TokenOf(draft.Pack), Part = part };
}

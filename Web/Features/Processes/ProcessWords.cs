using System.Globalization;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Says kinds, states and findings of processes in the reader's language.</summary>
internal sealed class ProcessWords(IStringLocalizer<ProcessesText> text)
{
    public static string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>The kind of matter in the product's words; the pack's own word where it has another.</summary>
    public string Kind(string kind) => kind switch
    {
        "complaint" => text["KindComplaint"],
        "consultation" => text["KindConsultation"],
        "suggestion" => text["KindSuggestion"],
        _ => kind,
    };

    public string Kinds(ProcessPack pack) => string.Join(text["Separator"], pack.Identity.Kinds.Select(kind => Kind(kind.Kind)));

    public StateMark State(ProcessVersionState state) => state switch
    {
        ProcessVersionState.Draft => new(StateShape.Waiting, text["StateDraft"]),
        ProcessVersionState.Published => new(StateShape.Live, text["StatePublished"]),
        ProcessVersionState.Retracted => new(StateShape.Ended, text["StateRetracted"]),
        ProcessVersionState.Superseded => new(StateShape.Ended, text["StateSuperseded"]),
    };

    /// <summary>Who did something: their name now, the product itself, or their key where nobody of that key works here.</summary>
    public string Person(string id, string? name) => name ?? (id is "first-run" or "System" ? text["TheProduct"] : id);
}

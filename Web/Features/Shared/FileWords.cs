using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Files;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says files of cases, and why one is not taken, in the reader's language.</summary>
public sealed class FileWords(IStringLocalizer<SharedText> words, RuleTexts rules)
{
    private const double Kilo = 1024;

    /// <summary>What it is, how large, and who added it.</summary>
    public string About(Attachment file) => string.Join(" · ", Kind(file), Size(file.Size), By(file));

    /// <summary>What it is: "JPEG image".</summary>
    public string Kind(Attachment file) =>
        words["FileKind_" + FileNames.EndingOf(file.Name).TrimStart('.')] is { ResourceNotFound: false } known ? known : FileNames.EndingOf(file.Name).TrimStart('.').ToUpperInvariant();

    /// <summary>Bytes as people say them.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilo:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilo / Kilo:0.0} MB"),
    };

    /// <summary>Who added it.</summary>
    public string By(Attachment file) => file.Source == AttachmentSource.Portal
        ? words["FileFromComplainant"]
        : ActorWords.NameOf(file.By).In(CultureInfo.CurrentUICulture.Name);

    /// <summary>Why it cannot be opened.</summary>
    public string Closed(Attachment file) => words[file.State switch
    {
        AttachmentState.Pending => "FilePending",
        AttachmentState.Refused => "FileRefused",
        _ => "FileCovered",
    }];

    /// <summary>Asks whoever sends files that may tell where they were made whether to send them as they are, and says what to do else; null where none does.</summary>
    public string? AskOfPlace(IEnumerable<Attachment> files, AttachmentSource source) => files.Where(FileType.MayTellPlace).Select(f => f.Name).ToList() is { Count: > 0 } names
        ? words[source == AttachmentSource.Portal ? "FileTellsPlace" : "FileTellsPlaceDesk", string.Join(words["FileSeparator"], names)].Value
        : null;

    /// <summary>Why a file is not taken.</summary>
    public string Say(FileRefusedException refused) => words["FileNotTaken", refused.File, rules.Say(refused.Rule, null)];
}

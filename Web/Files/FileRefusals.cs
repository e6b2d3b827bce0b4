using CaseManagement.Domain;

namespace CaseManagement.Web.Files;

/// <summary>Why a file is not taken. Pages translate by the code.</summary>
public static class FileRefusals
{
    public static readonly Rule Empty = new("file-empty", "The file is empty.");
    public static readonly Rule TooLarge = new("file-too-large", "The file is larger than may come in.");
    public static readonly Rule TooMany = new("files-too-many", "More files than may come in at once.");
    public static readonly Rule TooManyLately = new("files-too-many-lately", "Too many files came from this address lately.");
    public static readonly Rule Type = new("file-type-refused", "Files of this type are not taken.");
    public static readonly Rule TypeDiffers = new("file-type-differs", "The content is not what the ending of the name says.");
    public static readonly Rule Macros = new("file-holds-macros", "The document holds macros.");
    public static readonly Rule ImageTooLarge = new("image-too-large", "The image has more pixels than are shown.");
    public static readonly Rule Unreadable = new("file-unreadable", "The file is damaged.");
}

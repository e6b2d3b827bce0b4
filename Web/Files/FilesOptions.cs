using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Files;

/// <summary>How files of cases are looked at. Where they are kept is <c>Storage:FilesFolder</c>.</summary>
public sealed class FilesOptions
{
    public const string Section = "Files";

    /// <summary>
    /// A program that looks at each file, such as <c>/usr/bin/clamdscan</c>; the file's path is its last argument. It ends with 0: clean, 1: refused;
    /// anything else: not looked at, asked again later. Empty: files are taken as they are.
    /// </summary>
    public string Scanner { get; set; } = "";

    /// <summary>Arguments before the path, one each.</summary>
    public IList<string> ScannerArguments { get; } = [];

    /// <summary>A program that takes longer is ended, and asked again later. Seconds.</summary>
    [Range(1, 3600)]
    public int ScannerSeconds { get; set; } = 120;

    public bool HasScanner => Scanner.Length > 0;
}

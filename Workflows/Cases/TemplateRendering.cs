using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Packs;
using HandlebarsDotNet;

namespace CaseManagement.Workflows.Cases;

/// <summary>A template took too long to write out, or is none that may be written out.</summary>
public sealed class TemplateRefusedException(string message) : Exception(message);

/// <summary>
/// Writes templates out. They see dictionaries of texts only, never objects. What comes out is plain text without control characters; whoever shows
/// it as something else (HTML, JSON, a header) encodes it for that.
/// </summary>
public static partial class TemplateRendering
{
    /// <summary>Longest text written, in characters; what is longer is cut.</summary>
    public const int MaxLength = TemplateText.MaxLength;

    private const int MostKept = 2000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);

    private static readonly IHandlebars Handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    // templates are few, and the same ones again and again; previews while somebody types are not kept
    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> Kept = new(StringComparer.Ordinal);

    /// <summary>A text of several lines.</summary>
    /// <param name="template">A template in which <see cref="TemplateText"/> finds no mistake.</param>
    /// <param name="model">Texts by name, and dictionaries of them.</param>
    /// <param name="tries">It is tried out for somebody who writes it: not kept, and stopped after 200 ms.</param>
    /// <exception cref="TemplateRefusedException">It has mistakes, or took too long.</exception>
    public static string Text(string template, Dictionary<string, object> model, bool tries = false)
    {
        if (!template.Contains("{{", StringComparison.Ordinal))
        {
            return Plain(template);
        }

        if (!Kept.TryGetValue(template, out var compiled))
        {
            compiled = Compile(template);
            if (!tries && Kept.Count < MostKept)
            {
                Kept.TryAdd(template, compiled);
            }
        }

        using var writer = new BoundedWriter(tries ? Budget : null);
        try
        {
            compiled(writer, model);
        }
        catch (HandlebarsException refused)
        {
            throw refused.InnerException as TemplateRefusedException ?? new TemplateRefusedException(refused.Message);
        }

        return Plain(writer.ToString());
    }

    /// <summary>A text of one line, as a subject is: no line end in a value starts another header.</summary>
    /// <inheritdoc cref="Text"/>
    public static string Line(string template, Dictionary<string, object> model, bool tries = false) =>
        OneLine(Text(template, model, tries));

    /// <summary>A value on one line, without what does not show.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', Plain(text).Split((char[])['\r', '\n', '\t', '\u2028', '\u2029', '\u0085'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Without characters that show nothing and may turn what is shown: controls other than line ends and tabs, and marks of direction.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(IsHidden))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsHidden(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // level.name is the same as level: values are texts already
    [GeneratedRegex(@"\{\{\s*(?!clock\.)([A-Za-z]\w*)\.name\s*\}\}")]
    private static partial Regex NameOfFact();

    private static HandlebarsTemplate<TextWriter, object, object> Compile(string template)
    {
        if (TemplateText.Read(template).Mistakes is [var mistake, ..])
        {
            throw new TemplateRefusedException(string.Create(CultureInfo.InvariantCulture, $"{mistake.Code} at {mistake.Line}:{mistake.Column}"));
        }

        try
        {
            using var reader = new StringReader(NameOfFact().Replace(template, "{{$1}}"));
            return Handlebars.Compile(reader);
        }
        catch (HandlebarsException refused)
        {
            throw new TemplateRefusedException(refused.Message);
        }
    }

    /// <summary>Stops a template that writes too long, and drops what is too much.</summary>
    private sealed class BoundedWriter(TimeSpan? budget) : TextWriter
    {
        private readonly StringBuilder _text = new();
        private readonly long _began = Stopwatch.GetTimestamp();

        public override Encoding Encoding => Encoding.Unicode;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Stopwatch.GetElapsedTime(_began) > budget)
            {
                throw new TemplateRefusedException("The template took longer than 200 ms.");
            }

            _text.Append(buffer[..Math.Min(buffer.Length, MaxLength - _text.Length)]);
        }

        public override string ToString() => _text.ToString();
    }
}

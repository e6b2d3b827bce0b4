using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Forms;

/// <summary>Checks what was submitted on a form. Never throws for what a user typed.</summary>
public static class FormCheck
{
    /// <summary>Facts in one submission.</summary>
    public const int MaxFacts = 300;

    /// <summary>Types the submitted values and finds what is missing.</summary>
    /// <param name="form">The form; null for a task without one, where any writable fact is accepted.</param>
    /// <param name="data">Fact → JSON as submitted.</param>
    /// <param name="reader">The complaint as it is, with <c>taskOutcome</c> when a task is being completed. Submitted values
    /// are read before the stored ones, so a field may depend on another of the same form.</param>
    /// <param name="facts">The process's facts.</param>
    /// <param name="signatures">Keys of the signatures given.</param>
    /// <param name="origin">Who submits.</param>
    /// <param name="zone">Zone in which moments without an offset are meant.</param>
    public static FormResult Validate(
        FormDefinition? form,
        IReadOnlyDictionary<string, JsonElement> data,
        IFactReader reader,
        FactCatalogue facts,
        IReadOnlyCollection<string>? signatures = null,
        FactOrigin origin = FactOrigin.Form,
        string? zone = null)
    {
        var typed = data.Take(MaxFacts)
            .Select(entry => OnForm(form, entry.Key) && (FactNames.ColumnKey(entry.Key) is null || !reader.Read(FactNames.Each).IsUnknown)
                ? facts.Accept(entry.Key, entry.Value, origin, zone)
                : new FactResult(entry.Key, FactValue.Unknown, FactRefusals.FactNotOnForm))
            .ToList();
        var values = typed.Where(result => result.IsGood).ToDictionary(result => result.Fact, result => result.Value, StringComparer.Ordinal);
        var filled = new FactOverlay(values, reader);
        var shown = form?.Fields.Where(field => field.Visible.Holds(filled)).ToList() ?? [];
        var hidden = form is null ? [] : values.Keys.Except(shown.Select(field => field.Fact)).ToHashSet(StringComparer.Ordinal);

        var invalid = typed.Where(result => !result.IsGood)
            .Concat(hidden.Where(fact => !values[fact].IsUnknown)
                .Select(fact => new FactResult(fact, FactValue.Unknown, FactRefusals.FactHidden)))
            .Concat(values.Where(entry => !hidden.Contains(entry.Key) && !OptionsOpen(facts.Find(entry.Key)!, entry.Value, filled))
                .Select(entry => new FactResult(entry.Key, FactValue.Unknown, FactRefusals.OptionUnknown)))
            .ToList();
        if (data.Count > MaxFacts)
        {
            invalid.Add(new FactResult(string.Empty, FactValue.Unknown, FactRefusals.TooLarge));
        }

        foreach (var fact in invalid.Select(result => result.Fact).Concat(hidden))
        {
            values.Remove(fact);
        }

        return new FormResult(
            values,
            invalid,
            [.. shown.Where(field => field.Required?.Holds(filled) == true && filled.Read(field.Fact).IsBlank).Select(field => field.Fact)],
            [.. shown.Where(field => IsTooShort(field, filled)).Select(field => field.Fact)],
            MissingSignatures(form, filled, signatures ?? []));
    }

    private static bool OnForm(FormDefinition? form, string fact) => form is null || form.Fields.Any(field => field.Fact == fact);

    private static bool OptionsOpen(FactDefinition fact, FactValue value, IFactReader reader)
    {
        var chosen = value.List ?? (value.Text is { } text ? [text] : []);
        return fact.Options is null
            || fact.Options.Where(option => chosen.Contains(option.Key)).All(option => option.When?.Holds(reader) ?? true);
    }

    private static bool IsTooShort(FormField field, FactOverlay filled)
    {
        var fewest = Math.Max(field.MinRows ?? 0, field.MinCount ?? 0);
        var value = filled.Read(field.Fact);
        var owed = field.Required?.Holds(filled) == true || !value.IsBlank;
        return fewest > 0 && owed && (value.Count ?? 0) < fewest;
    }

    private static IReadOnlyList<string> MissingSignatures(FormDefinition? form, FactOverlay filled, IReadOnlyCollection<string> given) =>
        form is null
            ? []
            : [.. form.Signatures
                .Where(signature => signature.PerRow is null && signature.Required?.Holds(filled) == true
                    && !given.Contains(signature.Key, StringComparer.Ordinal)
                    && filled.Read($"signed:{form.Key}.{signature.Key}").Boolean != true)
                .Select(signature => signature.Key)];
}

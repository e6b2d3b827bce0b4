using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Masking;

/// <summary>
/// The personal data of one case as one reader is shown it. Every page, answer, list, file, notice and letter takes them from here.
/// </summary>
public sealed class CaseMask
{
    private readonly Complaint _complaint;
    private readonly CaseRules _rules;
    private readonly HashSet<string> _hidden;
    private WordMask? _words;

    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="who">Who reads.</param>
    /// <param name="sight">How much they are shown.</param>
    public CaseMask(Complaint complaint, CaseRules rules, Performer who, Sight sight)
    {
        (_complaint, _rules, Sight) = (complaint, rules, sight);
        _hidden = sight.Standing == Standing.Program
            ? []
            : [.. rules.Pack.Records.Confidentiality.SelectMany(r => r.Hide).Distinct(StringComparer.Ordinal)
                .Where(what => CaseConfidentiality.Hides(what, complaint, rules, who))];
    }

    /// <summary>How much is shown.</summary>
    public Sight Sight { get; }

    /// <summary>What is written is covered as far as it is recognised; the reader is to be told that this is not complete.</summary>
    public bool CoversWords => !Sight.ReadsWords;

    /// <summary>The complainant's name; empty where none is known, or no part of it is shown.</summary>
    public string Name => Of(DataClass.Name, _complaint.Complainant.Name);

    /// <summary>Their telephone number.</summary>
    public string Phone => Of(DataClass.Phone, _complaint.Complainant.Phone);

    /// <summary>Their e-mail address.</summary>
    public string Email => Of(DataClass.Email, _complaint.Complainant.Email);

    /// <summary>Something of the complainant is known that is not shown in full.</summary>
    public bool CoversIdentity =>
        Covers(DataClass.Name, _complaint.Complainant.Name) || Covers(DataClass.Phone, _complaint.Complainant.Phone) || Covers(DataClass.Email, _complaint.Complainant.Email)
        || Addresses.Any();

    /// <summary>Keys of sensitive facts the case holds that are not shown in full, and are not hidden by a rule of the process.</summary>
    public IEnumerable<string> CoveredFacts =>
        _complaint.Facts.All.Keys.Where(f => ClassOf(f) == DataClass.Protected && !_hidden.Contains(f) && Sight.Of(DataClass.Protected, f) != Shown.Full)
            .Order(StringComparer.Ordinal);

    private IEnumerable<string> Addresses =>
        _complaint.Facts.All.Keys.Where(f => ClassOf(f) is { } what and (DataClass.Address or DataClass.Phone or DataClass.Email) && Sight.Of(what) != Shown.Full);

    /// <summary>One value of a kind, as it is shown.</summary>
    public string Of(DataClass what, string? value, string? fact = null) => value is null ? "" : Sight.Of(what, fact) switch
    {
        Shown.Full => value,
        Shown.Hidden => "",
        _ => what switch
        {
            DataClass.Name or DataClass.Respondent => Mask.Name(value),
            DataClass.Phone => Mask.Phone(value),
            DataClass.Email => Mask.Email(value),
            DataClass.Address => Mask.Address(value),
            DataClass.Protected => Mask.LastFour(value),
            _ => Words.Of(value),
        },
    };

    /// <summary>What somebody wrote.</summary>
    public string Say(string text) => Sight.ReadsWords ? text : Words.Of(text);

    /// <summary>The address or number somebody wrote from.</summary>
    public string Sender(string from) => Of(from.Contains('@', StringComparison.Ordinal) ? DataClass.Email : DataClass.Phone, from);

    /// <summary>A fact as it is shown.</summary>
    /// <param name="fact">Its key.</param>
    /// <param name="value">Its value, or one it had.</param>
    /// <returns>Null: nothing of it is shown.</returns>
    public FactValue? Fact(string fact, FactValue value)
    {
        if (_hidden.Contains(fact))
        {
            return null;
        }

        return ClassOf(fact) is { } what ? Value(_rules.Pack.Facts.Find(fact), fact, what, value) : value;
    }

    /// <summary>The fact is kept from the reader, or only a part of it is shown.</summary>
    public bool Covers(string fact) => _hidden.Contains(fact) || (ClassOf(fact) is { } what and not DataClass.Words && Sight.Of(what, fact) != Shown.Full);

    /// <summary>What kind of personal data a fact of the process is; null: none.</summary>
    public DataClass? ClassOf(string fact)
    {
        if (fact == "complainant")
        {
            return DataClass.Name;
        }

        if (fact == "respondentPerson")
        {
            return DataClass.Respondent;
        }

        return _rules.Pack.Facts.Find(fact) switch
        {
            { Sensitive: true } => DataClass.Protected,
            { Type: FactType.Rows } => DataClass.Words,
            { Type: FactType.Text, Options: null } => ByName(fact),
            null => DataClass.Words,
            _ => null,
        };
    }

    // packs name facts of their own; what they call an address is one
    private static DataClass ByName(string fact) =>
        fact.EndsWith("address", StringComparison.OrdinalIgnoreCase) ? DataClass.Address
        : fact.EndsWith("phone", StringComparison.OrdinalIgnoreCase) || fact.EndsWith("mobile", StringComparison.OrdinalIgnoreCase) ? DataClass.Phone
        : fact.EndsWith("email", StringComparison.OrdinalIgnoreCase) ? DataClass.Email
        : DataClass.Words;

    private FactValue? Value(FactDefinition? definition, string fact, DataClass what, FactValue value)
    {
        var shown = Sight.Of(what, fact);
        return shown == Shown.Full ? value
            : value.Rows is { } rows && what == DataClass.Words ? FactValue.OfRows(rows.Select(row => Row(definition, row)))
            : shown == Shown.Hidden ? null
            : value.Text is { } text ? FactValue.Of(Of(what, text, fact))
            : what == DataClass.Protected && !value.IsUnknown ? FactValue.Of(Mask.Nothing)
            : value;
    }

    private Dictionary<string, FactValue> Row(FactDefinition? table, IReadOnlyDictionary<string, FactValue> row) => row
        .Where(cell => table?.Columns.FirstOrDefault(c => c.Key == cell.Key)?.Sensitive != true)
        .ToDictionary(cell => cell.Key, cell => cell.Value.Text is { } text ? FactValue.Of(Words.Of(text)) : cell.Value, StringComparer.Ordinal);

    private bool Covers(DataClass what, string? value) => !string.IsNullOrWhiteSpace(value) && Sight.Of(what) != Shown.Full;

    private WordMask Words => _words ??= new WordMask(Known(), Sight.Covered);

    private IEnumerable<(string?, string)> Known()
    {
        var who = _complaint.Complainant;
        foreach (var (what, value) in new[] { (DataClass.Name, who.Name), (DataClass.Phone, who.Phone), (DataClass.Email, who.Email) })
        {
            if (Sight.Of(what) != Shown.Full)
            {
                yield return (value, Of(what, value) is { Length: > 0 } part ? part : Mask.Nothing);
            }
        }

        // who works here is known by an id, which may be a part of any word
        if (_complaint.Respondent?.Person is { } person && Sight.Of(DataClass.Respondent) != Shown.Full)
        {
            var name = _rules.Chart.Find(person)?.Name ?? person;
            yield return (name, Of(DataClass.Respondent, name) is { Length: > 0 } part ? part : Mask.Nothing);
        }

        foreach (var fact in _complaint.Facts.All.Keys
            .Where(f => ClassOf(f) is { } what and not (DataClass.Words or DataClass.Name or DataClass.Respondent) && Sight.Of(what, f) != Shown.Full))
        {
            yield return (_complaint.Facts[fact].Text is { Length: >= 4 } text ? text : null, Mask.Nothing);
        }
    }
}

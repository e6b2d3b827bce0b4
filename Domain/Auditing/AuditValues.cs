using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseManagement.Domain.Auditing;

/// <summary>Commitments to the values of one event.</summary>
/// <param name="Fields">Each member of the data with its commitment, 32 bytes; by code point.</param>
/// <param name="Named">Members that name a rule or clause: keys of the process, chained in the clear.</param>
public sealed record AuditCommitments(IReadOnlyList<(string Field, byte[] Commitment)> Fields, IReadOnlyDictionary<string, string> Named);

/// <summary>
/// Commits to the values beside a link, one by one, and takes single ones away. Each value has random bytes of its own, derived from the row's; once one is
/// erased, the row's are destroyed, and those of the values that stay are kept with them under <see cref="Salts"/>.
/// </summary>
public static class AuditValues
{
    /// <summary>Member of erased data that holds the random bytes of the values that stayed.</summary>
    public const string Salts = "$salts";

    private const int LongestKey = 128;

    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>Members that say under which rule something was done; by code point.</summary>
    public static IReadOnlyList<string> RuleNames { get; } = ["chain", "clock", "gate", "limit", "row", "rung", "table"];

    /// <summary>Commits to each member.</summary>
    /// <param name="data">An object of JSON, as it is stored.</param>
    /// <param name="salt">The row's random bytes.</param>
    public static AuditCommitments Commit(string data, ReadOnlySpan<byte> salt)
    {
        var members = Members(data);
        if (members.Count == 0)
        {
            return new AuditCommitments([], NoNames);
        }

        var fields = new List<(string, byte[])>(members.Count);
        Dictionary<string, string>? named = null;
        foreach (var (field, value) in members)
        {
            fields.Add((field, HMACSHA256.HashData(SaltOf(field, salt), value.Span)));
            if ((field == "clause" || RuleNames.Contains(field)) && value.Span[0] == '"' && value.Length <= LongestKey)
            {
                (named ??= new(StringComparer.Ordinal))[field] = JsonSerializer.Deserialize<string>(value.Span)!;
            }
        }

        return new AuditCommitments(fields, named ?? NoNames);
    }

    /// <summary>Whether the values that are there are those committed to.</summary>
    /// <param name="data">The data as stored; empty: all erased.</param>
    /// <param name="salt">The row's random bytes; empty: destroyed, with some values or all.</param>
    /// <param name="commitments">The commitments of the link, by field.</param>
    /// <returns>False: a value was changed, added, or is there without its random bytes. Otherwise how many are gone.</returns>
    public static (bool IsTrue, int Erased) Check(string data, byte[] salt, IReadOnlyDictionary<string, byte[]> commitments)
    {
        var members = Members(data);
        Dictionary<string, byte[]>? kept = null;
        if (salt.Length == 0)
        {
            kept = KeptSalts(members);
            members.RemoveAll(m => m.Field == Salts);
        }

        foreach (var (field, value) in members)
        {
            var own = kept is null ? SaltOf(field, salt) : kept.GetValueOrDefault(field);
            if (own is null || !commitments.TryGetValue(field, out var commitment) || !commitment.AsSpan().SequenceEqual(HMACSHA256.HashData(own, value.Span)))
            {
                return (false, 0);
            }
        }

        var gone = commitments.Count - members.Count;
        // values do not go by themselves: with them goes what they could be tried out with
        return (gone == 0 || salt.Length == 0, gone);
    }

    /// <summary>The data and random bytes of a row without some of its values. Who stores them records an event <c>erased</c> in the same commit.</summary>
    public static (string Data, byte[] Salt) Without(string data, byte[] salt, IReadOnlyCollection<string> fields)
    {
        var members = Members(data);
        var kept = salt.Length == 0 ? KeptSalts(members) : null;
        members.RemoveAll(m => m.Field == Salts || fields.Contains(m.Field));
        if (members.Count == 0)
        {
            return ("", []);
        }

        var text = new StringBuilder("{");
        foreach (var (field, value) in members)
        {
            text.Append(JsonSerializer.Serialize(field)).Append(':').Append(Encoding.UTF8.GetString(value.Span)).Append(',');
        }

        var salts = members.ToDictionary(m => m.Field, m => kept is null ? SaltOf(m.Field, salt) : kept.GetValueOrDefault(m.Field, []), StringComparer.Ordinal);
        return (text.Append('"').Append(Salts).Append("\":").Append(JsonSerializer.Serialize(salts)).Append('}').ToString(), []);
    }

    private static byte[] SaltOf(string field, ReadOnlySpan<byte> salt) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(field));

    private static Dictionary<string, byte[]> KeptSalts(List<(string Field, ReadOnlyMemory<byte> Value)> members)
    {
        var kept = members.Find(m => m.Field == Salts).Value;
        return kept.IsEmpty ? [] : JsonSerializer.Deserialize<Dictionary<string, byte[]>>(kept.Span) ?? [];
    }

    // the very bytes of each value, by code point of its name; a name that comes twice is no honest data
    private static List<(string Field, ReadOnlyMemory<byte> Value)> Members(string data)
    {
        if (data.Length <= 2)
        {
            return [];
        }

        var bytes = Encoding.UTF8.GetBytes(data);
        var reader = new Utf8JsonReader(bytes);
        var members = new List<(string, ReadOnlyMemory<byte>)>(8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add((field, bytes.AsMemory(from, (int)reader.BytesConsumed - from)));
        }

        members.Sort(static (one, other) => string.CompareOrdinal(one.Item1, other.Item1));
        for (var i = 1; i < members.Count; i++)
        {
            if (members[i].Item1 == members[i - 1].Item1)
            {
                throw new JsonException($"The member {members[i].Item1} comes twice.");
            }
        }

        return members;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CaseManagement.Domain.Auditing;

/// <summary>What the canonical text of a link says, as far as columns repeat it and values are committed to.</summary>
internal sealed class AuditBody
{
    private AuditBody()
    {
    }

    public long Sequence { get; private set; }

    public string? Type { get; private set; }

    public string? At { get; private set; }

    public string? RecordedAt { get; private set; }

    public string? ActorKind { get; private set; }

    public string? ActorId { get; private set; }

    /// <summary>Of a link without a form: the commitment to all its data, lower-case hex.</summary>
    public string? Data { get; private set; }

    /// <summary>Commitments by field.</summary>
    public Dictionary<string, byte[]> Changes { get; } = new(StringComparer.Ordinal);

    /// <returns>Null: it is no canonical text of a form we know.</returns>
    public static AuditBody? Read(string text)
    {
        try
        {
            var body = new AuditBody();
            var form = body.Fill(Encoding.UTF8.GetBytes(text));
            return form is null or AuditChain.Form ? body : null;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private string? Fill(byte[] bytes)
    {
        string? form = null;
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("actor"u8))
            {
                ReadActor(ref reader);
            }
            else if (reader.ValueTextEquals("changes"u8))
            {
                ReadChanges(ref reader);
            }
            else
            {
                var name = reader.GetString();
                reader.Read();
                if (reader.TokenType != JsonTokenType.String)
                {
                    reader.Skip();
                    continue;
                }

                var value = reader.GetString();
                switch (name)
                {
                    case "seq": Sequence = long.Parse(value!, NumberStyles.None, CultureInfo.InvariantCulture); break;
                    case "type": Type = value; break;
                    case "at": At = value; break;
                    case "recordedAt" or "wallAt": RecordedAt = value; break;
                    case "data": Data = value; break;
                    case "form": form = value; break;
                    default: break;
                }
            }
        }

        return form;
    }

    private void ReadActor(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            (ActorKind, ActorId) = name switch
            {
                "kind" => (reader.GetString(), ActorId),
                "id" => (ActorKind, reader.GetString()),
                _ => (ActorKind, ActorId),
            };
        }
    }

    private void ReadChanges(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? field = null;
            byte[] commitment = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isField = reader.ValueTextEquals("field"u8);
                reader.Read();
                if (isField)
                {
                    field = reader.GetString();
                }
                else
                {
                    commitment = reader.GetBytesFromBase64();
                }
            }

            Changes.Add(field ?? throw new FormatException("A change names no field."), commitment);
        }
    }
}

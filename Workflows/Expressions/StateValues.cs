using System.Text.Json;

namespace CaseManagement.Workflows.Expressions;

/// <summary>
/// Values as a state document keeps them: plain JSON, save that a named number keeps its name as
/// <c>{"$named": name, "value": number}</c>. Names that begin with a dollar sign get another one, so no user's object is mistaken for it.
/// </summary>
internal static class StateValues
{
    private const string Named = "$named";

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case NamedNumber named:
                writer.WriteStartObject();
                writer.WriteString(Named, named.Name);
                writer.WriteNumber("value", named.Number);
                writer.WriteEndObject();
                break;
            case Dictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    writer.WritePropertyName(name.StartsWith('$') ? "$" + name : name);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            case List<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WorkflowValues.Write(writer, value);
                break;
        }
    }

    public static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (element.TryGetProperty(Named, out var named))
                {
                    return new NamedNumber(named.GetString()!, element.GetProperty("value").GetInt32());
                }

                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    map[property.Name.StartsWith('$') ? property.Name[1..] : property.Name] = Read(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Read(item));
                }

                return list;
            default:
                return WorkflowValues.FromJson(element);
        }
    }
}

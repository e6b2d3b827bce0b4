using System.Globalization;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>
/// Asks another system over HTTP. The request is a message of the outbox, sent after the commit; the activity waits for the answer and
/// reads it when it comes. An answer is a dictionary: StatusCode, Headers, Content and ContentType, or NoAnswer and Error.
/// </summary>
public abstract class HttpRequestActivity : Activity
{
    /// <summary>The channel that sends such requests.</summary>
    public const string Channel = "http";

    /// <summary>No answer came: the other side could not be reached, or must not be.</summary>
    public const string FailedToConnect = "Failed to connect";

    /// <summary>No answer came in time.</summary>
    public const string TimedOut = "Timeout";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    protected HttpRequestActivity(string typeName, string displayName, InputDescriptor? expected, IReadOnlyList<PortDescriptor> ports)
        : base(new ActivityDescriptor(typeName, "HTTP")
        {
            DisplayName = displayName,
            Kind = ActivityKind.Task,
            Inputs =
            [
                new InputDescriptor("Url", "Uri") { IsRequired = true },
                new InputDescriptor("Method", "String") { UIHint = "dropdown", DefaultValue = "GET" },
                new InputDescriptor("Content", "Object"),
                new InputDescriptor("ContentType", "String") { UIHint = "dropdown" },
                new InputDescriptor("Authorization", "String") { Category = "Security" },
                new InputDescriptor("RequestHeaders", "ObjectDictionary") { Category = "Advanced", UIHint = "json-editor" },
                .. expected is null ? (InputDescriptor[])[] : [expected],
            ],
            Outputs =
            [
                new OutputDescriptor("Result", "Object"),
                new OutputDescriptor("StatusCode", "Int32"),
                new OutputDescriptor("ParsedContent", "Object"),
                new OutputDescriptor("ResponseHeaders", "ObjectDictionary"),
            ],
            Ports = ports,
        })
    {
    }

    public sealed override ValueTask ExecuteAsync(ActivityContext context)
    {
        var url = AddressOf(context.GetText("Url"));
        var method = (context.GetText("Method") is { Length: > 0 } given ? given : "GET").ToUpperInvariant();
        if (!Methods.Contains(method))
        {
            throw new InvalidOperationException($"“{method}” is no HTTP method; {string.Join(", ", Methods)} are.");
        }

        var (content, contentType) = ContentOf(context);
        var request = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Method"] = method,
            ["Url"] = url.AbsoluteUri,
            ["Headers"] = HeadersOf(context),
            ["Content"] = content,
            ["ContentType"] = contentType,
        };
        context.Journal("Method", method);
        context.Journal("Url", url.GetLeftPart(UriPartial.Path));
        var waiting = context.CreateBookmark(Stimuli.Answer, "");
        context.Send(Channel, url.GetLeftPart(UriPartial.Authority), $"{method} {url.GetLeftPart(UriPartial.Path)}", WorkflowValues.ToJson(request), waiting);
        return ValueTask.CompletedTask;
    }

    public sealed override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        if (input is not Dictionary<string, object?> answer || answer.GetValueOrDefault("NoAnswer") is string)
        {
            var none = (input as Dictionary<string, object?>) ?? [];
            context.Journal("Error", none.GetValueOrDefault("Error"));
            return NoAnswerAsync(context, none.GetValueOrDefault("NoAnswer") is TimedOut ? TimedOut : FailedToConnect);
        }

        var status = ValueConversion.ToInt32(answer["StatusCode"]);
        var content = Parsed(answer.GetValueOrDefault("Content") as string, answer.GetValueOrDefault("ContentType") as string);
        context.Journal("StatusCode", status);
        context.SetOutput("StatusCode", (double)status);
        context.SetOutput("ParsedContent", content);
        context.SetOutput("ResponseHeaders", answer.GetValueOrDefault("Headers"));
        context.SetOutput("Result", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["StatusCode"] = (double)status,
            ["Headers"] = answer.GetValueOrDefault("Headers"),
            ["Content"] = content,
        });
        return AnsweredAsync(context, status);
    }

    protected abstract ValueTask AnsweredAsync(ActivityContext context, int status);

    /// <param name="reason"><see cref="FailedToConnect"/> or <see cref="TimedOut"/>.</param>
    protected abstract ValueTask NoAnswerAsync(ActivityContext context, string reason);

    private static Uri AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw new InvalidOperationException($"“{text}” is no address of the web (https://…, without user name).");

    private static (string? Content, string? Type) ContentOf(ActivityContext context)
    {
        var content = context.Get("Content");
        var type = context.GetText("ContentType") is { Length: > 0 } given ? given : null;
        return content switch
        {
            null => (null, null),
            string text => (text, type ?? "text/plain"),
            Dictionary<string, object?> form when type == "application/x-www-form-urlencoded" => (string.Join('&', form.Select(f =>
                $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(ValueConversion.ToText(f.Value) ?? "")}")), type),
            _ => (WorkflowValues.ToJson(content), type ?? "application/json"),
        };
    }

    private static Dictionary<string, object?> HeadersOf(ActivityContext context)
    {
        var headers = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in context.GetDictionary("RequestHeaders") ?? [])
        {
            headers[name] = value is List<object?> several
                ? string.Join(", ", several.Select(ValueConversion.ToText))
                : ValueConversion.ToText(value);
        }

        if (context.GetText("Authorization") is { Length: > 0 } authorization)
        {
            headers["Authorization"] = authorization;
        }

        return headers;
    }

    // What says it is JSON and is none stays the text it is.
    private static object? Parsed(string? content, string? type)
    {
        if (content is not { Length: > 0 } || type?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return content;
        }

        try
        {
            return WorkflowValues.Parse(content);
        }
        catch (ValueConversionException)
        {
            return content;
        }
    }
}

/// <summary>
/// Elsa.FlowSendHttpRequest: goes on at the status code where it is an expected one, else at “Unmatched status code”, and at Done in
/// both cases; without an answer at “Failed to connect” or “Timeout”.
/// </summary>
public sealed class FlowSendHttpRequest : HttpRequestActivity
{
    /// <summary>The input whose values are ports as well; Studio draws them by the type's name, whatever editor the input has.</summary>
    internal const string Expected = "ExpectedStatusCodes";

    private const string Unmatched = "Unmatched status code";

    public FlowSendHttpRequest()
        : base(
            "Elsa.FlowSendHttpRequest", "HTTP Request (flow)",
            new InputDescriptor(Expected, "List<Int32>") { UIHint = "multitext", DefaultValue = "[200]" },
            [new(Unmatched), new(FailedToConnect), new(TimedOut), new("Done")])
    {
    }

    protected override ValueTask AnsweredAsync(ActivityContext context, int status)
    {
        var expected = context.GetTexts(Expected);
        var code = status.ToString(CultureInfo.InvariantCulture);
        return expected.Count == 0
            ? context.CompleteAsync()
            : context.CompleteAsync([expected.Contains(code, StringComparer.Ordinal) ? code : Unmatched, "Done"]);
    }

    protected override ValueTask NoAnswerAsync(ActivityContext context, string reason) => context.CompleteAsync(reason);
}

/// <summary>Elsa.SendHttpRequest: runs the embedded activity of the status code, or of what else came of the request.</summary>
public sealed class SendHttpRequest : HttpRequestActivity
{
    public SendHttpRequest()
        : base(
            "Elsa.SendHttpRequest", "HTTP Request",
            new InputDescriptor("ExpectedStatusCodes", "Object") { IsWrapped = false, UIHint = "http-status-codes" },
            [
                new("UnmatchedStatusCode", PortType.Embedded), new("FailedToConnect", PortType.Embedded), new("Timeout", PortType.Embedded),
            ])
    {
    }

    protected override ValueTask AnsweredAsync(ActivityContext context, int status)
    {
        foreach (var (code, activity) in (IReadOnlyList<(int, PlanNode?)>)context.Node.Data!)
        {
            if (code == status && activity is not null)
            {
                context.Schedule(activity);
                return ValueTask.CompletedTask;
            }
        }

        return RunAsync(context, "UnmatchedStatusCode");
    }

    protected override ValueTask NoAnswerAsync(ActivityContext context, string reason) =>
        RunAsync(context, reason == TimedOut ? "Timeout" : "FailedToConnect");

    protected internal override object Compile(NodeCompiler compiler) =>
        (IReadOnlyList<(int, PlanNode?)>)
        [
            .. Definitions.Json.Objects(compiler.Json["expectedStatusCodes"]).Select(json => (
                Definitions.Json.Number(json, "statusCode") ?? 0,
                json["activity"] is System.Text.Json.Nodes.JsonObject activity ? compiler.AddChild(activity) : null)),
        ];

    private static ValueTask RunAsync(ActivityContext context, string port)
    {
        if (context.Node.Port(port) is not { } activity)
        {
            return context.CompleteAsync();
        }

        context.Schedule(activity);
        return ValueTask.CompletedTask;
    }
}

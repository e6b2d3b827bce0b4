using System.Net.Mail;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>
/// Elsa.SendEmail: a message of the outbox to each recipient, sent after the commit. Where the Error port holds an activity, the step
/// waits until all are delivered, and runs it as soon as one has been given up; else it goes on at once.
/// </summary>
public sealed class SendEmail : Activity
{
    /// <summary>The channel that sends them.</summary>
    public const string Channel = "email";

    /// <summary>Recipients of one step.</summary>
    public const int MaxRecipients = 100;

    public SendEmail()
        : base(new ActivityDescriptor("Elsa.SendEmail", "Email")
        {
            DisplayName = "Send Email",
            Kind = ActivityKind.Task,
            Inputs =
            [
                new InputDescriptor("From", "String"),
                new InputDescriptor("To", "List<String>") { UIHint = "multitext", IsRequired = true },
                new InputDescriptor("Cc", "List<String>") { UIHint = "multitext", Category = "More" },
                new InputDescriptor("Bcc", "List<String>") { UIHint = "multitext", Category = "More" },
                new InputDescriptor("Subject", "String"),
                new InputDescriptor("Attachments", "Object") { UIHint = "multiline", IsBrowsable = false },
                new InputDescriptor("Body", "String") { UIHint = "multiline" },
            ],
            Ports = [new PortDescriptor("Error", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var recipients = ((string[])["To", "Cc", "Bcc"]).SelectMany(context.GetTexts).Select(Checked)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (recipients.Count is 0 or > MaxRecipients)
        {
            throw new InvalidOperationException($"An e-mail goes to 1 to {MaxRecipients} recipients; this one has {recipients.Count}.");
        }

        if (context.Get("Attachments") is not null)
        {
            throw new InvalidOperationException("Attachments are not sent from here; put a link into the body.");
        }

        var waits = context.Node.Port("Error") is not null;
        var (subject, body) = (context.GetText("Subject") ?? "", context.GetText("Body") ?? "");
        foreach (var recipient in recipients)
        {
            context.Send(Channel, recipient, subject, body, waits ? context.CreateBookmark(Stimuli.Answer, recipient) : null);
        }

        context.Journal("Recipients", recipients.Count);
        return waits ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        if ((input as Dictionary<string, object?>)?.GetValueOrDefault("Error") is string error)
        {
            context.Journal("Error", error);
            foreach (var waiting in context.Bookmarks.ToList())
            {
                context.RemoveBookmark(waiting);
            }

            context.Schedule(context.Node.Port("Error")!);
            return ValueTask.CompletedTask;
        }

        return context.Bookmarks.Any(b => b.Id != bookmark.Id) ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    protected internal override object? Compile(NodeCompiler compiler)
    {
        if (compiler.Node.Input("Attachments") is not null)
        {
            compiler.Report(PlanFindings.NotSupported, true, PlanTexts.NoAttachments);
        }

        if (compiler.Node.Input("From") is not null)
        {
            compiler.Report(PlanFindings.NotSupported, false, PlanTexts.SenderIsConfigured);
        }

        return null;
    }

    private static string Checked(string address) =>
        address.Length <= 254 && MailAddress.TryCreate(address.Trim(), out var parsed) && !address.AsSpan().ContainsAny('\r', '\n')
            ? parsed.Address
            : throw new InvalidOperationException($"“{(address.Length > 60 ? address[..60] + "…" : address)}” is no e-mail address.");
}

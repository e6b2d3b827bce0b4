using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>出具文书: writes a document out; waits while a signature is missing.</summary>
public sealed class IssueDocument() : CaseActivity(Describe.Activity(nameof(IssueDocument), Describe.Communication, "出具文书", "Issue document",
    [Describe.One("Template", "模板", "Template", required: true), Describe.Many("Who", "经办", "Who"), Describe.One("Clock", "计时", "Clock")], "Issued"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        var document = DrawnUp.By(act, TemplateOf(context), to: null);
        if (document.IssuedAt is not null)
        {
            return context.CompleteAsync("Issued");
        }

        if (OrderOf(context) is { } order)
        {
            CaseWork.Open(context, act, OriginOf(context), order);
        }

        Await(context, CaseSignals.DocumentSigned, TemplateOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (act.Complaint.Documents.StateOf(TemplateOf(context)) == "unsigned")
        {
            return CaseWork.KeepWaiting(context);
        }

        act.Complaint.Tasks.CancelOf(act, context.Instance.Id, context.Node.Id);
        return context.CompleteAsync("Issued");
    }

    // whoever may work on the case may sign where the step names nobody
    private protected override TaskOrder? OrderOf(ActivityContext context) => new(context.GetTexts("Who") is { Count: > 0 } who ? who : [Domain.Parties.Candidates.Handler])
    {
        Outcomes = [Domain.Tasks.HumanTask.SignedOutcome],
        Clock = context.GetText("Clock"),
        Signs = TemplateOf(context),
    };

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        [(CaseSignals.TaskCompleted, context.Node.Id), (CaseSignals.DocumentSigned, TemplateOf(context))];

    private static string TemplateOf(ActivityContext context) => context.GetText("Template")!;
}

/// <summary>Documents of a case in the words of the day.</summary>
internal static class DrawnUp
{
    public static IssuedDocument By(CaseAct act, string key, BilingualText? to)
    {
        var template = act.Rules.Template(key);

        // the subject stands in lists and notices, where nobody is named who may not be
        return act.Complaint.Documents.DrawUp(act, template, Write(act, template.Subject, MessageReader.Staff), Write(act, template.Body, MessageReader.Complainant), to);
    }

    private static BilingualText Write(CaseAct act, BilingualText text, MessageReader reader)
    {
        return new BilingualText(In("zh-CN", text.Zh), In("en", text.En));

        string In(string culture, string said) => TemplateRendering.Text(said, MessageModel.Of(act, culture, said, reader));
    }
}

/// <summary>对外报送移送: somebody tells an outside body, or hands the case over; the letter lies ready when they are asked, and when it was sent is kept.</summary>
public sealed class ReferOutside() : CaseActivity(Describe.Activity(nameof(ReferOutside), Describe.Communication, "对外报送移送", "Refer outside",
    [
        Describe.One("Body", "机构", "Body", required: true), Describe.One("Template", "模板", "Template", required: true), Describe.Many("Who", "承办", "Who", required: true),
        Describe.One("Clock", "计时", "Clock"), Describe.One("Stamps", "记录时刻", "Stamps"),
    ]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        if (act.Rules.Template(context.GetText("Template")!).Kind == TemplateKind.Document)
        {
            DrawnUp.By(act, context.GetText("Template")!, act.Rules.Pack.Organisation.Bodies.FirstOrDefault(b => b.Key == context.GetText("Body"))?.Name);
        }

        CaseWork.Open(context, act, OriginOf(context), OrderOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (CaseWork.LastDone(context, act) is not { } done)
        {
            return CaseWork.KeepWaiting(context);
        }

        act.Complaint.Refer(act, context.GetText("Body")!, context.GetText("Template")!);
        return context.CompleteAsync(done.Outcome!);
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = ["Done"],
        Clock = context.GetText("Clock"),
        Stamps = context.GetText("Stamps"),
    };
}

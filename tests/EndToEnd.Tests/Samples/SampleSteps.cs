using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.Steps;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>Two steps of the standard process; saving is refused because somebody else saved.</summary>
internal sealed class SampleSteps : IStepPages
{
    private const string Process = "standard-complaint";

    public Task<StepList?> ListAsync(string key, string workflow, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(key != Process ? null : new StepList
        {
            Key = key,
            Workflow = workflow,
            Name = Say.It("标准投诉", "Standard complaint"),
            Version = 3,
            State = new StateMark(StateShape.Waiting, Say.It("草稿", "draft")),
            Token = "t",
            Steps =
            [
                new("first", Say.It("首次回复", "First reply"), Say.It("任务", "Task"), [Say.It("调查并提出方案", "Investigate and propose")], 0),
                new("handle", Say.It("调查并提出方案", "Investigate and propose"), Say.It("任务", "Task"), [Say.It("结案（完成）", "Close (Done)")], 2),
            ],
            Types = [(Say.It("02 办理", "02 Work"), [new("CaseManagement.Task", Say.It("任务", "Task")), new("CaseManagement.Notify", Say.It("通知", "Notify"))])],
            Ways = [new("first|Done", Say.It("首次回复 —— 完成", "First reply — Done"))],
        });

    public Task<StepPage?> GetAsync(string key, string workflow, string step, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(key != Process ? null : new StepPage
        {
            Key = key,
            Workflow = workflow,
            WorkflowName = Say.It("标准投诉", "Standard complaint"),
            Step = step,
            Name = Say.It("调查并提出方案", "Investigate and propose"),
            Kind = Say.It("任务", "Task"),
            Description = Say.It("交给人办理，等办完再继续。", "Gives work to people and goes on when it is done."),
            Token = "t",
            Findings = [Say.It("没有人能办这一步", "Nobody can do this step")],
            FindingsHref = "/processes/standard-complaint?tab=findings",
            DesignerHref = "/studio/definitions/standard-complaint#step-handle",
            Form = new FormPage
            {
                Id = "step",
                Fields =
                [
                    new() { Key = "name-zh", Label = Say.It("名称（中文）", "Name (Chinese)"), Type = FieldType.Text, Values = ["调查并提出方案"] },
                    new() { Key = "in-Who", Label = Say.It("办理人", "Who"), Type = FieldType.Choices, Options = [new("staff@lead", Say.It("经办人", "Staff")), new("supervisor", Say.It("主管", "Supervisor"))], Values = ["staff@lead"] },
                    new() { Key = "in-Clock", Label = Say.It("时限", "Time limit"), Type = FieldType.Choice, Options = [new("reply", Say.It("首次答复", "First reply"))], Values = ["reply"] },
                    new() { Key = "in-MinPeople", Label = Say.It("最少人数", "Fewest people"), Type = FieldType.Number, Values = ["2"], Help = Say.It("这里是表达式（JavaScript），照原样写。", "This is an expression (JavaScript); write it as such.") },
                    new() { Key = "way-Done", Label = Say.It("完成之后走到", "After Done it goes to"), Type = FieldType.Choice, Options = [new("close", Say.It("结案", "Close"))], Values = ["close"], Wide = true },
                ],
            },
        });

    public Task<(ActionAnswer Answer, string? Step)> AddAsync(string key, string workflow, NewStep step, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<(ActionAnswer, string?)>((ActionAnswer.Refused(Say.It("别人已保存。", "Somebody else saved.")), null));

    public Task<ActionAnswer> SaveAsync(string key, string workflow, string step, string token, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Refused(Say.It("别人已保存。", "Somebody else saved.")));

    public Task<ActionAnswer> RemoveAsync(string key, string workflow, string step, string token, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Refused(Say.It("别人已保存。", "Somebody else saved.")));
}

using System.Security.Claims;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Incidents;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>One failed step of the standard process.</summary>
internal sealed class SampleIncidents : IIncidentPages
{
    public static readonly Guid Instance = new("0198f000-0000-7000-8000-0000000000aa");

    private static IncidentLine Line => new(
        Instance, Say.It("计算编号", "Work out a number"), Say.It("标准投诉处理 · 第 3 版", "Standard complaint handling · v3"), Say.Zone, Say.At(10, 12, 13, 5),
        Say.It("脚本或条件算不出结果", "A script or condition could not be worked out"), "TypeError: Cannot read properties of null (reading 'length')", "TS2026-000123");

    public Task<IncidentList?> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult<IncidentList?>(new IncidentList([Line]));

    public Task<IncidentPage?> GetAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(instance == Instance ? Page : null);

    public Task<ActionAnswer> RetryAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(instance == Instance ? ActionAnswer.Refused(Say.It("重试后又出错了。", "It was run again and failed again.")) : ActionAnswer.NotFound);

    private static IncidentPage Page => new()
    {
        Instance = Instance,
        Failed = [Line],
        Diagram = new Diagram
        {
            Title = Say.It("标准投诉处理", "Standard complaint handling"),
            Nodes =
            [
                new DiagramNode("first", Say.It("首次回复", "First reply"), 0, 0),
                new DiagramNode("broken", Say.It("计算编号", "Work out a number"), 330, 0) { Look = NodeLook.Failed, Here = true },
            ],
            Connections = [new DiagramConnection("first", "broken")],
        },
        Links = [new Choice("/cases/1#diagram", Say.It("打开案件的流程图", "Open the diagram of the case"))],
        MayRetry = true,
    };
}

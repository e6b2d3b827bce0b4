using System.Security.Claims;
using CaseManagement.Web.Features.Moves;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>Cases of the standard process on their way from version 2 to version 3.</summary>
internal sealed class SampleMoves : IMovePages
{
    public Task<MovePage?> GetAsync(string key, MoveForm form, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(key != "standard-complaint" ? null : Page(form, form.Reason is null ? null : Table(dryRun: true)));

    public Task<MovePage?> RunAsync(string key, MoveForm form, bool dryRun, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<MovePage?>(Page(form, Table(dryRun)));

    private static MovePage Page(MoveForm form, MoveTable? table) => new()
    {
        Key = "standard-complaint",
        Name = Say.It("标准投诉处理", "Standard complaint handling"),
        Zone = Say.Zone,
        Form = form with { From = form.From ?? 2, To = form.To ?? 3 },
        Froms = [new("2", Say.It("第 2 版 · 23 件在办", "v2 · 23 open"))],
        Tos = [new("3", Say.It("第 3 版 · 已发布", "v3 · published")), new("2", Say.It("第 2 版", "v2"))],
        Cases = 23,
        Ready = true,
        Steps =
        [
            new("handle", Say.It("调查并提出方案", "Investigate and propose"), "standard-complaint", [new("", Say.It("没有对应", "none")), new("work", Say.It("办理", "Work on it"))], "work"),
            new("visit", Say.It("回访", "Follow up"), "standard-complaint", [new("", Say.It("没有对应", "none"))], ""),
        ],
        Table = table,
        ReasonError = table is { DryRun: false } && string.IsNullOrWhiteSpace(form.Reason) ? Say.It("还缺：原因", "Missing: a reason") : null,
    };

    private static MoveTable Table(bool dryRun) => new(
        dryRun,
        [
            new(SampleCases.Id, "TS-2026-0412", new(StateShape.Done, Say.It("可以迁移", "would move")), [Say.It("新步骤已越过，不再办理：补充核对", "New steps it has come past, which will not be done: Check once more")],
                [new(Say.It("办结", "Resolution"), Say.At(10, 15, 18), Say.At(10, 18, 18)), new(Say.It("首次答复", "First reply"), Say.At(10, 13, 9), null)]),
            new(Guid.Parse("018f0000-0000-7000-8000-000000000413"), "TS-2026-0413", new(StateShape.Problem, Say.It("不能迁移", "cannot move")), [Say.It("停在“回访”，新版没有对应步骤。", "It waits at “Follow up”, which the new version does not have.")], []),
        ],
        [new(new(StateShape.Done, Say.It("可以迁移", "would move")), null, 17), new(new(StateShape.Problem, Say.It("不能迁移", "cannot move")), Say.It("停在“回访”，新版没有对应步骤。", "It waits at “Follow up”, which the new version does not have."), null)],
        Left: 2,
        Next: SampleCases.Id);
}

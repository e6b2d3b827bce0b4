using System.Security.Claims;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>The standard process's registration.</summary>
internal sealed class SampleIntake : IIntake
{
    private static readonly string[] Needed = ["subject", "description"];

    public List<string> Registered { get; } = [];

    public Task<IntakePage?> FormAsync(IntakeChoice choice, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var question = choice.Kind is "consultation" or "suggestion";
        var form = SampleForms.Registration();
        return Task.FromResult<IntakePage?>(new IntakePage
        {
            Processes = [new("standard-complaint", Say.It("标准投诉处理", "Standard complaint handling")), new("property", Say.It("业主投诉", "Owner complaints"))],
            Process = choice.Process ?? "standard-complaint",
            Kinds = [new("complaint", Say.It("投诉", "Complaint")), new("consultation", Say.It("咨询", "Consultation")), new("suggestion", Say.It("建议", "Suggestion"))],
            Kind = choice.Kind ?? "complaint",
            Complainant = SampleForms.Complainant(),
            Matter = question ? form with { Fields = [.. form.Fields.Where(field => field.Key is "subject" or "description")] } : form,
            Key = "0199d0a0-0000-7000-8000-00000000000f",
            Aside = Aside(),
        });
    }

    public Task<IntakeAside> SuggestAsync(IntakeChoice choice, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(Aside());

    public Task<IntakeReview> ReviewAsync(IntakeChoice choice, FormAnswers answers, StagedForm files, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var errors = Needed
            .Where(key => answers.Values.GetValueOrDefault(key, []).Count == 0)
            .ToDictionary(key => key, _ => Say.It("这一栏要填。", "Fill this in."));
        var subject = string.Join(' ', answers.Values.GetValueOrDefault("subject", []));
        return Task.FromResult(new IntakeReview(
            errors,
            new ReadBack(Say.It($"“您反映：{subject}。我们明天下午两点二十分前先答复您。对吗？”", $"“You report: {subject}. We reply by tomorrow 14:20. Is that right?”"), [new(Say.It("事由", "Subject"), subject)]),
            Aside()));
    }

    public Task<IntakeAnswer> RegisterAsync(
        IntakeChoice choice, FormAnswers answers, StagedForm files, string key, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Registered.Add(key);
        return Task.FromResult(new IntakeAnswer(SampleCases.Id, new Dictionary<string, string>()));
    }

    private static IntakeAside Aside() => new()
    {
        Level = SampleCases.Level(true),
        LevelReason = Say.It("有人受伤", "someone was hurt"),
        Lead = Say.It("客服部", "Customer service"),
        Promises = [new(Say.It("首次答复", "First reply"), Say.At(10, 13, 14, 20), Say.Zone), new(Say.It("办结", "Resolution"), Say.At(10, 19, 23, 59), Say.Zone), new(Say.It("报领导", "Tell leaders"), null, Say.Zone, Say.It("立即", "at once"))],
        LookAlikes = [new(SampleCases.Id, "TS-20260921-007", Say.It("同一扶梯 · 何立 · 9 月 21 日", "same escalator · He Li · 21 Sep"), 87, SampleCases.Level(false))],
        Earlier = [new(SampleCases.Id, "TS-20260818-002", Say.It("扶梯急停", "escalator stopped hard"), Say.At(8, 18, 10), Say.Zone, IsOpen: false, Say.It("同一电话", "same telephone"))],
        History = Say.It("共 1 件，在办 0 件", "1 cases, 0 open"),
    };
}

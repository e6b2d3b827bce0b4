using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.SignIn;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>One person who may do everything, and the frame around their pages.</summary>
internal sealed class SamplePeople : ISignIn, IShell
{
    public const string Password = "long enough, and known";

    private bool _singleKeys = true;

    public Task<ClaimsPrincipal?> CheckAsync(Credentials typed, SignInTry attempt, CancellationToken cancellationToken) =>
        Task.FromResult(typed.Password == Password ? Person(typed.UserName) : null);

    public Task<bool> ProveAsync(string userId, Credentials typed, SignInTry attempt, CancellationToken cancellationToken) =>
        Task.FromResult(typed.Password == Password);

    public Task<IReadOnlyList<DemoUser>> DemoUsersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DemoUser>>(
    [
        new("lin", Say.It("林晓", "Lin Xiao"), Say.It("客服部 · 经办人", "Customer service · staff")),
        new("sun", Say.It("孙浩", "Sun Hao"), Say.It("客服部 · 主管", "Customer service · supervisor")),
    ]);

    public Task LeftAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ClaimsPrincipal?> AsDemoUserAsync(string userName, CancellationToken cancellationToken) =>
        Task.FromResult<ClaimsPrincipal?>(userName is "lin" or "sun" ? Person(userName) : null);

    public Task<Shell> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(new Shell
    {
        Name = Say.It("林晓", "Lin Xiao"),
        Initials = Say.It("林", "LX"),
        Position = Say.It("客服部 · 经办人", "Customer service · staff"),
        MayRegister = true,
        SingleKeys = _singleKeys,
        Links =
        [
            new(ShellPlace.Inbox, "/inbox", 12), new(ShellPlace.Intake, "/intake"), new(ShellPlace.Board, "/board"), new(ShellPlace.Reports, "/reports"),
            new(ShellPlace.Processes, "/processes"), new(ShellPlace.Limits, "/limits"), new(ShellPlace.Tables, "/tables"), new(ShellPlace.Calendars, "/calendars"), new(ShellPlace.Jobs, "/jobs"),
        ],
    });

    public Task KeepSingleKeysAsync(ClaimsPrincipal user, bool on, CancellationToken cancellationToken)
    {
        _singleKeys = on;
        return Task.CompletedTask;
    }

    // sessions belong to people who are there: one of the demo organisation who works on cases
    private static ClaimsPrincipal Person(string userName) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "zhou"), new Claim(ClaimTypes.Name, userName)], "sample"));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>The first answer to a request, given again when the request comes again under the same <c>Idempotency-Key</c>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body.</param>
public sealed record FirstAnswer(int Status, string Json)
{
    /// <summary>It is given again: whoever asks may no longer see all that was told at first.</summary>
    public bool IsAgain { get; init; }

    public static FirstAnswer Of(int status, object body) => new(status, JsonSerializer.Serialize(body, body.GetType(), ApiJson.Options));
}

/// <summary>Does what a request asks once, however often it comes.</summary>
public sealed class RequestOnce(CaseRuntime runtime, ICaseStore store, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    /// <summary>The work and its answer are kept in one commit.</summary>
    /// <exception cref="RuleViolationException"><c>idempotency-key-reused</c>, or a rule of the work.</exception>
    public async Task<FirstAnswer> RunAsync(HttpContext context, Func<ICaseTransaction, ValueTask<FirstAnswer>> work)
    {
        var isAgain = true;
        var (status, json) = await runtime.OnceAsync(
            await KeyOfAsync(context),
            async transaction =>
            {
                var answer = await work(transaction);
                isAgain = false;
                return (answer.Status, answer.Json);
            },
            clock.GetUtcNow(),
            context.RequestAborted);
        return new FirstAnswer(status, json) { IsAgain = isAgain };
    }

    /// <summary>The same for a body that is read as it comes: what it is known by was worked out meanwhile.</summary>
    /// <inheritdoc cref="RunAsync(HttpContext, Func{ICaseTransaction, ValueTask{FirstAnswer}})" path="/exception"/>
    public async Task<FirstAnswer> RunAsync(HttpContext context, string bodyHash, Func<ICaseTransaction, ValueTask<FirstAnswer>> work)
    {
        var isAgain = true;
        var (status, json) = await runtime.OnceAsync(
            KeyOf(context, () => bodyHash),
            async transaction =>
            {
                var answer = await work(transaction);
                isAgain = false;
                return (answer.Status, answer.Json);
            },
            clock.GetUtcNow(),
            context.RequestAborted);
        return new FirstAnswer(status, json) { IsAgain = isAgain };
    }

    /// <summary>For work with a commit of its own: the answer is kept after it. The work itself must refuse or bear being done again.</summary>
    public async Task<FirstAnswer> RunApartAsync(HttpContext context, Func<Task<FirstAnswer>> work)
    {
        var key = await KeyOfAsync(context);
        if (key is null)
        {
            return await work();
        }

        if (await store.RunAsync(transaction => FindAsync(transaction, key, context.RequestAborted), context.RequestAborted) is { } first)
        {
            return first;
        }

        var answer = await work();
        return await store.RunAsync(
            async transaction =>
            {
                await KeepAsync(transaction, key, answer, context.RequestAborted);
                return answer;
            },
            CancellationToken.None);
    }

    /// <summary>For work that has a transaction already.</summary>
    public async ValueTask<FirstAnswer> RunAsync(RequestKey? key, ICaseTransaction transaction, Func<ValueTask<FirstAnswer>> work, CancellationToken cancellationToken)
    {
        if (key is not null && await FindAsync(transaction, key, cancellationToken) is { } first)
        {
            return first;
        }

        var answer = await work();
        if (key is not null)
        {
            await KeepAsync(transaction, key, answer, cancellationToken);
        }

        return answer;
    }

    /// <summary>What the request is known by; null when it has no key.</summary>
    /// <exception cref="ApiProblemException"><c>idempotency-key-unusable</c></exception>
    public static async Task<RequestKey?> KeyOfAsync(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey(Header))
        {
            return null;
        }

        var body = await RequestBody.ReadAsync(context);
        return KeyOf(context, () => body.Hash);
    }

    private static RequestKey? KeyOf(HttpContext context, Func<string> bodyHash)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        if (values is not [{ Length: > 0 and <= LongestKey } key] || string.IsNullOrWhiteSpace(key))
        {
            throw new ApiProblemException(StatusCodes.Status400BadRequest, "idempotency-key-unusable", "An Idempotency-Key is one value of 1 to 200 characters.");
        }

        // hashed, so that a route and a key of any length fit the column
        var route = $"{context.Request.Method} {context.Request.Path}\n{key}";
        return new RequestKey(ApiCaller.Of(context).Principal, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(route))), bodyHash());
    }

    private static async ValueTask<FirstAnswer?> FindAsync(ICaseTransaction transaction, RequestKey key, CancellationToken cancellationToken)
    {
        if (await transaction.FindAnswerAsync(key.Principal, key.Key, cancellationToken) is not { } first)
        {
            return null;
        }

        RuleViolationException.ThrowUnless(first.BodyHash == key.BodyHash, CaseRuntime.KeyReused);
        return new FirstAnswer(first.Status, first.Answer) { IsAgain = true };
    }

    private async ValueTask KeepAsync(ICaseTransaction transaction, RequestKey key, FirstAnswer answer, CancellationToken cancellationToken)
    {
        if (await FindAsync(transaction, key, cancellationToken) is null)
        {
            await transaction.SaveAnswerAsync(
                new AnswerRow(key.Principal, key.Key, key.BodyHash, answer.Status, answer.Json, clock.GetUtcNow()), cancellationToken);
        }
    }
}

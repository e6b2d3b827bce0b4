using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime.Plans;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Elsa;

/// <summary>Ends a request with a sentence of <see cref="ElsaText"/>; nothing has changed.</summary>
public sealed class ElsaRefusedException(string text, params object[] values) : Exception(text)
{
    /// <summary>The name of the sentence.</summary>
    public string Text { get; } = text;

    public IReadOnlyList<object> Values { get; } = values;
}

/// <summary>A process version has findings that keep it from being published.</summary>
public sealed class ElsaFindingsException(IReadOnlyList<Finding> findings) : Exception("The process has findings.")
{
    public IReadOnlyList<Finding> Findings { get; } = findings;
}

/// <summary>To publish, somebody has to prove once more who they are.</summary>
/// <param name="definitionId">What they come back to; null: the list.</param>
public sealed class ElsaProofNeededException(string? definitionId) : Exception("Whoever asks has not proved lately who they are.")
{
    /// <summary>The page where they prove it, and which leads back to the designer.</summary>
    public string Address { get; } = "/sign-in/again" + QueryString.Create("returnUrl", definitionId is null ? "/studio" : $"/studio/definitions/{Uri.EscapeDataString(definitionId)}");
}

/// <summary>Says in the caller's language why something was refused.</summary>
public sealed class ElsaRefusals(IStringLocalizer<ElsaText> text, People people, DateWords dates, StoredConfigurations configurations)
{
    /// <summary>Sentences shown at most; the rest is counted.</summary>
    public const int MostSentences = 12;

    /// <summary>The 400 Studio shows.</summary>
    /// <param name="exception">What refused it.</param>
    /// <param name="sentences">What to tell the person.</param>
    public static JsonObject Body(Exception exception, IEnumerable<string> sentences)
    {
        var body = new JsonObject
        {
            ["statusCode"] = StatusCodes.Status400BadRequest,
            ["message"] = "One or more errors occurred!",
            ["errors"] = new JsonObject { ["generalErrors"] = new JsonArray([.. sentences.Select(s => JsonValue.Create(s))]) },
        };
        if (exception is PowersNotConfirmedException given)
        {
            // Studio shows sentences only; our bar above it makes a link of this
            body["confirmAt"] = Features.Processes.ProcessLinks.Publish(given.Process, given.Version);
        }
        else if (exception is ElsaProofNeededException proof)
        {
            body["proveAt"] = proof.Address;
        }

        return body;
    }

    /// <summary>What to tell the person; null for what nobody expected.</summary>
    public async ValueTask<IReadOnlyList<string>?> OfAsync(Exception exception, string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return exception switch
        {
            ElsaRefusedException refused => [text[refused.Text, [.. refused.Values]]],
            StaleDraftException stale => [await StaleAsync(stale)],
            ElsaFindingsException found => Short([.. found.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => Say(f, language))]),
            UnreadableDraftException found => Short([.. found.Findings.Select(f => Say(f, language))]),
            UnrunnableDefinitionException found => Short([.. found.Plan.Findings.Where(f => f.IsError).Select(f => Say(f, language))]),
            DefinitionFormatException format => [Known($"format.{format.Code}") ?? text["format.other"], .. Detail(format.Message)],
            RuleViolationException { Rule: var rule } => [Known(rule.Code) ?? rule.Message],
            PowersNotConfirmedException given => Short([
                text["GivesAway", given.Version, given.Powers.Count, Features.Processes.ProcessLinks.Publish(given.Process, given.Version)], .. given.Powers.Select(p => p.Text.In(language))]),
            ElsaProofNeededException proof => [text["ProveFirst"]],
            SimulationRefusedException busy => [text[busy.Code]],
            StoreBusyException => [text["busy"]],
            StoreFailedException => [text["failed"]],
            BadHttpRequestException => [text["format.not-json"]],
            _ => null,
        };
    }

    private string Say(PlanFinding finding, string language)
    {
        var sentence = language == "en" ? finding.Text.En : finding.Text.Zh;
        return finding.ActivityId is { Length: > 0 } activity ? text["AtActivity", activity, sentence] : sentence;
    }

    private static string Say(Finding finding, string language) => finding.Message.In(language);

    private async ValueTask<string> StaleAsync(StaleDraftException stale)
    {
        var by = stale.By is { } id ? (await people.FindAsync(id, CancellationToken.None))?.Name ?? id : text["Somebody"].Value;
        if (stale.At is not { } at)
        {
            return text["Stale", by, stale.Version];
        }

        // definitions have no zone of their own: the processes' serves
        var zone = (await configurations.CurrentAsync(CancellationToken.None)).Published.Values.FirstOrDefault()?.Pack.Identity.Zone ?? "UTC";
        return text["StaleAt", by, dates.Say(at, zone, DateStyle.List), stale.Version];
    }

    private List<string> Short(List<string> sentences)
    {
        var distinct = sentences.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count <= MostSentences
            ? distinct
            : [.. distinct.Take(MostSentences), text["AndMore", distinct.Count - MostSentences]];
    }

    private string? Known(string name) => text[name] is { ResourceNotFound: false } known ? known.Value : null;

    // the parser's own words help those who wrote the file by hand; they are English
    private static IEnumerable<string> Detail(string message) => CultureInfo.CurrentUICulture.Name == "en" ? [message] : [];
}

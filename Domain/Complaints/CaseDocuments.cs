using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Complaints;

/// <summary>One signature on a document: who signed as what, and who recorded it.</summary>
/// <param name="Key">The template's signature.</param>
/// <param name="By">Id of the person in whose session it was recorded; null for the product.</param>
/// <param name="ByName">The name people know them by.</param>
/// <param name="At">When it was recorded.</param>
public sealed record DocumentSignature(string Key, string? By, string? ByName, DateTimeOffset At);

/// <summary>A document of a case: settlement agreement, training record, notice to a supplier. Its words are those of the day it was drawn up.</summary>
public sealed class IssuedDocument
{
    public required Guid Id { get; init; }

    /// <summary>The case's number with the document's own behind it: 2026-09-0012-D1.</summary>
    public required string Number { get; init; }

    /// <summary>The pack's template of kind document.</summary>
    public required string Template { get; init; }

    public required BilingualText Subject { get; init; }

    public required BilingualText Body { get; init; }

    /// <summary>The outside body it is written to; null where it is for the complainant or the house.</summary>
    public BilingualText? To { get; init; }

    public required DateTimeOffset DrawnUpAt { get; init; }

    /// <summary>Signatures it needs, by the template's keys.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    [JsonInclude]
    public List<DocumentSignature> Signatures { get; internal set; } = [];

    /// <summary>When it was complete: drawn up where nobody signs, else with the last signature.</summary>
    [JsonInclude]
    public DateTimeOffset? IssuedAt { get; internal set; }

    /// <summary>unsigned, signed, or issued where nobody signs: as conditions read <c>document:template</c>.</summary>
    [JsonIgnore]
    public string State => IssuedAt is null ? "unsigned" : Needs.Count == 0 ? "issued" : "signed";
}

/// <summary>The documents of one case. A document drawn up again has a new number; the earlier one stays.</summary>
public sealed class CaseDocuments
{
    [JsonInclude, JsonPropertyName("all")]
    internal List<IssuedDocument> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<IssuedDocument> All => Items;

    /// <summary>The state of the last document of this template, or missing.</summary>
    public string StateOf(string template) => Items.LastOrDefault(d => d.Template == template)?.State ?? "missing";

    /// <summary>Draws a document up, if its gate is open. Where nobody signs it is issued with that.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="template">The template.</param>
    /// <param name="subject">Its subject, written out.</param>
    /// <param name="body">Its words, written out.</param>
    /// <param name="to">The outside body it is written to, if any.</param>
    public IssuedDocument DrawUp(CaseAct act, Template template, BilingualText subject, BilingualText body, BilingualText? to = null)
    {
        act.Rules.ThrowUnlessAllowed(GateAction.Document(template.Key), act);
        var made = new IssuedDocument
        {
            Id = Guid.CreateVersion7(act.At),
            Number = $"{act.Complaint.Number}-D{Items.Count + 1}",
            Template = template.Key,
            Subject = subject,
            Body = body,
            To = to,
            DrawnUpAt = act.At,
            Needs = [.. template.Signatures.Select(s => s.Key)],
            IssuedAt = template.Signatures.Count == 0 ? act.At : null,
        };
        Items.Add(made);
        act.Record(CaseEvents.DocumentDrawnUp, ("document", made.Id.ToString()), ("number", made.Number), ("template", template.Key), ("titleZh", subject.Zh), ("titleEn", subject.En));
        if (made.IssuedAt is not null)
        {
            Issued(act, template, made);
        }

        return made;
    }

    /// <summary>Records signatures on the open document of a template. All that it needs make it issued.</summary>
    /// <exception cref="RuleViolationException"><c>document-unknown</c>, <c>signature-unknown</c>, <c>signature-missing</c>: nothing is kept of a document half signed at once.</exception>
    public IssuedDocument Sign(CaseAct act, string templateKey, IReadOnlyList<string> signatures)
    {
        var document = Items.LastOrDefault(d => d.Template == templateKey && d.IssuedAt is null) ?? throw new RuleViolationException(ComplaintRules.DocumentUnknown);
        RuleViolationException.ThrowUnless(signatures.All(document.Needs.Contains), ComplaintRules.SignatureUnknown);
        act.Complaint.Tasks.DoneBy(act, act.Complaint.Tasks.AskingForSignatures(templateKey), Tasks.HumanTask.SignedOutcome, null);
        var signed = document.Signatures.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        RuleViolationException.ThrowUnless(document.Needs.All(need => signed.Contains(need) || signatures.Contains(need)), ComplaintRules.SignatureMissing);
        foreach (var key in signatures.Where(signed.Add))
        {
            document.Signatures.Add(new DocumentSignature(key, act.By.PersonId, act.By.Actor.Name, act.At));
        }

        document.IssuedAt = act.At;
        act.Record(
            CaseEvents.DocumentSigned, ("document", document.Id.ToString()), ("number", document.Number), ("template", templateKey),
            ("titleZh", document.Subject.Zh), ("titleEn", document.Subject.En), ("signatures", new JsonArray([.. signatures])));
        Issued(act, act.Rules.Template(templateKey), document);
        return document;
    }

    private static void Issued(CaseAct act, Template template, IssuedDocument document)
    {
        foreach (var to in act.Facts.ResolveWho(template.Copies))
        {
            act.Log.Send(new CaseMessage(template.Key, to)
            {
                // what leaves the case says that there is a document and not what stands in it
                Written = new WrittenMessage($"文书已出具：{document.Number}", $"{document.Number} {document.Subject.Zh}", "zh-CN", ["inbox"]) { SubjectEn = $"Document issued: {document.Number}" },
            });
        }

        act.Log.Signal(CaseSignals.FactsChanged);
        act.Log.Signal(CaseSignals.DocumentSigned, template.Key);
    }
}

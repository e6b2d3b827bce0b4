using CaseManagement.Domain.Packs.Checks;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs;

/// <summary>Judges a pack before it is published (pack-format §4): every reference resolves, every clock can escalate, every
/// table falls through, every shape can be reached and ends.</summary>
public static class PackChecker
{
    /// <summary>Everything found, errors, warnings and notes, in the order of the pack's files.</summary>
    public static IReadOnlyList<Finding> Check(ProcessPack pack)
    {
        var findings = new PackFindings();
        var workflows = pack.Workflows.Select(workflow => WorkflowShape.Read(workflow.Key, workflow.Value, findings))
            .OfType<WorkflowShape>()
            .ToList();
        var references = new PackReferences(pack, workflows, findings);

        IdentityCheck.Run(references);
        FactsCheck.Run(references);
        TablesCheck.Run(references);
        LimitsCheck.Run(references);
        AuthorityCheck.Run(references);
        CommunicationCheck.Run(references);
        foreach (var workflow in workflows)
        {
            new WorkflowCheck(workflow, references).Run();
            new FlowCheck(pack, workflow, findings).Run();
        }

        CoverageCheck.Run(references, workflows);
        return findings.All;
    }
}

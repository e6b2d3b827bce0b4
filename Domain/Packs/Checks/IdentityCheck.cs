using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>pack.json</c> and <c>organisation.json</c>.</summary>
internal static class IdentityCheck
{
    public static void Run(PackReferences references)
    {
        var pack = references.Pack;
        var place = new Place("pack.json", "$");
        references.Calendar(pack.Identity.Calendar, place.At(".calendar"));
        for (var index = 0; index < pack.Identity.Kinds.Count; index++)
        {
            var kind = pack.Identity.Kinds[index];
            var at = place.At($".kinds[{index}]");
            references.Form(kind.Form, at.At(".form"));
            if (!pack.Workflows.ContainsKey(kind.Workflow))
            {
                references.Findings.Error(
                    FindingCodes.WorkflowUnknown, at.At(".workflow"), $"没有流程“{kind.Workflow}”",
                    $"There is no workflow '{kind.Workflow}'");
            }

            if (!pack.Facts.Find("kind")!.HasOption(kind.Kind))
            {
                references.Findings.Error(
                    FindingCodes.OptionUnknown, at.At(".kind"), $"没有类型“{kind.Kind}”", $"There is no kind '{kind.Kind}'");
            }
        }

        if (pack.Identity.ChangeApproval is { } chain)
        {
            references.Chain(chain, place.At(".changeApproval"));
        }

        foreach (var setting in pack.Identity.OpenReadings)
        {
            references.Setting(setting, place.At(".openReadings"));
        }

        for (var index = 0; index < pack.Organisation.Roles.Count; index++)
        {
            if (pack.Organisation.Roles[index].Department is { } department)
            {
                references.Department(department, new Place("organisation.json", $"$.roles[{index}].department"));
            }
        }
    }
}

using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CaseManagement.Web.Features.Portal;

/// <summary>What the frame of the portal's pages says about the organisation.</summary>
public static class PortalFrame
{
    /// <summary>A page that is shown once has no link that loads it again.</summary>
    public const string Once = "Once";

    /// <param name="view">The page.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="pack">The process, which names the organisation where nothing is configured; null where none is known.</param>
    /// <param name="otherwise">The name where neither is there.</param>
    public static void Fill(ViewDataDictionary view, PortalOptions options, ProcessPack? pack, string otherwise)
    {
        var name = (options.Name ?? pack?.Identity.Name)?.In(PackWords.Language) ?? otherwise;
        view["Organisation"] = name;
        view["OrganisationMark"] = ProductShell.InitialsOf(name);
    }
}

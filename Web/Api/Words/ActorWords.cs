using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says in both languages who did something.</summary>
public static class ActorWords
{
    /// <summary>Who did it: the name, or what the kind of actor is called.</summary>
    public static BilingualText NameOf(Actor actor) => actor switch
    {
        { OnBehalfOf: { } other } => new(
            $"{actor.Name ?? actor.Id}（代{actor.OnBehalfOfName ?? other}）", $"{actor.Name ?? actor.Id} for {actor.OnBehalfOfName ?? other}"),
        { Kind: ActorKind.Person or ActorKind.ApiKey, Name: { Length: > 0 } name } => Same(name),
        { Kind: ActorKind.Person, Id: { } id } => Same(id),
        { Kind: ActorKind.Complainant, Id: "@portal" } => new("投诉人 · 网上", "Complainant, on the portal"),
        { Kind: ActorKind.Complainant } => new("投诉人", "Complainant"),
        { Kind: ActorKind.Timer } => new("计时", "Clock"),
        { Kind: ActorKind.Workflow } => new("流程", "Process"),
        { Kind: ActorKind.Import } => new("导入", "Import"),
        { Kind: ActorKind.ApiKey } => new("外部程序", "Outside program"),
        _ => new("系统", "System"),
    };

    private static BilingualText Same(string text) => new(text, text);
}

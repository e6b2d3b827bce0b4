using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>What the product's own moments are called: as a noun after "at" or "of", and before "起".</summary>
internal static class MomentNames
{
    private static readonly Dictionary<string, BilingualText> Names = new(StringComparer.Ordinal)
    {
        ["receivedAt"] = new("收到", "receipt"),
        ["registeredAt"] = new("登记", "registration"),
        ["acknowledgedAt"] = new("受理告知", "acknowledgement"),
        ["acceptedAt"] = new("受理", "acceptance"),
        ["refusedAt"] = new("不予受理", "refusal"),
        ["firstRepliedAt"] = new("首次答复", "first reply"),
        ["repliedAt"] = new("答复", "reply"),
        ["requestedAt"] = new("要求补正", "request for material"),
        ["agreedAt"] = new("投诉人同意", "agreement"),
        ["rejectedAt"] = new("投诉人不同意", "disagreement"),
        ["verifiedAt"] = new("验证", "verification"),
        ["followedUpAt"] = new("回访", "follow-up"),
        ["levelChangedAt"] = new("等级变更", "change of level"),
        ["closedAt"] = new("办结", "closing"),
        ["reopenedAt"] = new("重新办理", "reopening"),
    };

    /// <summary>"receipt", or the fact's own name in quotation marks; none when the limit starts with its clock.</summary>
    public static string? Of(string? moment, BilingualText? name, string culture)
    {
        if (moment is null)
        {
            return null;
        }

        if (name is null && Names.TryGetValue(moment, out var known))
        {
            return known.In(culture);
        }

        var own = name?.In(culture) ?? moment;
        return BilingualText.IsChinese(culture) ? $"“{own}”" : $"\"{own}\"";
    }
}

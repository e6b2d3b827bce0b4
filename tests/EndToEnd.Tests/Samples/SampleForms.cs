using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>Forms with every type of field.</summary>
internal static class SampleForms
{
    public static FormAction Reason(string id, string icon, string text, string href, bool drastic = false) => new(text, icon, href, new FormPage
    {
        Id = id,
        Fields = [new FormField { Key = "reason", Label = Say.It("理由", "Reason"), Type = FieldType.Text, Required = true }],
    })
    { Drastic = drastic };

    public static FormPage Handling() => new()
    {
        Id = "handle",
        Fields =
        [
            new() { Key = "cause", Label = Say.It("原因", "Cause"), Type = FieldType.Text, RequiredFor = ["Done"], Values = [Say.It("梳齿板缺 2 齿", "two comb teeth missing")] },
            new() { Key = "validity", Label = Say.It("有效性", "Validity"), Type = FieldType.Choice, RequiredFor = ["Done"], Options = [new("valid", Say.It("有效", "valid")), new("invalid", Say.It("无效", "not valid"))] },
            new() { Key = "amountProposed", Label = Say.It("拟赔偿金额", "Compensation proposed"), Type = FieldType.Money, Unit = Say.It("元", "CNY"), Values = ["1,000.00"], Help = Say.It("超过 1,000 元由经理批准", "over 1,000 the manager approves") },
            new() { Key = "payBy", Label = Say.It("支付日期", "Pay by"), Type = FieldType.Date, VisibleWhen = [new("amountProposed", Comparison.MoreThan, ["0"])], Values = ["2026-10-15"] },
            new() { Key = "proposal", Label = Say.It("处理方案", "Resolution proposal"), Type = FieldType.Multiline, RequiredFor = ["Done"], Clause = "4" },
            new() { Key = "costs", Label = Say.It("费用", "Costs"), Type = FieldType.Rows, Columns = [new() { Key = "item", Label = Say.It("项目", "Item"), Type = FieldType.Text }, new() { Key = "amount", Label = Say.It("金额", "Amount"), Type = FieldType.Money, Unit = Say.It("元", "CNY") }], Rows = [new Dictionary<string, string> { ["item"] = Say.It("检查费", "check-up"), ["amount"] = "386" }] },
            new() { Key = "sameBatch", Label = Say.It("本年同批", "Same batch this year"), Type = FieldType.Number, ReadOnly = true, Values = ["4"] },
        ],
    };

    public static FormPage Complainant() => new()
    {
        Id = "who",
        Fields =
        [
            new() { Key = "channel", Label = Say.It("渠道", "Channel"), Type = FieldType.Choice, Required = true, Options = [new("phone", Say.It("电话", "Telephone")), new("web", Say.It("网站", "Web")), new("email", Say.It("电子邮件", "E-mail")), new("visit", Say.It("来访", "Visit")), new("letter", Say.It("信函", "Letter"))], Values = ["phone"] },
            new() { Key = "receivedAt", Label = Say.It("收到时间", "Received at"), Type = FieldType.Instant, Values = ["2026-10-12T14:20"] },
            new() { Key = "anonymous", Label = Say.It("匿名", "Anonymous"), Type = FieldType.Boolean, Values = ["false"] },
            new() { Key = "name", Label = Say.It("姓名", "Name"), Type = FieldType.Text, VisibleWhen = [new("anonymous", Comparison.OneOf, ["false"])] },
            new() { Key = "phone", Label = Say.It("回电号码", "Call-back number"), Type = FieldType.Text, VisibleWhen = [new("anonymous", Comparison.OneOf, ["false"])] },
        ],
    };

    public static FormPage Registration() => new()
    {
        Id = "matter",
        Fields =
        [
            new() { Key = "subject", Label = Say.It("一句话事由", "In one line"), Type = FieldType.Text, Required = true, Wide = true },
            new() { Key = "category", Label = Say.It("分类", "Category"), Type = FieldType.Choice, Required = true, Options = [new("attitude", Say.It("服务 › 态度", "Service › Attitude")), new("speed", Say.It("服务 › 时效", "Service › Speed")), new("goods", Say.It("商品", "Goods")), new("price", Say.It("价格", "Price")), new("other", Say.It("其他", "Other"))] },
            new() { Key = "people", Label = Say.It("几个人一起投诉", "How many complain together"), Type = FieldType.Number, Unit = Say.It("人", "people"), Values = ["1"] },
            new() { Key = "injury", Label = Say.It("有人受伤", "Someone was hurt"), Type = FieldType.Boolean },
            new() { Key = "injuries", Label = Say.It("伤情", "Injuries"), Type = FieldType.Choices, Options = [new("minor", Say.It("轻微", "minor")), new("grave", Say.It("严重", "grave"))], VisibleWhen = [new("injury", Comparison.OneOf, ["true"])] },
            new() { Key = "description", Label = Say.It("经过", "What happened"), Type = FieldType.Multiline, Required = true, Help = Say.It("可照来电人原话", "in the caller’s own words") },
        ],
    };
}

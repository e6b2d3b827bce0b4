namespace CaseManagement.Web.Seeding;

/// <summary>Invented subjects, names and numbers. The same draw always gives the same words.</summary>
internal static class SeedWords
{
    private static readonly string[] Products =
    [
        "空调", "冰箱", "热水器", "洗衣机", "电视机", "燃气灶", "微波炉", "净水器", "空气净化器", "电饭煲", "吸尘器", "沙发", "床垫", "衣柜", "地板",
        "手机", "笔记本电脑", "宽带", "快递", "外卖", "会员卡", "健身课程", "机票", "酒店订单",
    ];

    // in one subject of a hundred
    private const string RareProduct = "扫地机器人";

    private static readonly string[] Problems =
    [
        "维修三次未上门", "漏电", "不制冷", "收费高于标价", "客服态度恶劣", "迟迟不发货", "退款未到账", "与宣传不符", "噪音过大", "安装后漏水",
        "保修期内拒绝维修", "配件缺失", "发票开具错误", "送货损坏", "预约多次被取消", "强制捆绑销售", "重复扣费", "无法联系商家", "质量不合格", "泄露个人信息",
    ];

    private static readonly string[] Asks = ["要求当日上门并说明原因。", "要求退还差价。", "要求换货并赔偿损失。", "希望尽快回电。", "请书面答复。", "希望得到道歉。"];

    private static readonly string[] EnglishProducts =
    [
        "Air conditioner", "Refrigerator", "Water heater", "Washing machine", "Broadband", "Parcel", "Gym membership", "Hotel booking", "Laptop", "Sofa",
    ];

    private static readonly string[] EnglishProblems =
    [
        "repair visit missed", "arrived damaged", "charged twice", "refund not received", "does not match the description", "leaks after installation",
        "warranty refused", "delivery late", "invoice wrong", "support was rude",
    ];

    private static readonly string[] Families = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "欧阳", "上官"];
    private static readonly string[] Given = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "志强", "建国", "晓燕", "思远", "雨桐", "子涵"];
    private static readonly string[] FirstNames = ["Alice", "Ben", "Carla", "Daniel", "Emma", "Frank", "Grace", "Hugo", "Iris", "Jonas"];
    private static readonly string[] LastNames = ["Archer", "Baxter", "Collins", "Dawson", "Everett", "Fletcher", "Granger", "Holloway", "Ingram", "Jarvis"];

    /// <summary>Name of a person who works here.</summary>
    public static string Colleague(int number) => $"{Families[number % Families.Length]}{Given[number / Families.Length % Given.Length]}";

    public static string Subject(SeedDraw draw) => draw.IsEnglish
        ? $"{draw.Of(EnglishProducts, 1)}: {draw.Of(EnglishProblems, 2)}"
        : $"{(draw.Below(100, 3) == 0 ? RareProduct : draw.Of(Products, 1))}{draw.Of(Problems, 2)}";

    public static string Description(SeedDraw draw) => draw.IsEnglish
        ? $"Order {draw.Below(900_000, 4) + 100_000}, bought {draw.Below(300, 5) + 2} days ago. I ask for a call back and a written answer."
        : $"订单 {draw.Below(900_000, 4) + 100_000}，购买 {draw.Below(300, 5) + 2} 天后出现问题，多次联系没有结果，{draw.Of(Asks, 6)}";

    public static string Complainant(SeedDraw draw) => draw.IsEnglish
        ? $"{draw.Of(FirstNames, 7)} {draw.Of(LastNames, 8)}"
        : draw.Of(Families, 7) + draw.Of(Given, 8);

    /// <summary>A number of the block 199, which these cases have for themselves.</summary>
    public static string Phone(SeedDraw draw) => $"199{draw.Below(100_000_000, 9):00000000}";
}

/// <summary>Everything drawn for one copy, from its number alone.</summary>
internal readonly record struct SeedDraw(long Number)
{
    public bool IsEnglish => Below(4, 0) == 0;

    public T Of<T>(IReadOnlyList<T> choices, int salt) => choices[Below(choices.Count, salt)];

    /// <summary>Evenly from 0 on, below the limit.</summary>
    public int Below(int limit, int salt) => (int)(Mixed(salt) % (ulong)limit);

    /// <summary>Evenly from 0 to 1.</summary>
    public double Share(int salt) => Mixed(salt) / (double)ulong.MaxValue;

    // splitmix64
    private ulong Mixed(int salt)
    {
        var mixed = unchecked(((ulong)Number * 0x9E3779B97F4A7C15) + ((ulong)(salt + 1) * 0xD1B54A32D192ED03));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }
}

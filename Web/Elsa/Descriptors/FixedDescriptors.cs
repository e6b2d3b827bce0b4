using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>Lists that do not depend on any definition: expressions, strategies, types.</summary>
public static class FixedDescriptors
{
    private static readonly (string Type, BilingualText Name, bool Browsable, string? Language)[] ExpressionTypes =
    [
        ("Literal", new("固定值", "Literal"), false, null),
        ("Object", new("对象", "Object"), false, "json"),
        ("Json", new("JSON", "JSON"), false, "json"),
        ("Variable", new("变量", "Variable"), true, null),
        ("Input", new("输入", "Input"), true, null),
        ("JavaScript", new("脚本", "JavaScript"), true, "javascript"),
    ];

    private static readonly (string Type, BilingualText Name, BilingualText Description)[] Activation =
    [
        ("AllowAlwaysStrategy", new("总是", "Always"), new("每次都可以启动新的实例。", "Another instance may always start.")),
        ("SingletonStrategy", new("单例", "Singleton"), new("本流程没有正在运行的实例时才可启动。", "Starts only while no instance of this workflow runs.")),
        ("CorrelationStrategy", new("按关联标识", "Correlation"), new("没有相同关联标识的任何流程正在运行时才可启动。", "Starts only while no instance of any workflow runs with the same correlation id.")),
        ("CorrelatedSingletonStrategy", new("按关联标识的单例", "Correlated singleton"), new("本流程没有相同关联标识的实例正在运行时才可启动。", "Starts only while no instance of this workflow runs with the same correlation id.")),
    ];

    private static readonly (string Type, BilingualText Name, BilingualText Description)[] Incident =
    [
        ("ContinueWithIncidentsStrategy", new("记录异常并继续", "Continue with incidents"), new("出错的分支停下等待处理，其余继续。", "The branch that failed stops and waits for help; the others go on.")),
        ("FaultStrategy", new("整体失败", "Fault"), new("任何一处出错，整个流程即失败。", "One failure fails the whole workflow.")),
    ];

    private static readonly (string Type, BilingualText Name, BilingualText Category)[] Types =
    [
        ("Object", new("任意", "Object"), new("基本", "Primitives")),
        ("String", new("文本", "String"), new("基本", "Primitives")),
        ("Boolean", new("是否", "Boolean"), new("基本", "Primitives")),
        ("Int32", new("整数", "Int32"), new("基本", "Primitives")),
        ("Long", new("长整数", "Long"), new("基本", "Primitives")),
        ("Single", new("单精度数", "Single"), new("基本", "Primitives")),
        ("Double", new("双精度数", "Double"), new("基本", "Primitives")),
        ("Decimal", new("小数", "Decimal"), new("基本", "Primitives")),
        ("Guid", new("唯一标识", "Guid"), new("基本", "Primitives")),
        ("DateTime", new("日期时间", "DateTime"), new("基本", "Primitives")),
        ("DateTimeOffset", new("带时区的日期时间", "DateTimeOffset"), new("基本", "Primitives")),
        ("TimeSpan", new("时长", "TimeSpan"), new("基本", "Primitives")),
        ("StringDictionary", new("文本字典", "StringDictionary"), new("字典", "Lookups")),
        ("ObjectDictionary", new("字典", "ObjectDictionary"), new("字典", "Lookups")),
        ("JSON", new("JSON", "JSON"), new("动态", "Dynamic")),
        ("JsonElement", new("JSON 元素", "JsonElement"), new("动态", "Dynamic")),
        ("JsonNode", new("JSON 节点", "JsonNode"), new("动态", "Dynamic")),
        ("JsonObject", new("JSON 对象", "JsonObject"), new("动态", "Dynamic")),
    ];

    private static readonly BilingualText InInstance = new("随实例保存", "Workflow instance");

    public static IEnumerable<JsonObject> Expressions(string language) => ExpressionTypes.Select(e => new JsonObject
    {
        ["type"] = e.Type,
        ["displayName"] = e.Name.In(language),
        ["isSerializable"] = true,
        ["isBrowsable"] = e.Browsable,
        ["properties"] = e.Language is { } monaco ? new JsonObject { ["MonacoLanguage"] = monaco } : [],
    });

    public static IEnumerable<JsonObject> ActivationStrategies(string language) => Strategies(Activation, language);

    public static IEnumerable<JsonObject> IncidentStrategies(string language) => Strategies(Incident, language);

    public static IEnumerable<JsonObject> VariableTypes(string language) => Types.Select(t => new JsonObject
    {
        ["typeName"] = t.Type,
        ["displayName"] = t.Name.In(language),
        ["category"] = t.Category.In(language),
        ["description"] = "",
    });

    /// <summary>Where a variable's value is kept: with the instance, always.</summary>
    public static IEnumerable<JsonObject> StorageDrivers(string language) =>
    [
        new JsonObject { ["typeName"] = "WorkflowInstanceStorageDriver", ["displayName"] = InInstance.In(language), ["priority"] = 5, ["deprecated"] = false },
    ];

    private static IEnumerable<JsonObject> Strategies((string Type, BilingualText Name, BilingualText Description)[] strategies, string language) =>
        strategies.Select(s => new JsonObject { ["displayName"] = s.Name.In(language), ["description"] = s.Description.In(language), ["typeName"] = s.Type });
}

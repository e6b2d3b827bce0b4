using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Expressions.JavaScript;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says what kind of fault an incident is, in words for people who did not write the runtime. Its own message stays the detail.</summary>
public static class IncidentCauses
{
    private static readonly Dictionary<string, BilingualText> Known = new(StringComparer.Ordinal)
    {
        [Name<ScriptException>()] = new("脚本或条件算不出结果", "A script or condition could not be worked out"),
        [Name<ScriptSyntaxException>()] = new("脚本或条件写得不对，读不懂", "A script or condition is not written correctly"),
        [Name<ScriptBudgetException>()] = new("脚本算得太久或占用太多，被停下", "A script took too long or too much memory and was stopped"),
        [Name<ValueConversionException>()] = new("一个输入的值不是这一步要的类型", "An input holds a value of another type than the step takes"),
        [Name<FaultException>()] = new("流程自己在这里报错", "The process itself says here that something is wrong"),
        [Name<BurstLimitException>()] = new("步骤连着走得太多，没有停下来等的地方，被停下", "Too many steps ran one after another without waiting, so it was stopped"),
        [Name<RuleViolationException>()] = new("案件的规则不允许这一步", "The rules of the case do not allow the step"),
        [Name<InvalidInputException>()] = new("这一步给案件的信息填得不对", "What the step gives the case is not filled in correctly"),
        [Name<InvalidTimeRuleException>()] = new("时限算不出到期时间", "A time limit cannot be counted"),
        [Name<TimeoutException>()] = new("等得太久，没有回音", "It waited too long for an answer"),
    };

    private static readonly BilingualText Other = new("这一步没有做完", "The step could not be done");

    /// <summary>The cause in words.</summary>
    /// <param name="exceptionType">CLR name of the exception, as incidents keep it.</param>
    public static BilingualText Of(string exceptionType) => Known.GetValueOrDefault(exceptionType, Other);

    private static string Name<T>()
        where T : Exception => typeof(T).FullName!;
}

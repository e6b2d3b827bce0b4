using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

public class BudgetTests
{
    [Theory]
    [InlineData("while (true);", nameof(ScriptBudget.MaxSteps))]
    [InlineData("for (;;) {}", nameof(ScriptBudget.MaxSteps))]
    [InlineData("do {} while (1)", nameof(ScriptBudget.MaxSteps))]
    [InlineData("while (true) { try { throw 1 } catch { continue } finally { continue } }", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const f = () => [1, 2, 3, 4, 5, 6, 7, 8, 9]; f().map(a => f().map(b => f().map(c => f().map(d => f().map(e => f().map(g => g))))))", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const a = Array.from({length: 9999}, (_, i) => -i); for (;;) a.sort((x, y) => x - y)", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const s = 'a'.repeat(500000); for (;;) s.indexOf('b')", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const s = 'a'.repeat(1000000); for (;;) s.indexOf('a'.repeat(400000) + 'ba')", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const s = '1'.repeat(1000000); for (;;) +s", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const a = Array(9999).fill('x'); for (;;) a.join()", nameof(ScriptBudget.MaxSteps))]
    [InlineData("let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; String(a)", nameof(ScriptBudget.MaxSteps))]
    [InlineData("let a = [1]; for (let i = 0; i < 30; i++) a = [a, a]; JSON.stringify(a)", nameof(ScriptBudget.MaxSteps))]
    [InlineData("'x'.repeat(1e9)", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("'x'.padStart(1e9)", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("'x'.padEnd(2 ** 53, 'ab')", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("let s = 'x'; while (true) s += s", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("let s = 'x'; while (true) s = `${s}${s}`", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("Array(9999).join('x'.repeat(999))", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("'x'.repeat(9999).replaceAll('', 'y'.repeat(9999))", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("'x'.repeat(9999).replaceAll('x', '$`$`$`$`')", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("let s = 'é'.repeat(600000); encodeURIComponent(s)", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("JSON.stringify(Array(9999).fill('x'.repeat(9999)))", nameof(ScriptBudget.MaxStringLength))]
    [InlineData("const a = []; a[1e9] = 1", nameof(ScriptBudget.MaxItems))]
    [InlineData("const a = []; a.length = 4e9", nameof(ScriptBudget.MaxItems))]
    [InlineData("new Array(1e9)", nameof(ScriptBudget.MaxItems))]
    [InlineData("Array.from({length: 1e9})", nameof(ScriptBudget.MaxItems))]
    [InlineData("const a = []; for (;;) a.push(1)", nameof(ScriptBudget.MaxItems))]
    [InlineData("const o = {}; for (let i = 0; ; i++) o[i] = 1", nameof(ScriptBudget.MaxItems))]
    [InlineData("let a = [1]; for (;;) a = [...a, ...a]", nameof(ScriptBudget.MaxItems))]
    [InlineData("let a = [1]; for (;;) a = a.concat(a)", nameof(ScriptBudget.MaxItems))]
    [InlineData("let a = [1, 1]; for (;;) a = a.flatMap(() => a)", nameof(ScriptBudget.MaxItems))]
    [InlineData("'x'.repeat(99999).split('')", nameof(ScriptBudget.MaxItems))]
    [InlineData("Math.max(...'x'.repeat(99999))", nameof(ScriptBudget.MaxItems))]
    [InlineData("const s = 'x'.repeat(1000000); const a = []; for (;;) a.push(s + 1)", nameof(ScriptBudget.MaxSteps))]
    [InlineData("for (;;) Array(9999).fill(0).slice()", nameof(ScriptBudget.MaxSteps))]
    [InlineData("const f = () => f(); f()", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("function f() { return [1].map(f) } f()", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("const o = {toString: () => `${o}`}; '' + o", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("const a = []; a.push(a); a.join()", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("const a = []; a.push(a); a.flat(Infinity)", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("const f = () => { try { f() } finally { f() } }; f()", nameof(ScriptBudget.MaxCallDepth))]
    [InlineData("JSON.parse('['.repeat(100000))", nameof(ScriptBudget.MaxJsonDepth))]
    [InlineData("JSON.parse('{\"a\":'.repeat(10000))", nameof(ScriptBudget.MaxJsonDepth))]
    [InlineData("const o = {}; o.o = o; JSON.stringify(o)", nameof(ScriptBudget.MaxJsonDepth))]
    public void A_hostile_script_ends_at_a_limit(string source, string limit)
    {
        var script = Script.Compile(source, ScriptKind.Program);

        var spent = Assert.Throws<ScriptBudgetException>(() => script.Evaluate(new Names(), ScriptBudget.Default));

        Assert.Equal(limit, spent.Limit);
    }

    [Fact]
    public void A_script_cannot_catch_the_end_of_its_budget()
    {
        var script = Script.Compile("try { for (;;); } catch { 1 } finally { 2 }", ScriptKind.Program);

        Assert.Throws<ScriptBudgetException>(() => script.Evaluate(new Names(), ScriptBudget.Default));
    }

    [Fact]
    public void Deep_calls_of_deep_expressions_fit_a_small_stack()
    {
        var nested = string.Concat(Enumerable.Repeat("[1,", 60)) + "f(n - 1)" + new string(']', 60);
        var script = Script.Compile($"const f = n => n > 0 ? {nested} : 0; f(62)", ScriptKind.Program);
        object? result = null;
        Exception? thrown = null;
        var thread = new Thread(
            () => thrown = Record.Exception(() => result = script.Evaluate(new Names(), ScriptBudget.Default)), 512 * 1024);

        thread.Start();
        thread.Join();

        Assert.True(thrown is null or ScriptBudgetException { Limit: nameof(ScriptBudget.MaxCallDepth) }, $"{thrown}");
        Assert.True(thrown is not null || result is List<object?>);
    }

    [Theory]
    [InlineData("f(63)", true)]
    [InlineData("f(64)", false)]
    public void Calls_nest_sixty_four_deep(string call, bool fits)
    {
        var script = Script.Compile($"const f = n => n > 1 ? f(n - 1) : 'end'; {call}", ScriptKind.Program);
        var budget = ScriptBudget.Default with { MaxCallDepth = 63 };

        var thrown = Record.Exception(() => script.Evaluate(new Names(), budget));

        Assert.Equal(fits, thrown is null);
    }

    [Fact]
    public void Every_limit_can_be_set()
    {
        var tight = new ScriptBudget
        {
            MaxSteps = 20,
            MaxCallDepth = 2,
            MaxStringLength = 5,
            MaxItems = 2,
            MaxAllocatedBytes = 500,
            MaxJsonDepth = 1,
        };

        Assert.Equal(nameof(ScriptBudget.MaxSteps), LimitOf("for (let i = 0; i < 20; i++);", tight));
        Assert.Equal(nameof(ScriptBudget.MaxCallDepth), LimitOf("(() => (() => (() => 1)())())()", tight));
        Assert.Equal(nameof(ScriptBudget.MaxStringLength), LimitOf("'abc' + 'def'", tight));
        Assert.Equal(nameof(ScriptBudget.MaxItems), LimitOf("[1, 2, 3]", tight));
        Assert.Equal(nameof(ScriptBudget.MaxAllocatedBytes), LimitOf("[[[[[[[]]]]]]]", tight with { MaxSteps = 1000 }));
        Assert.Equal(nameof(ScriptBudget.MaxJsonDepth), LimitOf("JSON.parse('[[1]]')", tight));
    }

    private static string LimitOf(string source, ScriptBudget budget) =>
        Assert.Throws<ScriptBudgetException>(
            () => Script.Compile(source, ScriptKind.Program).Evaluate(new Names(), budget)).Limit;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Tests;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

public class HostTests
{
    [Theory]
    [InlineData("constructor")]
    [InlineData("''.constructor")]
    [InlineData("[].constructor")]
    [InlineData("({}).constructor")]
    [InlineData("(5).constructor")]
    [InlineData("(() => 1).constructor")]
    [InlineData("Math.constructor")]
    [InlineData("Date.constructor")]
    [InlineData("Date.prototype")]
    [InlineData("new Date(0).constructor")]
    [InlineData("''.__proto__")]
    [InlineData("({}).__proto__")]
    [InlineData("({})['const' + 'ructor']")]
    [InlineData("[]['__proto__']")]
    [InlineData("new Error('x').constructor")]
    [InlineData("new Error('x').stack")]
    [InlineData("given.constructor")]
    [InlineData("given.GetType")]
    [InlineData("hostFunction.constructor")]
    [InlineData("hostFunction.Method")]
    [InlineData("hostFunction.call")]
    [InlineData("process")]
    [InlineData("globalThis")]
    [InlineData("require")]
    [InlineData("window")]
    [InlineData("setTimeout")]
    [InlineData("fetch")]
    [InlineData("System")]
    [InlineData("Math.random")]
    public void Nothing_leads_out_of_the_script(string source)
    {
        var scope = new Names { ["given"] = new ScriptObject(), ["hostFunction"] = new ScriptFunction(_ => 1d) };

        Assert.Equal("undefined", Evaluate($"typeof {source}", scope));
    }

    [Theory]
    [InlineData("constructor.constructor('return process')()")]
    [InlineData("''.constructor.constructor('return process')()")]
    [InlineData("[].map.constructor('return 1')()")]
    [InlineData("(() => {}).constructor('return this')()")]
    [InlineData("({}).__proto__.x = 1")]
    [InlineData("Math.max = 1")]
    [InlineData("JSON.parse = x => x")]
    [InlineData("Object.keys = 1")]
    [InlineData("''.x = 1")]
    [InlineData("Array.prototype.push = 1")]
    [InlineData("new (() => 1)")]
    [InlineData("new hostFunction()")]
    [InlineData("hostFunction.x = 1")]
    public void Reaching_for_the_host_is_an_error(string source)
    {
        var script = Script.Compile(source, ScriptKind.Expression);

        Assert.Throws<ScriptException>(
            () => script.Evaluate(new Names { ["hostFunction"] = new ScriptFunction(_ => 1d) }, ScriptBudget.Default));
    }

    [Fact]
    public void One_evaluation_leaves_nothing_for_the_next()
    {
        var script = Script.Compile("var n = (typeof n == 'undefined' ? 0 : n) + 1; n", ScriptKind.Program);

        Assert.Equal(1d, script.Evaluate(new Names(), ScriptBudget.Default));
        Assert.Equal(1d, script.Evaluate(new Names(), ScriptBudget.Default));
    }

    [Fact]
    public void Names_of_the_scope_are_called_with_their_arguments()
    {
        var scope = new Names
        {
            ["getInput"] = new ScriptFunction(arguments => $"{arguments[0]}/{arguments.Count}"),
            ["n"] = 3,
            ["Math"] = "hidden",
        };

        Assert.Equal("a/1b/23hidden", Evaluate("getInput('a') + getInput('b', 1) + n + Math", scope));
    }

    [Fact]
    public void A_script_s_function_can_be_called_by_the_host_and_shares_the_budget()
    {
        var scope = new Names
        {
            ["sum"] = new ScriptFunction(arguments =>
                ((List<object?>)arguments[0]!).Sum(item => (double)((ScriptFunction)arguments[1]!)([item])!)),
        };

        Assert.Equal(12d, Evaluate("sum([1, 2, 3], x => x * 2)", scope));
        Assert.Throws<ScriptBudgetException>(() => Evaluate("sum([1], x => { for (;;); })", scope));
    }

    [Fact]
    public void A_function_that_is_the_result_can_be_called_later()
    {
        var function = Assert.IsType<ScriptFunction>(Evaluate("((a) => b => a + b)(1)", new Names()));

        Assert.Equal(3d, function([2]));
    }

    [Fact]
    public void Assigning_a_name_goes_to_the_scope_unless_the_script_declares_it()
    {
        var scope = new Names { ["a"] = 1d, ["b"] = 1d };

        Script.Compile("let b; a = b = 5; a += 1", ScriptKind.Program).Evaluate(scope, ScriptBudget.Default);

        Assert.Equal((6d, 1d), ((double)scope["a"]!, (double)scope["b"]!));
        var error = Assert.Throws<ScriptException>(() => Evaluate("c = 1", scope));
        Assert.Equal(ScriptErrorKind.ReferenceError, error.Kind);
    }

    [Fact]
    public void An_error_the_host_raises_can_be_caught_and_another_exception_passes_through()
    {
        var scope = new Names
        {
            ["refuse"] = new ScriptFunction(_ => throw new ScriptException(ScriptErrorKind.RangeError, "no")),
            ["fail"] = new ScriptFunction(_ => throw new TimeoutException()),
        };

        Assert.Equal("RangeError: no", Evaluate("(() => { try { refuse() } catch (e) { return `${e}` } })()", scope));
        Assert.Throws<TimeoutException>(() => Evaluate("(() => { try { fail() } catch { } finally { } })()", scope));
    }

    [Fact]
    public void Errors_tell_where_they_happened()
    {
        var missing = Assert.Throws<ScriptException>(
            () => Script.Compile("let a = {};\n  a.b.c", ScriptKind.Program).Evaluate(new Names(), ScriptBudget.Default));
        var thrown = Assert.Throws<ScriptException>(
            () => Script.Compile("if (true)\n throw new Error('bad')", ScriptKind.Program)
                .Evaluate(new Names(), ScriptBudget.Default));

        Assert.Equal((2, 7, 18), (missing.Line, missing.Column, missing.Offset));
        Assert.Equal(ScriptErrorKind.TypeError, missing.Kind);
        Assert.Equal((2, 2, "bad", true), (thrown.Line, thrown.Column, thrown.Message, thrown.IsThrownByScript));
    }

    [Theory]
    [InlineData("getX()", "getX is not defined")]
    [InlineData("Math.nothing(1)", "Math.nothing is not a function")]
    [InlineData("'a'.b.c", "Cannot read properties of undefined (reading 'c')")]
    [InlineData("[1].map(5)", "5 is not a function")]
    public void Error_messages_name_what_is_wrong(string source, string message) =>
        Assert.Equal(message, Assert.Throws<ScriptException>(() => Evaluate(source, new Names())).Message);

    [Fact]
    public void Time_comes_from_the_clock_alone()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8)));
        var budget = ScriptBudget.Default with { Clock = clock };
        var script = Script.Compile("[Date.now() === +new Date(), new Date().toISOString()].join()", ScriptKind.Expression);

        Assert.Equal("true,2026-03-01T00:00:00.000Z", script.Evaluate(new Names(), budget));
        Assert.Throws<ScriptException>(() => script.Evaluate(new Names(), ScriptBudget.Default));
    }

    [Fact]
    public void Host_values_become_script_values()
    {
        var scope = new Names
        {
            ["whole"] = 7,
            ["money"] = 12.5m,
            ["at"] = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8)),
            ["json"] = JsonSerializer.Deserialize<JsonElement>("{\"a\":[1,2]}"),
            ["node"] = new JsonObject { ["b"] = "x" },
            ["list"] = new List<object?> { 1, null, "z" },
            ["odd"] = new Uri("about:blank"),
        };

        Assert.Equal(19.5, Evaluate("whole + money", scope));
        Assert.Equal("2026-03-01T00:00:00.000Z", Evaluate("at.toJSON()", scope));
        Assert.Equal("2x1,,z", Evaluate("json.a[1] + node.b + list", scope));
        Assert.Equal(ScriptErrorKind.TypeError, Assert.Throws<ScriptException>(() => Evaluate("odd", scope)).Kind);
    }

    [Fact]
    public void One_script_serves_many_threads()
    {
        var script = Script.Compile(
            "const f = x => { let s = 0; for (let i = 0; i < 50; i++) { const k = i; s += [k].map(y => y + x)[0] } return s }; f(n)",
            ScriptKind.Program);

        var results = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(4)
            .Select(n => (n, Sum: (double)script.Evaluate(new Names { ["n"] = n }, ScriptBudget.Default)!))
            .ToArray();

        Assert.All(results, result => Assert.Equal(1225 + (50 * result.n), result.Sum));
    }

    private static object? Evaluate(string source, Names scope) =>
        Script.Compile(source, ScriptKind.Expression).Evaluate(scope, ScriptBudget.Default);
}

using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

public class SyntaxTests
{
    [Theory]
    [InlineData("1 +", 1, 4)]
    [InlineData("1 2", 1, 3)]
    [InlineData("(1", 1, 3)]
    [InlineData("[1, 2", 1, 6)]
    [InlineData("{a: }", 1, 5)]
    [InlineData("'abc", 1, 1)]
    [InlineData("'a\nb'", 1, 1)]
    [InlineData("`a${1", 1, 6)]
    [InlineData("a.\n\n  1b", 3, 4)]
    [InlineData("/* open", 1, 1)]
    [InlineData("1 @ 2", 1, 3)]
    [InlineData("'\\u{110000}'", 1, 2)]
    [InlineData("'\\xg1'", 1, 4)]
    [InlineData("010", 1, 1)]
    [InlineData("1__0", 1, 2)]
    [InlineData("0x", 1, 1)]
    [InlineData("1e", 1, 2)]
    [InlineData("3px", 1, 2)]
    [InlineData("-1 ** 2", 1, 4)]
    [InlineData("a ?? b || c", 1, 3)]
    [InlineData("1 = 2", 1, 1)]
    [InlineData("a++ = 1", 1, 1)]
    [InlineData("f() += 1", 1, 1)]
    [InlineData("(a, 1) => 2", 1, 5)]
    [InlineData("(...a, b) => 2", 1, 2)]
    [InlineData("(a, a) => 2", 1, 5)]
    [InlineData("(a, )", 1, 1)]
    [InlineData("({a = 1})", 1, 7)]
    [InlineData("1 + a => a", 1, 5)]
    [InlineData("a?.b = 1", 1, 1)]
    [InlineData("delete a", 1, 1)]
    [InlineData("if (1) 2", 1, 1)]
    public void A_wrong_expression_is_refused_where_it_goes_wrong(string source, int line, int column)
    {
        var error = Assert.Throws<ScriptSyntaxException>(() => Script.Compile(source, ScriptKind.Expression));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("let a = 1;\nlet a = 2;", 2, 5)]
    [InlineData("let a; var a", 1, 12)]
    [InlineData("const a;", 1, 7)]
    [InlineData("let [a];", 1, 5)]
    [InlineData("let if = 1", 1, 5)]
    [InlineData("a b", 1, 3)]
    [InlineData("break", 1, 1)]
    [InlineData("if (1) { continue }", 1, 10)]
    [InlineData("for (const a of []) { (() => { break })() }", 1, 32)]
    [InlineData("if (1) let a = 2", 1, 8)]
    [InlineData("if (1) function f() {}", 1, 8)]
    [InlineData("try { }", 1, 8)]
    [InlineData("throw\n1", 2, 1)]
    [InlineData("switch (1) { default: default: }", 1, 30)]
    [InlineData("switch (1) { 1 }", 1, 14)]
    [InlineData("for (let a, b of []) ;", 1, 6)]
    [InlineData("for (let a = 1 of []) ;", 1, 6)]
    [InlineData("function (a) { }", 1, 10)]
    [InlineData("function f(a) { ", 1, 17)]
    [InlineData("{ 1", 1, 4)]
    [InlineData("\r\n\r\n  )", 3, 3)]
    public void A_wrong_program_is_refused_where_it_goes_wrong(string source, int line, int column)
    {
        var error = Assert.Throws<ScriptSyntaxException>(() => Script.Compile(source, ScriptKind.Program));

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("class A { }", "Classes")]
    [InlineData("x = class { }", "Classes")]
    [InlineData("async function f() { }", "Async functions")]
    [InlineData("async () => 1", "Async functions")]
    [InlineData("x = async y => 1", "Async functions")]
    [InlineData("await x", "'await'")]
    [InlineData("function* g() { }", "Generators")]
    [InlineData("x = {*g() { }}", "Generators")]
    [InlineData("yield 1", "Generators")]
    [InlineData("outer: for (;;) break outer", "Labels")]
    [InlineData("for (;;) { break outer }", "Labels")]
    [InlineData("with (a) { }", "'with'")]
    [InlineData("eval('1')", "'eval'")]
    [InlineData("new Function('return 1')", "'Function'")]
    [InlineData("Function('return 1')()", "'Function'")]
    [InlineData("import x from 'y'", "'import'")]
    [InlineData("import('fs')", "'import'")]
    [InlineData("export const a = 1", "'export'")]
    [InlineData("this.a", "'this'")]
    [InlineData("super.a", "'super'")]
    [InlineData("arguments[0]", "'arguments'")]
    [InlineData("new.target", "'new.target'")]
    [InlineData("a instanceof Date", "'instanceof'")]
    [InlineData("debugger", "'debugger'")]
    [InlineData("x = {get a() { return 1 }}", "Getters and setters")]
    [InlineData("x = /a+/", "Regular expressions")]
    [InlineData("f`a`", "Tagged templates")]
    [InlineData("10n", "BigInt")]
    [InlineData("a.#b", "Private names")]
    [InlineData("'\\01'", "Octal")]
    public void What_is_left_out_is_named(string source, string named)
    {
        var error = Assert.Throws<ScriptSyntaxException>(() => Script.Compile(source, ScriptKind.Program));

        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("outside the supported subset", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_eval_cannot_be_declared()
    {
        Assert.Throws<ScriptSyntaxException>(() => Script.Compile("let eval = 1", ScriptKind.Program));
        Assert.Equal("1", Show.Outcome("let evaluation = 1; evaluation", ScriptKind.Program));
    }

    [Theory]
    [InlineData("(", ")", 5000)]
    [InlineData("[", "]", 5000)]
    [InlineData("{a:", "}", 5000)]
    [InlineData("!", "", 5000)]
    [InlineData("- ", "", 5000)]
    [InlineData("x=>", "", 5000)]
    [InlineData("`${", "}`", 5000)]
    [InlineData("a?b:", "", 5000)]
    [InlineData("a=", "", 5000)]
    [InlineData("a**", "", 5000)]
    [InlineData("a+", "", 20000)]
    [InlineData("a??", "", 20000)]
    [InlineData("new Date(", ")", 5000)]
    public void A_text_nested_too_deeply_is_refused(string open, string close, int depth)
    {
        var source = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        var error = Assert.Throws<ScriptSyntaxException>(() => Script.Compile(source, ScriptKind.Expression));

        Assert.Contains("nested too deeply", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".a", 20000)]
    [InlineData("[0]", 20000)]
    [InlineData("()", 20000)]
    [InlineData("?.a", 20000)]
    public void A_chain_that_is_too_long_is_refused(string link, int count) =>
        Assert.Throws<ScriptSyntaxException>(
            () => Script.Compile("a" + string.Concat(Enumerable.Repeat(link, count)), ScriptKind.Expression));

    [Theory]
    [InlineData("{")]
    [InlineData("if(1)")]
    [InlineData("for(;;)")]
    [InlineData("function f(){")]
    [InlineData("try{")]
    [InlineData("switch(1){case 1:")]
    public void Statements_nested_too_deeply_are_refused(string open) =>
        Assert.Throws<ScriptSyntaxException>(
            () => Script.Compile(string.Concat(Enumerable.Repeat(open, 3000)), ScriptKind.Program));

    [Fact]
    public void A_hundred_operators_in_a_row_and_a_hundred_statements_are_fine()
    {
        Assert.Equal("101", Show.Outcome("1" + string.Concat(Enumerable.Repeat(" + 1", 100)), ScriptKind.Expression));
        Assert.Equal("100", Show.Outcome(string.Concat(Enumerable.Range(1, 100).Select(n => $"{n};\n")), ScriptKind.Program));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused()
    {
        var longest = new string(' ', Script.MaxSourceLength - 1) + "1";

        Script.Compile(longest, ScriptKind.Expression);
        Assert.Throws<ScriptSyntaxException>(() => Script.Compile(longest + " ", ScriptKind.Expression));
    }

    [Fact]
    public void Cut_and_spoiled_texts_are_compiled_or_refused_but_nothing_else()
    {
        var random = new Random(7);
        var generator = new ScriptGenerator(7);
        const string Spoilers = "(){}[];,.`'\"\\$?:=>+-*/&|!~^%#@0e\n é😀";
        for (var i = 0; i < 2000; i++)
        {
            var source = generator.Program();
            var at = random.Next(source.Length);
            var spoiled = random.Next(3) switch
            {
                0 => source[..at],
                1 => source.Remove(at, Math.Min(random.Next(1, 5), source.Length - at)),
                _ => source.Insert(at, Spoilers[random.Next(Spoilers.Length)].ToString()),
            };
            var thrown = Record.Exception(() => Script.Compile(spoiled, ScriptKind.Program));
            Assert.True(thrown is null or ScriptSyntaxException, $"{thrown}\n{spoiled}");
        }
    }
}

using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>Where JavaScript surprises; NodeComparisonTests has Node confirm every row.</summary>
public class LanguageTests
{
    public static TheoryData<string, string> Expressions => new()
    {
        // coercions
        { "[] + {}", "\"[object Object]\"" },
        { "[] + []", "\"\"" },
        { "1 + '2' - 1", "11" },
        { "'5' * '2'", "10" },
        { "null + 1", "1" },
        { "undefined + 1", "NaN" },
        { "true + true", "2" },
        { "[1, [2, 3]] + ''", "\"1,2,3\"" },
        { "[null, undefined, 1].join()", "\",,1\"" },
        { "null == 0", "false" },
        { "null >= 0", "true" },
        { "null == undefined", "true" },
        { "'' == 0", "true" },
        { "'0' == false", "true" },
        { "[] == false", "true" },
        { "[1] == 1", "true" },
        { "NaN != NaN", "true" },
        { "'b' > 'a' && '10' < '9' && 10 > '9'", "true" },
        { "({}) == '[object Object]'", "true" },
        { "({valueOf: () => 7}) * 2", "14" },
        { "`${{toString: () => 'x'}}`", "\"x\"" },
        { "!!'0' && !!'false' && !'' && !NaN && !!{} && !![]", "true" },
        { "Number(' \\n12 ') + Number('') + Number('0b11')", "15" },
        { "[Number('1 2'), Number('1_0'), Number('+5'), Number('-0x1'), Number([7]), Number(new Date(5))]", "[NaN,NaN,5,NaN,7,5]" },
        { "typeof null + typeof undefined + typeof [] + typeof (() => 1) + typeof unknown", "\"objectundefinedobjectfunctionundefined\"" },

        // numbers as text
        { "String(0.1 + 0.2)", "\"0.30000000000000004\"" },
        { "[1e21, 1e-7, 123456789012345680000, 0.000001, 1.5e300, 5e-324, -1e-10, 100].join(' ')", "\"1e+21 1e-7 123456789012345680000 0.000001 1.5e+300 5e-324 -1e-10 100\"" },
        { "String(-0) + JSON.stringify(-0) + `${1/-0}`", "\"00-Infinity\"" },
        { "[(1.005).toFixed(2), (2.5).toFixed(0), (-1.5).toFixed(0), (1e21).toFixed(2), (0).toFixed(2), (10.235).toFixed(2), (8.345).toFixed(2)]", "[\"1.00\",\"3\",\"-2\",\"1e+21\",\"0.00\",\"10.23\",\"8.35\"]" },
        { "[(255).toString(16), (0.5).toString(2), (-255).toString(36), (0.1).toString(3), (2 ** 40 + 1).toString(7)]", "[\"ff\",\"0.1\",\"-73\",\"0.0022002200220022002200220022002201\",\"142302631426553\"]" },
        { "[(123.456).toPrecision(4), (0.00001).toPrecision(1), (1e-7).toPrecision(3), (1234.5).toPrecision(2), (99.99).toPrecision(3)]", "[\"123.5\",\"0.00001\",\"1.00e-7\",\"1.2e+3\",\"100\"]" },
        { "[(12345).toExponential(2), (0).toExponential(), (1.5).toExponential()]", "[\"1.23e+4\",\"0e+0\",\"1.5e+0\"]" },
        { "[parseInt('12px'), parseInt('0x1f'), parseInt('z', 36), parseInt(''), parseFloat('3.14.15'), parseFloat('-.5e1x'), parseInt(1e21), parseInt('-0')]", "[12,31,35,NaN,3.14,-5,1,-0]" },
        { "[0x10, 0b101, 0o17, 1_000, .5, 5., 2e3]", "[16,5,15,1000,0.5,5,2000]" },
        { "[Math.round(-0.5), Math.round(2.5), Math.round(-2.5), Math.max(), Math.min(1, '0'), Math.sign(-3), Math.hypot(3, 4)]", "[-0,3,-2,-Infinity,0,-1,5]" },
        { "[-7 % 3, 7 % -3, -0 % 1, 2 ** 3 ** 2, (-2) ** 2, 1 ** Infinity, NaN ** 0]", "[-1,1,-0,512,4,NaN,1]" },
        { "[5 / 0, -5 / 0, 0 / 0, 1 << 33, -1 >>> 0, -1 >> 1, ~5, 2 ** 32 | 0, 2147483648 | 0]", "[Infinity,-Infinity,NaN,2,4294967295,-1,-6,0,-2147483648]" },
        { "[Number.EPSILON > 0, Number.MAX_SAFE_INTEGER, Number.isInteger(5.0), Number.isInteger('5'), isNaN('x'), Number.isNaN('x')]", "[true,9007199254740991,true,false,true,false]" },

        // precedence
        { "1 + 2 * 3 - 4 / 2", "5" },
        { "1 < 2 < 3, 3 > 2 > 1", "false" },
        { "false || true && false ? 1 : 2 ? 3 : 4", "3" },
        { "!1 == 0, -2 + +'3', 6 & 3 | 8 ^ 1", "11" },
        { "(null ?? 'a') || 'b'", "\"a\"" },
        { "0 || null ? 1 : (0 ?? 5)", "0" },
        { "typeof 1 + 1", "\"number1\"" },
        { "1 + (2, 3)", "4" },
        { "'a' in {a: 1} && !('b' in {a: 1}) && 1 in [5, 6]", "true" },
        { "a => a ? 1 : 2", "function" },
        { "(a => ({b: a}))(1)", "{\"b\":1}" },

        // optional chaining
        { "null?.a.b.c", "undefined" },
        { "({a: null}).a?.b.c()", "undefined" },
        { "(null?.a).b", "!TypeError" },
        { "({}).f?.(1)", "undefined" },
        { "({f: x => x + 1}).f?.(1)", "2" },
        { "undefined?.[0] ?? 'none'", "\"none\"" },
        { "true?.5:1", "0.5" },
        { "({a: 1}).b.c", "!TypeError" },
        { "nothing.a", "!ReferenceError" },
        { "'abc'.nothing()", "!TypeError" },

        // functions and patterns
        { "((a, b = a + 1, ...c) => [a, b, c])(1)", "[1,2,[]]" },
        { "((a, b = a + 1, ...c) => [a, b, c])(1, undefined, 3, 4)", "[1,2,[3,4]]" },
        { "(({a, b: {c = 5} = {}, ...d}, [e, , f] = 'xyz') => [a, c, d, e, f])({a: 1, g: 2})", "[1,5,{\"g\":2},\"x\",\"z\"]" },
        { "((...a) => a.length)(...'héllo', ...[1, 2])", "7" },
        { "(function f(n) { return n < 2 ? 1 : n * f(n - 1) })(10)", "3628800" },
        { "(() => {})()", "undefined" },
        { "(({a}) => a)(null)", "!TypeError" },
        { "(([a]) => a)({})", "!TypeError" },
        { "[(x => y => x + y)(1)(2), (() => ({}))()]", "[3,{}]" },

        // objects
        { "({b: 1, a: 2, 10: 3, 9: 4, '-1': 5, '01': 6})", "{\"9\":4,\"10\":3,\"b\":1,\"a\":2,\"-1\":5,\"01\":6}" },
        { "({a: 1, ...{b: 2, a: 3}, ...'xy', ...null, ...[7]})", "{\"0\":7,\"1\":\"y\",\"a\":3,\"b\":2}" },
        { "({['a' + 1]: 1, f(x) { return x }, if: 2}).f(3)", "3" },
        { "Object.entries({a: 1, b: [2]})", "[[\"a\",1],[\"b\",[2]]]" },
        { "Object.fromEntries(Object.entries({a: 1, b: 2}).map(([k, v]) => [v, k]))", "{\"1\":\"a\",\"2\":\"b\"}" },
        { "Object.assign({a: 1}, null, {b: 2}, 'x')", "{\"0\":\"x\",\"a\":1,\"b\":2}" },
        { "Object.freeze({a: 1}).a = 2", "!TypeError" },
        { "Object.freeze([1]).push(2)", "!TypeError" },
        { "({a: 1}).hasOwnProperty('a') && Object.hasOwn({b: 1}, 'b')", "true" },

        // arrays
        { "[3, 20, 100].sort()", "[100,20,3]" },
        { "[3, undefined, 1, null].sort()", "[1,3,null,undefined]" },
        { "[{k: 1, v: 'a'}, {k: 0, v: 'b'}, {k: 1, v: 'c'}, {k: 0, v: 'd'}].sort((x, y) => x.k - y.k).map(x => x.v).join('')", "\"bdac\"" },
        { "['é', 'z', 'a', 'Z', '中'].sort()", "[\"Z\",\"a\",\"z\",\"\\u00e9\",\"\\u4e2d\"]" },
        { "[1, [2, [3, [4]]]].flat(Infinity)", "[1,2,3,4]" },
        { "[1, 2, 3, 4].splice(-3, 2)", "[2,3]" },
        { "[1, 2, 3].reduceRight((a, b) => a + '-' + b)", "\"3-2-1\"" },
        { "[].reduce((a, b) => a)", "!TypeError" },
        { "[1, 2].map(null)", "!TypeError" },
        { "[NaN].includes(NaN) && [NaN].indexOf(NaN) === -1", "true" },
        { "['1', '2', '3'].map(parseInt)", "[1,NaN,NaN]" },
        { "Array.from({length: 3}, (_, i) => i * i)", "[0,1,4]" },
        { "[...[1, 2].entries(), ...'ab']", "[[0,1],[1,2],\"a\",\"b\"]" },
        { "[1, 2, 3].at(-1) + [1, 2, 3].lastIndexOf(3) + [5, 6].findLast(x => x < 6)", "10" },
        { "new Array(3).fill(0).concat(1, [2, [3]])", "[0,0,0,1,2,[3]]" },

        // strings are UTF-16
        { "'😀'.length + '😀'.charCodeAt(0) + '😀'.codePointAt(0)", "183871" },
        { "[...'a😀b'].length + 'a😀b'.split('').length", "7" },
        { "'a😀b'.slice(1, 2)", "\"\\ud83d\"" },
        { "'\\u{1F600}' === '\\ud83d\\ude00' && '\\x41' === 'A'", "true" },
        { "JSON.stringify('\\ud83d')", "\"\\u0022\\u005cud83d\\u0022\"" },
        { "'abcabc'.replace('b', '[$&|$`|$\\'|$$]')", "\"a[b|a|cabc|$]cabc\"" },
        { "'aaa'.replaceAll('a', (m, i) => i)", "\"012\"" },
        { "'投诉-2026-01'.split('-')", "[\"\\u6295\\u8bc9\",\"2026\",\"01\"]" },
        { "'a,b,c'.split(',', 2)", "[\"a\",\"b\"]" },
        { "['abc'.substring(2, 0), 'abc'.substr(-2, 1), 'abc'.slice(2, 1), 'abc'.at(-1)]", "[\"ab\",\"b\",\"\",\"c\"]" },
        { "'7'.padStart(3, '0') + '|' + 'ab'.padEnd(5, 'xy')", "\"007|abxyx\"" },
        { "'\\u3000 x\\ufeff'.trim()", "\"x\"" },
        { "'straße'.toUpperCase() + 'ÀÉ'.toLowerCase()", "\"STRASSE\\u00e0\\u00e9\"" },
        { "['a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a')]", "[-1,1,0]" },
        { "'e\\u0301'.normalize('NFC').length", "1" },
        { "'abc'.repeat(-1)", "!RangeError" },
        { "encodeURIComponent('a b&投😀')", "\"a%20b%26%E6%8A%95%F0%9F%98%80\"" },
        { "decodeURIComponent('%E6%8A%95+%41')", "\"\\u6295+A\"" },
        { "decodeURIComponent('%E6%8A')", "!URIError" },

        // JSON
        { "JSON.stringify({a: undefined, b: () => 1, c: [undefined, NaN], d: null, e: new Date(0)})", "\"{\\u0022c\\u0022:[null,null],\\u0022d\\u0022:null,\\u0022e\\u0022:\\u00221970-01-01T00:00:00.000Z\\u0022}\"" },
        { "JSON.stringify([1, {a: []}], null, 2)", "\"[\\u000a  1,\\u000a  {\\u000a    \\u0022a\\u0022: []\\u000a  }\\u000a]\"" },
        { "JSON.stringify({b: 1, a: 2, c: 3}, ['a', 'b'], '--')", "\"{\\u000a--\\u0022a\\u0022: 2,\\u000a--\\u0022b\\u0022: 1\\u000a}\"" },
        { "JSON.stringify({a: [1, 2]}, (k, v) => typeof v === 'number' ? v + 1 : v)", "\"{\\u0022a\\u0022:[2,3]}\"" },
        { "[JSON.stringify(undefined), JSON.stringify('x'), JSON.stringify(null)]", "[undefined,\"\\u0022x\\u0022\",\"null\"]" },
        { "JSON.parse('{\"a\":[1,2.5e1,\"\\\\u0041\",true,null],\"a\\\\n\":{}}')", "{\"a\":[1,25,\"A\",true,null],\"a\\u000a\":{}}" },
        { "JSON.parse('{a:1}')", "!SyntaxError" },
        { "JSON.parse('[1,]')", "!SyntaxError" },
        { "JSON.parse('01')", "!SyntaxError" },
        { "JSON.parse('')", "!SyntaxError" },

        // dates
        { "new Date('2026-03-01T08:00:00+08:00').toISOString()", "\"2026-03-01T00:00:00.000Z\"" },
        { "new Date(2024, 1, 29, 12).getTime() === Date.UTC(2024, 1, 29, 12)", "true" },
        { "new Date('2026-01-31').getUTCDay()", "6" },
        { "new Date(2026, 0, 31).setMonth(1)", "1772496000000" },
        { "String(new Date(0))", "\"Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)\"" },
        { "new Date('nonsense').getTime()", "NaN" },
        { "new Date(NaN).toISOString()", "!RangeError" },
        { "new Date(5) - new Date(2)", "3" },
        { "new Date(1) < new Date(2)", "true" },
        { "[new Date(-62198755200000).toISOString(), new Date(8.64e15).toISOString(), new Date(8.64e15 + 1).getTime()]", "[\"-000001-01-01T00:00:00.000Z\",\"+275760-09-13T00:00:00.000Z\",NaN]" },
        { "new Date(99, 0).getFullYear() + new Date(100, 0).getFullYear()", "2099" },
        { "new Date(0).toUTCString() + new Date(0).toDateString()", "\"Thu, 01 Jan 1970 00:00:00 GMTThu Jan 01 1970\"" },
    };

    public static TheoryData<string, string> Programs => new()
    {
        // completion values
        { "1; 2", "2" },
        { "1; var x = 2", "1" },
        { "1; if (true) { 2 } else { 3 }", "2" },
        { "1; if (false) 2", "undefined" },
        { "for (let i = 0; i < 3; i++) i * 2", "4" },
        { "1; while (false);", "undefined" },
        { "try { 1 } finally { 2 }", "1" },
        { "switch (1) { case 1: 'a'; case 2: 'b'; break; default: 'c' }", "\"b\"" },
        { "const f = () => { 5; }; f()", "undefined" },
        { "", "undefined" },
        { "1; function f() {}", "1" },

        // semicolons
        { "var a = 1\nvar b = 2\na + b", "3" },
        { "(() => { return\n1 })()", "undefined" },
        { "let i = 1\ni\n++\ni\ni", "2" },
        { "let a = 1; let b = a\n+ 2\nb", "3" },
        { "do { 1 } while (false) 2", "2" },
        { "if (1) ; else 2\n3", "3" },
        { "let f = x => x\n;[1, 2].map(f).join()", "\"1,2\"" },
        { "/* a\n */ 1 // b\n", "1" },

        // scopes and closures
        { "const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); fs.map(f => f())", "[0,1,2]" },
        { "const fs = []; for (var i = 0; i < 3; i++) fs.push(() => i); fs.map(f => f())", "[3,3,3]" },
        { "const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); i++; } fs.map(f => f())", "[1,3]" },
        { "const fs = []; for (const x of [1, 2]) fs.push(() => x); fs.map(f => f())", "[1,2]" },
        { "let x = 1; { let x = 2; { x = 3 } } x", "1" },
        { "x", "!ReferenceError" },
        { "x; let x = 1", "!ReferenceError" },
        { "let f = () => x; let x = 5; f()", "5" },
        { "const x = 1; x = 2", "!TypeError" },
        { "y = 1", "!ReferenceError" },
        { "f(2); function f(n) { return n * 2 } f(4)", "8" },
        { "var x = 1; var x; x", "1" },
        { "function counter() { let n = 0; return { next: () => ++n } } const c = counter(); c.next(); c.next()", "2" },
        { "function odd(n) { return n === 0 ? false : even(n - 1) } function even(n) { return n === 0 ? true : odd(n - 1) } even(20)", "true" },
        { "function f() { return typeof f } const g = f; f = 1; g()", "\"number\"" },
        { "const f = 1; const o = {f() { return f }}; o.f()", "1" },
        { "const g = function f() { f = 1 }; g()", "!TypeError" },
        { "const g = function f(f) { return f }; g(3)", "3" },
        { "function f(a) { function a() { return 5 } return a() } f(1)", "5" },
        { "function f(a) { var a; return a } f(1)", "1" },
        { "let r = []; for (let i = 0, n = 2; i < n; i++) { let i = 'inner'; r.push(i) } r", "[\"inner\",\"inner\"]" },
        { "let e = 1; try { throw 2 } catch (e) { let f = e; e = 3 } e", "1" },
        { "const o = {n: 1}; const g = (p = o.n++) => p; g(); g(); o.n", "3" },
        { "switch (1) { case 0: let q = 1; case 1: q = 2; }", "!ReferenceError" },
        { "typeof zz; let zz", "!ReferenceError" },

        // assignment
        { "let a = 1, b = 2; [a, b] = [b, a]; [a, b]", "[2,1]" },
        { "let a, r; ({x: a = 4, ...r} = {y: 1}); [a, r]", "[4,{\"y\":1}]" },
        { "const o = {a: {}}; [o.a.x, ...o.r] = 'abc'; o", "{\"a\":{\"x\":\"a\"},\"r\":[\"b\",\"c\"]}" },
        { "let a = null; a ??= 5; let b = 0; b ||= 6; let c = 1; c &&= 7; [a, b, c]", "[5,6,7]" },
        { "let a = 5; a ??= q; a", "5" },
        { "let s = 'x'; s += 1; s += null; s **= 2", "NaN" },
        { "let i = 1; [i++ + ++i, i--, --i]", "[4,3,1]" },
        { "let s = '5'; s++; s", "6" },
        { "const o = {}; let k = 0; o[k++] = o[k++] = k; o", "{\"0\":2,\"1\":2}" },
        { "const a = [1, 2, 3]; a.length = 1; a[2] = 9; a", "[1,undefined,9]" },
        { "const o = {a: 1, b: 2}; delete o.a; o", "{\"b\":2}" },
        { "const {length} = 'abc'; const [a = 1, b = a] = []; [length, a, b]", "[3,1,1]" },
        { "const {a: {b: [, c]}} = {a: {b: [1, 2]}}; c", "2" },
        { "const {a} = null", "!TypeError" },
        { "let [x] = 5", "!TypeError" },

        // control
        { "let r = ''; for (const k in {b: 1, a: 2, 1: 3}) r += k; r", "\"1ba\"" },
        { "let r = ''; for (const k in 'ab') r += k; for (const i in [5, 6]) r += i; r", "\"0101\"" },
        { "let r = []; for (const [k, v] of Object.entries({a: 1})) r.push(k + v); r", "[\"a1\"]" },
        { "let n = 0; for (;;) { if (++n > 5) break; if (n % 2) continue; } n", "6" },
        { "let n = 0; do n++; while (n < 5); n", "5" },
        { "let r = []; const a = [1, 2]; for (const x of a) { r.push(x); if (x < 2) a.push(3) } r", "[1,2,3]" },
        { "let r = ''; for (let i = 0, j = 3; i < j; i++, j--) r += i + '' + j; r", "\"0312\"" },
        { "let o = {}; for (o.k of [1, 2]); o.k", "2" },
        { "switch ('1') { case 1: 'n'; break; default: 'd'; case 2: 'f' }", "\"f\"" },
        { "const f = x => { switch (x) { default: return 'd'; case 1: return 'a' } }; f(1) + f(2)", "\"ad\"" },
        { "(() => { for (const x of [1, 2, 3]) { try { if (x == 2) return x } finally { if (x == 1) continue } } })()", "2" },
        { "(() => { try { return 1 } finally { return 2 } })()", "2" },
        { "(() => { try { throw 1 } catch (e) { return e + 1 } finally { } })()", "2" },
        { "try { null.x } catch (e) { e.name }", "\"TypeError\"" },
        { "try { throw new RangeError('far') } catch ({message}) { message }", "\"far\"" },
        { "try { throw {code: 7} } catch (e) { e.code }", "7" },
        { "try { try { throw 1 } finally { 9 } } catch { 'outer' }", "\"outer\"" },
        { "throw 'text'", "!\"text\"" },
        { "throw {a: 1}", "!{\"a\":1}" },
        { "throw new TypeError('t')", "!TypeError" },
        { "String(new Error('m')) + new RangeError()", "\"Error: mRangeError\"" },
        { "let d = 0; const f = () => { d++; throw 0 }; for (let i = 0; i < 100; i++) { try { f() } catch {} } d", "100" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_its_value(string source, string expected) =>
        Assert.Equal(expected, Show.Outcome(source, ScriptKind.Expression));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_gives_its_completion_value(string source, string expected) =>
        Assert.Equal(expected, Show.Outcome(source, ScriptKind.Program));

    [Theory]
    [InlineData("if (1 < 2) return 'a'; return 'b'", "\"a\"")]
    [InlineData("for (const x of [1, 2]) { if (x > 1) { return {x} } }", "{\"x\":2}")]
    [InlineData("1; return", "undefined")]
    public void A_program_may_return_outside_functions(string source, string expected) =>
        Assert.Equal(expected, Show.Outcome(source, ScriptKind.Program));

    [Theory]
    [InlineData("{a: 1}", "{\"a\":1}")]
    [InlineData("1 + 1;", "2")]
    [InlineData("  // nothing before\n 'x' // nor after", "\"x\"")]
    public void An_expression_may_be_braces_and_may_end_with_a_semicolon(string source, string expected) =>
        Assert.Equal(expected, Show.Outcome(source, ScriptKind.Expression));
}

using System.Globalization;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>Random texts in the subset, the same for the same seed. They end soon and are the same in every engine.</summary>
internal sealed class ScriptGenerator(int seed)
{
    private const string Prelude =
        "let a = 3, b = -2.5, s = 'abc', t = '12', xs = [3, 1, 2], ys = ['b', 'a', null], o = {a: 1, b: 'x', c: [1, {d: 2}]}, n = null, u; ";

    private static readonly string[] Numbers =
        ["0", "1", "2", "-1", "0.1", "0.5", "3.7", "255", "1e21", "1e-7", "123456789012345680000", "NaN", "Infinity", "0x1f", "1_000", "-0"];

    private static readonly string[] Texts =
        ["''", "'a'", "\"5\"", "' 12 '", "'abc'", "'0x1f'", "'😀x'", "'é'", "'a,b,c'", "'NaN'", "'-3.5e2'", "'a\\nb'", "'aXbXc'"];

    private static readonly string[] Names = ["a", "b", "s", "t", "xs", "ys", "o", "n", "u"];

    private static readonly string[] Operators =
    [
        "+", "+", "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "===", "!==", "&", "|", "^", "<<", ">>", ">>>",
        "&&", "||",
    ];

    private static readonly string[] Unaries = ["-", "+", "!", "~", "typeof ", "void ", "!!"];

    private static readonly string[] TextMethods =
    [
        "length", "charAt(#)", "charCodeAt(#)", "codePointAt(#)", "at(#)", "concat($, #)", "includes($)", "indexOf($)",
        "indexOf($, #)", "lastIndexOf($)", "lastIndexOf($, #)", "startsWith($)", "endsWith($)", "startsWith($, #)",
        "endsWith($, #)", "slice(#, #)", "slice(#)", "substring(#, #)", "substr(#, #)", "split($)", "split($, #)", "split('')",
        "trim()", "trimStart()", "trimEnd()", "padStart(8, $)", "padEnd(7)", "repeat(2)", "repeat(#)", "replace($, $)",
        "replace('b', '[$&$`$$]')", "replaceAll('', '-')", "replaceAll('X', (m, i) => m + i)", "toUpperCase()",
        "toLowerCase()", "normalize()", "split(',').map(p => p + '!')",
    ];

    private static readonly string[] ListMethods =
    [
        "length", "join()", "join($)", "concat(@, #)", "slice(#, #)", "slice(#)", "includes(%)", "indexOf(%)",
        "lastIndexOf(%)", "at(#)", "map(x => %)", "map((x, i) => x + i)", "filter(x => x)", "filter((x, i) => i % 2)",
        "find(x => x > 1)", "findIndex(x => x == %)", "findLast(x => x)", "some(x => x === %)", "every(x => x)",
        "reduce((p, x) => p + x)", "reduce((p, x) => p + x, '')", "reduceRight((p, x) => [p, x], 0)", "flat()",
        "flatMap(x => [x, x])", "reverse()", "sort()", "sort((x, y) => `${x}` < `${y}` ? 1 : `${x}` > `${y}` ? -1 : 0)", "sort((x, y) => `${x}`.length - `${y}`.length)",
        "fill(%, 1)", "splice(#, 1)", "splice(1, 0, %)", "push(%)", "pop()", "shift()", "unshift(%, 1)", "toString()",
        "forEach(x => x)", "concat([%])", "toSorted()",
    ];

    private static readonly string[] Calls =
    [
        "Math.max(#, #)", "Math.min(#)", "Math.floor(#)", "Math.ceil(#)", "Math.round(#)", "Math.trunc(#)", "Math.abs(#)",
        "Math.sign(#)", "Math.sqrt(4)", "Math.clz32(#)", "Math.imul(#, #)", "Math.fround(#)", "Math.hypot(3, 4)",
        "Number(%)", "String(%)", "Boolean(%)", "parseInt($)", "parseInt($, 16)", "parseFloat($)", "isNaN(%)", "isFinite(%)",
        "Number.isInteger(%)", "Number.isNaN(%)", "Number.isSafeInteger(#)", "Object.keys(%)", "Object.values(%)",
        "Object.entries(%)", "Object.assign({}, %, {z: #})", "Object.fromEntries([['k', %], ['1', %]])", "Array.isArray(%)",
        "Array.from($)", "Array.from({length: 2}, (_, i) => i * #)", "Array.of(%, %)", "JSON.stringify(%)",
        "JSON.stringify(%, null, 2)", "JSON.parse(JSON.stringify([%]))", "JSON.parse($)", "(#).toFixed(2)", "(#).toString(16)",
        "(#).toPrecision(3)", "(#).toExponential(1)", "(#).toString(2)", "encodeURIComponent($)", "new Date(#).getTime()",
        "new Date(2024, #, #).getUTCDay()", "new Date(Date.UTC(2020, 1, #)).toISOString().slice(0, 10)", "Date.parse('2024-0' + (5 + # % 4) + '-10 10:00')", "new Date('2023-12-31T23:59:59.999+01:00').getUTCDate() + #",
        "new Date(2024, 0, #).setMonth(#)", "String(new Date(86400000 * #))", "JSON.stringify(new Date(#))",

        "String.fromCharCode(#)", "((x, y = %) => [x, y])(%)", "((...r) => r.length)(...@)", "(({a, ...r}) => [a, r])(o)",
        "(([x, y = 7]) => x + y)(@)",
    ];

    private readonly Random _random = new(seed);
    private int _loops;

    public string Expression() => Expression(4, free: true);

    public string Program()
    {
        _loops = 0;
        var count = _random.Next(2, 7);
        return Prelude + string.Concat(Enumerable.Range(0, count).Select(_ => Statement(3))) + Expression(2, free: false);
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    private string Expression(int depth, bool free) => _random.Next(depth <= 0 ? 4 : 16) switch
    {
        0 => Pick(Numbers),
        1 => Pick(Texts),
        2 => free ? Pick(["true", "false", "null", "undefined"]) : Pick(Names),
        3 => free ? "[]" : Pick(Names),
        4 or 5 or 6 => $"({Expression(depth - 1, free)} {Pick(Operators)} {Expression(depth - 1, free)})",
        7 => $"{Pick(Unaries)}({Expression(depth - 1, free)})",
        8 => $"({Expression(depth - 1, free)} ? {Expression(depth - 1, free)} : {Expression(depth - 1, free)})",
        9 => $"(`{_random.Next(9)}${{{Expression(depth - 1, free)}}}z`)",
        10 => $"({Expression(depth - 1, free)} ?? {Expression(depth - 1, free)})",
        11 => $"{Text(depth - 1, free)}.{Fill(Pick(TextMethods), depth - 1, free)}",
        12 => $"{List(depth - 1, free)}.{Fill(Pick(ListMethods), depth - 1, free)}",
        13 => Fill(Pick(Calls).Replace("(o)", free ? "({a: 1, b: 2})" : "(o)", StringComparison.Ordinal), depth - 1, free),
        14 => Member(depth - 1, free),
        _ => Braces(depth - 1, free),
    };

    private string Member(int depth, bool free) => _random.Next(5) switch
    {
        0 => $"({Expression(depth, free)})?.a",
        1 => $"({Expression(depth, free)})?.[{Expression(depth, free)}]",
        2 => $"({Braces(depth, free)}).a",
        3 => $"{List(depth, free)}[{_random.Next(4)}]",
        _ => $"({Braces(depth, free)}).c?.(1)",
    };

    private string Braces(int depth, bool free) => _random.Next(3) switch
    {
        0 => $"({{a: {Expression(depth, free)}, 'b c': {Expression(depth, free)}, 7: 1, [{Text(depth, free)}]: 2}})",
        1 => $"({{b: {Expression(depth, free)}, ...{Expression(depth, free)}}})",
        _ => $"[{Expression(depth, free)}, ...{List(depth, free)}]",
    };

    private string Text(int depth, bool free) => _random.Next(4) switch
    {
        0 when depth > 0 => $"String({Expression(depth, free)})",
        1 when !free => Pick(["s", "t"]),
        _ => Pick(Texts),
    };

    private string List(int depth, bool free) => _random.Next(4) switch
    {
        0 when !free => Pick(["xs", "ys"]),
        1 => "[5, 1, 10, 2]",
        _ => $"[{string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Expression(depth - 1, free)))}]",
    };

    /// <summary>Puts in # numbers, $ strings, @ arrays and % anything.</summary>
    private string Fill(string pattern, int depth, bool free)
    {
        var keepsDollars = pattern.Contains("$&", StringComparison.Ordinal) || pattern.Contains("${", StringComparison.Ordinal);
        return string.Concat(pattern.Select(c => c switch
        {
            '#' => _random.Next(-3, 12).ToString(CultureInfo.InvariantCulture),
            '$' when !keepsDollars => Text(depth, free),
            '@' => List(depth, free),
            '%' when !pattern.Contains("% 2", StringComparison.Ordinal) => Expression(depth - 1, free),
            _ => c.ToString(),
        }));
    }

    private string Statement(int depth)
    {
        var value = Expression(2, free: false);
        var inner = () => depth <= 0 ? $"xs.push({Expression(1, free: false)});" : Statement(depth - 1);
        var index = $"i{_loops++}";
        return _random.Next(22) switch
        {
            0 => $"a {Pick(["=", "+=", "-=", "*=", "%=", "|=", "&&=", "||=", "??="])} {value};",
            1 => $"s += {value};",
            2 => Pick(["a++;", "--b;", "xs[0]++;", "o.a -= 1;", "a = b++ + ++b;", "o['b'] += 'y';"]),
            3 => $"if ({value}) {{ {inner()} }} else {{ {inner()} }}",
            4 => $"if ({value}) {inner()}",
            5 => $"for (let {index} = 0; {index} < {_random.Next(4)}; {index}++) {{ {inner()} ys.push({index}); }}",
            6 => $"for (const {index} of {List(2, false)}) {{ u = {index}; {inner()} if (xs.length + ys.length > 30) break; }}",
            7 => $"for (const {index} in {Expression(1, false)}) {{ ys.push({index}); {Pick(["continue;", string.Empty])} {inner()} }}",
            8 => $"let {index} = 0; while ({index} < 3) {{ {index}++; {Pick([$"if ({index} == 2) continue;", "if (!a) break;", string.Empty])} {inner()} }}",
            9 => $"let {index} = 3; do {{ {index}--; {inner()} }} while ({index} > 0)\n",
            10 => $"switch ({value}) {{ case 1: {inner()} case 'a': {inner()} break; default: {inner()} case null: a = 9; }}",
            11 => $"try {{ {inner()} {Pick(["null.x;", "throw 'e1';", "throw new RangeError('r');", "q;", string.Empty])} {inner()} }} catch (e) {{ ys.push(e?.message ? e.name : e); }} finally {{ {inner()} }}",
            12 => $"function f{index}(x, y = a) {{ {inner()} if (x) return [x, y]; }} u = f{index}({value});",
            13 => $"const {index} = []; for (let k = 0; k < 3; k++) {index}.push(() => k * 2); ys.push({index}.map(f => f()).join());",
            14 => $"const {{a: {index}, ...r{index}}} = o; ys.push({index}, Object.keys(r{index}).length);",
            15 => $"const [{index}, , z{index} = 'd'] = {List(2, false)}; ys.push({index}, z{index});",
            16 => ";[a, b] = [b, a];",
            17 => $"({{a, b = {Expression(1, false)}}} = o);",
            18 => $"o[{Text(1, false)}] = {value};",
            19 => $"{{ const a = {Pick(Numbers)}; {inner()} }}",
            20 => $"var {index} = {value}\n",
            _ => $"{value};",
        };
    }
}

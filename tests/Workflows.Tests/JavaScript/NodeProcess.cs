using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>Evaluates many scripts in one Node process.</summary>
internal static class NodeProcess
{
    private const string Program = """
        const vm = require('vm');
        const quote = text => '"' + Array.from({ length: text.length }, (_, i) => {
          const c = text[i];
          return c >= ' ' && c <= '~' && c !== '"' && c !== '\\' ? c : '\\u' + text.charCodeAt(i).toString(16).padStart(4, '0');
        }).join('') + '"';
        const kindOf = value => Object.prototype.toString.call(value);
        const show = (value, depth = 0) => {
          if (depth > 4) return 'deep';
          if (value === null) return 'null';
          switch (typeof value) {
            case 'undefined': case 'boolean': return String(value);
            case 'number': return Object.is(value, -0) ? '-0' : String(value);
            case 'string': return quote(value);
            case 'function': return 'function';
          }
          if (kindOf(value) === '[object Date]') return 'Date(' + value.getTime() + ')';
          if (kindOf(value) === '[object Error]') return 'error';
          if (Array.isArray(value)) return '[' + Array.from(value, item => show(item, depth + 1)).join(',') + ']';
          return '{' + Object.keys(value).map(key => quote(key) + ':' + show(value[key], depth + 1)).join(',') + '}';
        };
        const context = vm.createContext({});
        const evaluate = vm.runInContext('source => (0, eval)(source)', context);
        const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        console.log(scripts.map(({ source, isProgram }) => {
          try {
            return show(evaluate(isProgram ? '"use strict";void 0;' + source : '"use strict";(' + source + '\n)'));
          } catch (error) {
            return '!' + (kindOf(error) === '[object Error]' ? error.name : show(error));
          }
        }).join('\n'));
        """;

    /// <summary>Outcomes as <see cref="Show.Outcome"/> gives them; null where there is no Node.</summary>
    public static async Task<string[]?> EvaluateAsync(
        IEnumerable<(string Source, ScriptKind Kind)> scripts, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["-e", Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            Environment = { ["TZ"] = "UTC", ["LANG"] = "en_US.UTF-8" },
        };
        using var process = TryStart(start);
        if (process is null)
        {
            return null;
        }

        var input = JsonSerializer.Serialize(
            scripts.Select(script => new { source = script.Source, isProgram = script.Kind == ScriptKind.Program }));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var lines = (await output).TrimEnd('\n').Split('\n');
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException("Node failed.");
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

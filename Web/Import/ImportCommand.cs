using System.Text;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CsvHelper;

namespace CaseManagement.Web.Import;

/// <summary>
/// <c>import file.csv --map map.json</c>: cases from a spreadsheet. A row that is wrong is reported with its line and reason and the
/// rest go in; what is in already is skipped, so that a rerun adds nothing.
/// </summary>
public static class ImportCommand
{
    /// <summary>Rows of one file, at most.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>Bytes of one row, at most; a longer one stops the reading, for a quotation mark is then missing.</summary>
    public const int MaxRow = 1024 * 1024;

    private const int Unusable = 2;

    // bursts that wait together share a commit
    private const int InFlight = 32;

    /// <summary>Imports.</summary>
    /// <returns>0; 2 when the file or the map cannot be read.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string csvPath, string mapPath, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var map = ImportMap.Parse(await File.ReadAllTextAsync(mapPath, cancellationToken));
            using var text = new StreamReader(csvPath, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await new Run(map, services.GetRequiredService<CaseRuntime>(), output, Path.GetFileName(csvPath)).AllAsync(text, cancellationToken);
        }
        catch (Exception unusable) when (unusable is ImportMapException or IOException or UnauthorizedAccessException or DecoderFallbackException or CsvFormatException)
        {
            await output.WriteLineAsync(unusable switch
            {
                DecoderFallbackException => "The file is not text in UTF-8.",
                CsvFormatException format => $"The file cannot be read any further, from line {format.LineNumber}: {format.Message}",
                _ => unusable.Message,
            });
            return Unusable;
        }
    }

    private sealed class Run(ImportMap map, CaseRuntime cases, TextWriter output, string source)
    {
        private readonly RowReader _rows = new(map);
        private readonly Performer _by = new() { Actor = new Actor(ActorKind.Import, source) };
        private readonly Queue<(int Line, Task<bool> Registered)> _waiting = new();
        private int _imported;
        private int _skipped;
        private int _failed;

        public async Task<int> AllAsync(TextReader text, CancellationToken cancellationToken)
        {
            using var csv = CsvReader.Create(text, new CsvReaderOptions
            {
                TrackLineNumbers = true,
                MaxRecordSize = MaxRow,
                IncludeValuesInExceptions = false,
                MalformedData = CsvMalformedDataHandling.Skip,
                OnMalformedRecord = record => Refuse((int)record.LineNumber, "quotes-malformed", "the quotation marks do not match"),
            });
            await csv.ReadHeaderAsync(cancellationToken);
            var headers = csv.Headers;
            if (headers.Count == 0)
            {
                throw new ImportMapException("The file is empty.");
            }

            var places = headers.Select((name, place) => (Name: name.Trim(), place)).GroupBy(h => h.Name, StringComparer.Ordinal)
                .ToDictionary(h => h.Key, h => h.First().place, StringComparer.Ordinal);
            if (map.Columns().FirstOrDefault(c => !places.ContainsKey(c)) is { } missing)
            {
                throw new ImportMapException($"The file has no column '{missing}', which the map reads.");
            }

            try
            {
                for (var count = 0; await csv.ReadAsync(cancellationToken); count++)
                {
                    var line = (int)csv.LineNumber;
                    if (count == MaxRows)
                    {
                        Refuse(line, "too-many-rows", $"more than {MaxRows} rows; the rest is left out");
                        break;
                    }

                    if (csv.FieldCount != headers.Count)
                    {
                        Refuse(line, "columns-differ", $"{csv.FieldCount} cells where the header has {headers.Count}");
                    }
                    else
                    {
                        var record = csv.Current.ToArray();
                        _waiting.Enqueue((line, RegisterAsync(column => record[places[column]], cancellationToken)));
                    }

                    while (_waiting.Count >= InFlight)
                    {
                        await FinishOneAsync();
                    }
                }
            }
            finally
            {
                // what was begun is in, whatever stopped the reading, and is counted
                while (_waiting.Count > 0)
                {
                    await FinishOneAsync();
                }

                await output.WriteLineAsync($"imported {_imported}, skipped {_skipped} (already in), failed {_failed}");
            }

            return 0;
        }

        // in its turn, so that lines are reported in order
        private void Refuse(int line, string code, string reason) =>
            _waiting.Enqueue((line, Task.FromException<bool>(new InvalidInputException([new InputProblem("row", code, reason)]))));

        private async Task<bool> RegisterAsync(Func<string, string> cell, CancellationToken cancellationToken) =>
            await cases.RegisterAsync(_rows.Read(cell), _by, cancellationToken) is not null;

        private async Task FinishOneAsync()
        {
            var (line, registered) = _waiting.Dequeue();
            try
            {
                if (await registered)
                {
                    _imported++;
                }
                else
                {
                    _skipped++;
                }
            }
            catch (Exception refused) when (refused is InvalidInputException or RuleViolationException or InvalidTimeRuleException or StoreBusyException)
            {
                _failed++;
                foreach (var (field, reason) in refused is InvalidInputException input ? input.Problems.Select(p => (p.Field, p.Message)) : [("row", refused.Message)])
                {
                    await output.WriteLineAsync($"line {line}: {field}: {reason}");
                }
            }
        }
    }
}

using CaseManagement.Tests;
using CaseManagement.Web.CommandLine;

namespace CaseManagement.Web.Tests.CommandLine;

public sealed class ConformanceCommandTests : IDisposable
{
    private const string OneLine =
        """
        {"id":"1","slug":"one-line",
         "definitions":[{"key":"d","when":"setup","publish":true,"model":{"definitionId":"d","name":"d","root":{
           "id":"Flowchart1","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.WriteLine",
             "text":{"typeName":"String","expression":{"type":"Literal","value":"hello"}}}]}}}],
         "start":{"do":"execute","definitionId":"d"},"stimuli":[],
         "expect":{"steps":[{"after":"start","response":{"http":200}}],"instances":{"d#1":{
           "definitionId":"d","version":1,"status":"Finished","subStatus":"Finished","correlationId":null,"name":null,
           "journal":[{"activity":"Flowchart1","event":"Started"},{"activity":"a","event":"Started"},
             {"activity":"a","event":"Completed"},{"activity":"Flowchart1","event":"Completed"}],
           "lines":[{"activity":"a","text":"hello"}],"incidents":[],"variables":{},"output":{},"bookmarks":[]}}}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conformance");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_whole_suite_passes()
    {
        var (code, output) = await RunAsync(SharedMaterial.Path("elsa", "conformance"));

        Assert.Equal((0, "73 passed, 0 failed"), (code, output.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public async Task A_case_that_ends_otherwise_is_named_with_what_differs()
    {
        Write("good.json", OneLine);
        Write("other.json", OneLine.Replace("\"text\":\"hello\"", "\"text\":\"goodbye\"", StringComparison.Ordinal));

        var (code, output) = await RunAsync(_folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains("FAILED other.json (1 one-line)", output, StringComparison.Ordinal);
        Assert.Contains("d#1.lines", output, StringComparison.Ordinal);
        Assert.Contains("goodbye", output, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 failed", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("""{"id":"1"}""", "lacks “slug”")]
    [InlineData("""{"id":"1","slug":"s","definitions":{}}""", "“definitions” should be of kind Array")]
    [InlineData("""{"id":"1","slug":"s","definitions":[],"start":{"do":"explode"},"stimuli":[],"expect":{"steps":[],"instances":{}}}""", "explode")]
    [InlineData("""{"id":"1","slug":"s","definitions":[],"start":{"do":"cancel","instance":"x#1"},"stimuli":[],"expect":{"steps":[],"instances":{}}}""", "x#1")]
    public async Task A_file_that_is_no_case_has_failed_and_the_others_go_on(string text, string why)
    {
        Write("a-bad.json", text);
        Write("b-good.json", OneLine);

        var (code, output) = await RunAsync(_folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains("FAILED a-bad.json", output, StringComparison.Ordinal);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 failed", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_cases_and_one_that_is_not_there_do_not_pass()
    {
        Assert.Equal((2, "0 passed, 0 failed"), Trimmed(await RunAsync(_folder.FullName)));
        Assert.Equal(1, (await RunAsync(Path.Combine(_folder.FullName, "nowhere"))).Code);
    }

    private static (int, string) Trimmed((int Code, string Output) result) => (result.Code, result.Output.TrimEnd());

    private static async Task<(int Code, string Output)> RunAsync(params string[] paths)
    {
        using var output = new StringWriter();
        return (await ConformanceCommand.RunAsync(paths, output, TestContext.Current.CancellationToken), output.ToString());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}

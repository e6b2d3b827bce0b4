using CaseManagement.Benchmarks.Api;

// dotnet run -c Release --project tests/Benchmarks -- <what> [arguments]
switch (args)
{
    case ["api", .. var rest]:
        await ApiThroughput.RunAsync(rest);
        return 0;
    default:
        Console.WriteLine(
            """
            dotnet run -c Release --project tests/Benchmarks -- <what>

              api [folder of the built Web] [seconds] [rounds]   cases from register to close over the API, beside bare commits
            """);
        return 2;
}

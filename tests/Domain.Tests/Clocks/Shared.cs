namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>The reference material beside the repository, if it is there.</summary>
internal static class Shared
{
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CaseManagement.sln")))
            {
                var file = Path.Combine(folder.FullName, "..", "shared", path);
                return File.Exists(file) ? file : null;
            }
        }

        return null;
    }
}

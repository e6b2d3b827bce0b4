using CaseManagement.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace CaseManagement.Tests;

/// <summary>Begins with the collections that take longest, so that no processor is left with one of them alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // by measured time, those of all projects
    private static readonly string[] Longest =
    [
        "KillTests", "AccessMatrixTests", "ManyNodesTests", "InboxListTests",
        "Browser", "Studio", "HostileTextTests", "Escalation", "Messages", "PolicyTests", "PortalWalkTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(PlaceOf)];

    // a class without a collection of its own is "Test collection for <its full name> (id: …)"
    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName == name || collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}

namespace CaseManagement.Web.Configuration;

/// <summary>The two clocks: the product's own, which may be simulated, and the wall clock, which sessions, keys and leases run on.</summary>
public static class Clocks
{
    /// <summary>Key of the wall clock among the services.</summary>
    public const string Wall = "wall";
}

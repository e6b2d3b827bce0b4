namespace CaseManagement.Web.Persistence;

/// <summary>Lengths of text columns, in UTF-16 units. What comes in is held to them; of the databases, SQL Server alone needs them.</summary>
internal static class ColumnLengths
{
    /// <summary>Keys, states, kinds, user and role keys: what is part of an index.</summary>
    public const int Key = 128;

    /// <summary>Names, titles, addresses and the keys of stimuli.</summary>
    public const int Name = 512;

    /// <summary>Reasons and error messages.</summary>
    public const int Text = 4000;

    /// <summary>SHA-256 and salts, in bytes.</summary>
    public const int Hash = 32;
}

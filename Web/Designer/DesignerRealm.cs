using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Designer;

/// <summary>The designer is a realm of its own: what it may ask for lies under <c>/elsa/api</c>, and only its own tokens open it.</summary>
public static class DesignerRealm
{
    /// <summary>The authentication scheme of <c>/elsa/api</c>.</summary>
    public const string Scheme = "Designer";

    /// <summary>Who a token is meant for.</summary>
    public const string Audience = "elsa";

    public const string Issuer = "case-management";

    /// <summary>Claims of a token beside the registered <c>sub</c>, <c>name</c> and <c>sid</c>.</summary>
    public static class Claims
    {
        /// <summary>The key of the process that is open; absent where none is.</summary>
        public const string Process = "process";

        /// <summary>Language of what the designer is told, <c>zh-CN</c> or <c>en</c>.</summary>
        public const string Language = "lang";

        /// <summary><see cref="Read"/> or <see cref="Write"/>.</summary>
        public const string Permission = "perm";

        public const string Read = "read";
        public const string Write = "write";
    }

    /// <summary>What somebody may do in the designer: owners of processes draw, those who answer for them look on.</summary>
    public static DesignerRight RightOf(Person? person) => person switch
    {
        null => DesignerRight.None,
        _ when person.Is(SystemRoles.ProcessOwner) => DesignerRight.Write,
        _ when person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor) || person.Is(SystemRoles.Supervisor) || person.Leads.Count > 0 => DesignerRight.Read,
        _ => DesignerRight.None,
    };
}

/// <summary>What a person may do in the designer; each includes those before it.</summary>
public enum DesignerRight
{
    None,
    Read,
    Write,
}

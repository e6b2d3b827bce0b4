namespace CaseManagement.Domain.Parties;

/// <summary>Who may give and take roles, and which go together.</summary>
public static class RoleRules
{
    public static readonly Rule NotOneself = new("role.own", "Nobody changes their own roles or ends their own access.");
    public static readonly Rule Apart = new("role.apart", "These two roles are not held by one person.");
    public static readonly Rule LastAdministrator = new("role.last-administrator", "The last administrator stays.");
    public static readonly Rule SecondPerson = new("role.second-person", "Another administrator than the one who asked decides.");
    public static readonly Rule Held = new("role.held", "The person holds this role.");

    /// <param name="by">Who gives it.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="role">The role.</param>
    /// <param name="held">Roles the person holds or has been asked for.</param>
    /// <param name="apart">Pairs of roles that one person does not hold together.</param>
    /// <exception cref="RuleViolationException">It may not be given.</exception>
    public static void ThrowUnlessMayGrant(string by, string to, string role, IReadOnlyCollection<string> held, IEnumerable<(string One, string Other)> apart)
    {
        RuleViolationException.ThrowUnless(by != to, NotOneself);
        RuleViolationException.ThrowUnless(
            !apart.Any(pair => (pair.One == role && held.Contains(pair.Other)) || (pair.Other == role && held.Contains(pair.One))), Apart);
    }

    /// <summary>Taking a role, or all of somebody's access.</summary>
    /// <param name="by">Who takes it.</param>
    /// <param name="from">Who loses it.</param>
    /// <param name="isAdministrator">It makes the person an administrator.</param>
    /// <param name="otherAdministrators">How many others are left who can do the same.</param>
    /// <exception cref="RuleViolationException">It may not be taken.</exception>
    public static void ThrowUnlessMayRevoke(string by, string from, bool isAdministrator, int otherAdministrators)
    {
        RuleViolationException.ThrowUnless(by != from, NotOneself);
        RuleViolationException.ThrowUnless(!isAdministrator || otherAdministrators > 0, LastAdministrator);
    }

    /// <summary>Deciding on a role that needs two.</summary>
    /// <exception cref="RuleViolationException">Whoever asked, or gets it, does not decide.</exception>
    public static void ThrowUnlessMayDecide(string by, string askedBy, string to)
    {
        RuleViolationException.ThrowUnless(by != to, NotOneself);
        RuleViolationException.ThrowUnless(by != askedBy, SecondPerson);
    }
}

namespace CaseManagement.Domain.Complaints;

/// <summary>The rules about who may know of a case, and of the complainant. Outside programs rely on the codes.</summary>
public static class ConfidentialityRules
{
    public static readonly Rule NotRaised = new("confidentiality.not-raised", "The case is kept as closely already; to lower it is a request of its own.");
    public static readonly Rule NothingAsked = new("confidentiality.nothing-asked", "Nothing has been asked that could be decided.");
    public static readonly Rule NothingChanges = new("confidentiality.nothing-changes", "The case is kept so already.");
    public static readonly Rule HeadsOnly = new("confidentiality.heads-only", "Only a head of the leading department or above asks for this.");
    public static readonly Rule SecondPerson = new("confidentiality.second-person", "Another person than the one who asked decides.");
    public static readonly Rule Promised = new("confidentiality.promised", "The complainant asked not to be known: the identity stays covered.");
    public static readonly Rule NamesMissing = new("confidentiality.names-missing", "A sealed case needs at least one person who may see it, of those who work here and have no part in it; at most 50.");
    public static readonly Rule NothingToReveal = new("reveal.nothing", "Nothing is covered here that may be shown to this person.");
    public static readonly Rule PurposeUnknown = new("reveal.purpose-unknown", "The purpose is none of contact, verify, duplicate, legal, audit.");
    public static readonly Rule InterestDeclared = new("interest.declared", "This person has declared an interest already.");
    public static readonly Rule NoRespondent = new("respondent.none", "No person is complained of.");
    public static readonly Rule PersonUnknown = new("respondent.person-unknown", "No such person works here.");
    public static readonly Rule RespondentTooLong = new("respondent.too-long", "A name has 1 to 100 characters.");
}

using System.Text;

namespace CaseManagement.Domain.Parties;

/// <summary>Somebody who works here, as far as rules about cases ask.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name colleagues know.</param>
/// <param name="Memberships">Roles with their departments.</param>
public sealed record StaffRecord(string Id, string Name, IReadOnlyList<Membership> Memberships)
{
    /// <summary>Other names, such as the one they sign in with.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Email { get; init; }

    /// <summary>The person as a candidate.</summary>
    public Performer AsPerformer() => new() { Actor = new Actor(ActorKind.Person, Id, Name), Memberships = Memberships };

    /// <summary>Whether the person is called so: by name or alias, however it was written.</summary>
    public bool IsCalled(string name) => Plain(name) is { Length: > 0 } plain && (Plain(Name) == plain || Plain(Id) == plain || Aliases.Any(a => Plain(a) == plain));

    // width, case and spaces do not make another name
    private static string Plain(string name) =>
        new([.. name.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c != '·')]);
}

/// <summary>Somebody led a department until a moment.</summary>
/// <param name="Department">Its key.</param>
/// <param name="Person">Who, by id.</param>
/// <param name="Until">When they ceased to.</param>
public sealed record PastHead(string Department, string Person, DateTimeOffset Until);

using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Oidc;

/// <summary>An identity provider people sign in with, section <c>Oidc:key</c>.</summary>
public sealed class OidcProvider
{
    /// <summary>Small letters, digits and hyphens; part of the address the provider sends people back to.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>What the button says.</summary>
    public string? Name { get; set; }

    /// <summary>The same in English; unset: as in Chinese.</summary>
    public string? NameEn { get; set; }

    /// <summary>The issuer, exactly as its tokens name it, such as <c>https://login.example.com/realm</c>.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>A file with the client's secret and nothing else; needed in Production.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What is asked for beside <c>openid</c>, parted by spaces.</summary>
    public string Scopes { get; set; } = "profile";

    /// <summary>The claim with the groups a person is in.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Groups may make administrators and give roles that open confidential cases.</summary>
    public bool GroupsGivePower { get; set; }

    /// <summary>Whoever the provider knows and nobody here is linked to becomes a person here, without roles but those of their groups.</summary>
    public bool CreatesPeople { get; set; }

    /// <summary>How ID tokens may be signed, parted by spaces.</summary>
    public string Algorithms { get; set; } = string.Join(' ', OidcProviders.Asymmetric);

    internal IReadOnlyList<string> SignedWith => Algorithms.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The button's words in a language.</summary>
    public string In(string language) => (language.StartsWith("en", StringComparison.Ordinal) ? NameEn ?? Name : Name) is { Length: > 0 } name ? name : Key;

    /// <summary>The secret as the file has it now; null where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal async Task<string?> SecretAsync(CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(ClientSecretFile) ? null : (await File.ReadAllTextAsync(ClientSecretFile, cancellationToken)).Trim();
}

/// <summary>The identity providers of the configuration; usually none or one.</summary>
public sealed partial class OidcProviders(IConfiguration configuration)
{
    public const string Section = "Oidc";

    /// <summary>Signatures whose key the provider alone has. A shared secret or none is no signature here.</summary>
    public static IReadOnlyList<string> Asymmetric { get; } =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Those that are named wholly; of others <c>check-config</c> tells.</summary>
    public IReadOnlyList<OidcProvider> All { get; } = [.. Read(configuration).Where(p => ProblemOf(p) is null)];

    public OidcProvider? Find(string key) => All.FirstOrDefault(p => p.Key == key);

    /// <summary>The providers as they are written.</summary>
    public static IEnumerable<OidcProvider> Read(IConfiguration configuration) => configuration.GetSection(Section).GetChildren().Select(section =>
    {
        var provider = section.Get<OidcProvider>() ?? new OidcProvider();
        provider.Key = section.Key;
        return provider;
    });

    /// <summary>Why a provider cannot be used: the setting that is wrong; null where it can.</summary>
    public static string? ProblemOf(OidcProvider provider) =>
        !KeyText().IsMatch(provider.Key) ? $"{Section}:{provider.Key}"
        : !Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http") || authority.Query.Length + authority.Fragment.Length > 0
            ? $"{Section}:{provider.Key}:{nameof(OidcProvider.Authority)}"
        : string.IsNullOrWhiteSpace(provider.ClientId) ? $"{Section}:{provider.Key}:{nameof(OidcProvider.ClientId)}"
        : provider.SignedWith.Count == 0 || provider.SignedWith.Except(Asymmetric).Any() ? $"{Section}:{provider.Key}:{nameof(OidcProvider.Algorithms)}"
        : null;

    [GeneratedRegex("^[a-z][a-z0-9-]{0,29}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();
}

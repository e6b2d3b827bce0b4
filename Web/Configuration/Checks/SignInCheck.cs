using CaseManagement.Web.Oidc;
using CaseManagement.Web.Persistence.Organisation;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>What can be said of identity providers, of the key-encryption key, and of who may do things alone.</summary>
internal static class SignInCheck
{
    public static IEnumerable<ConfigFinding> Of(IConfiguration configuration) => OidcProviders.Read(configuration).SelectMany(Provider).Concat(Keys(configuration)).Concat(Alone(configuration));

    private static IEnumerable<ConfigFinding> Provider(OidcProvider provider)
    {
        var setting = $"{OidcProviders.Section}:{provider.Key}";
        if (OidcProviders.ProblemOf(provider) is { } wrong)
        {
            yield return ConfigFinding.Refusal(
                wrong, "身份提供方没有写完整，或写错了，不会出现在登录页。", "The identity provider is not named wholly or wrongly; it would not stand on the sign-in page.",
                "每个提供方要有 Authority 和 ClientId；键用小写字母、数字、连字符；签名只用非对称算法。",
                "Each needs Authority and ClientId, a key of small letters, digits and hyphens, and asymmetric algorithms only.");
            yield break;
        }

        if (!provider.Authority!.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            yield return ConfigFinding.Refusal($"{setting}:{nameof(OidcProvider.Authority)}", "与身份提供方的通信不加密。", "The identity provider is spoken to in the clear.", "请用 https。", "Use https.");
        }

        if (string.IsNullOrWhiteSpace(provider.ClientSecretFile) || !File.Exists(provider.ClientSecretFile))
        {
            yield return ConfigFinding.Refusal(
                $"{setting}:{nameof(OidcProvider.ClientSecretFile)}", "没有客户端密钥文件，别的程序可以冒充本系统。", "There is no file with the client's secret, so that other programs could pass for this one.",
                "请把密钥放进只有本程序能读的文件，在这里写明路径。", "Put the secret into a file that this program alone can read, and name it here.");
        }
        else if (IsOpenToOthers(provider.ClientSecretFile))
        {
            yield return ConfigFinding.Refusal(
                $"{setting}:{nameof(OidcProvider.ClientSecretFile)}", $"这台机器上的其他用户能读 {provider.ClientSecretFile}。", $"Other users of this machine can read {provider.ClientSecretFile}.",
                $"请执行 chmod 600 {provider.ClientSecretFile}。", $"Run chmod 600 {provider.ClientSecretFile}.");
        }

        if (provider.GroupsGivePower)
        {
            yield return ConfigFinding.Warning(
                $"{setting}:{nameof(OidcProvider.GroupsGivePower)}", "管理身份提供方的人可以通过组成为本系统的管理员。", "Whoever runs the identity provider can become an administrator here by way of a group.",
                "不需要就去掉。", "Remove it where it is not needed.");
        }
    }

    private static IEnumerable<ConfigFinding> Keys(IConfiguration configuration)
    {
        if (configuration[KeyFile.Setting] is not { Length: > 0 } file)
        {
            yield return ConfigFinding.Refusal(
                KeyFile.Setting, "数据库里的密钥没有加密，拿到数据库的人能伪造会话、读出验证器密钥。", "The keys in the database lie in the clear: whoever has the database can forge sessions and read authenticators.",
                "请用 openssl rand -base64 32 生成一个文件，放在数据库之外，各节点相同。", "Make a file with openssl rand -base64 32, outside the database, the same on every node.");
        }
        else if (File.Exists(file) && IsOpenToOthers(file))
        {
            yield return ConfigFinding.Refusal(KeyFile.Setting, $"这台机器上的其他用户能读 {file}。", $"Other users of this machine can read {file}.", $"请执行 chmod 600 {file}。", $"Run chmod 600 {file}.");
        }
        else
        {
            var wrong = Problem(configuration);
            if (wrong is not null)
            {
                yield return ConfigFinding.Refusal(KeyFile.Setting, "文件不在，或里面不是密钥。", wrong, "请用 openssl rand -base64 32 生成。", "Make it with openssl rand -base64 32.");
            }
        }
    }

    private static IEnumerable<ConfigFinding> Alone(IConfiguration configuration)
    {
        if (configuration.GetValue<bool>($"{SecurityOptions.Section}:{nameof(SecurityOptions.KeysMayApprove)}"))
        {
            yield return ConfigFinding.Warning(
                $"{SecurityOptions.Section}:{nameof(SecurityOptions.KeysMayApprove)}", "接口密钥可以代人审批、签字。", "Keys may decide approvals and sign, in nobody's own session.", "请去掉这项设置。", "Remove the setting.");
        }
    }

    private static string? Problem(IConfiguration configuration)
    {
        try
        {
            _ = new KeyFile(configuration);
            return null;
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }
    }

    private static bool IsOpenToOthers(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
}

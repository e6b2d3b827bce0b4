using System.Net;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>What can be said of the configuration without a database, as Production judges it.</summary>
public static class SettingsCheck
{
    /// <summary>Characters of the first administrator's key at least.</summary>
    private const int ShortestKey = 32;

    private static readonly string[] KnownSamples = ["test-bootstrap-key", "changeme", "change-me", "secret", "password", "example", "0123456789"];

    /// <summary>Everything that is not as it should be, what refuses first.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="contentRoot">Relative paths start there.</param>
    public static IReadOnlyList<ConfigFinding> Of(IConfiguration configuration, string contentRoot) =>
        [.. All(configuration, contentRoot).OrderByDescending(f => f.Refuses)];

    private static IEnumerable<ConfigFinding> All(IConfiguration configuration, string contentRoot)
    {
        if (configuration.GetValue<bool>("Clock:Simulated"))
        {
            yield return ConfigFinding.Refusal("Clock:Simulated", "时间不走，时限就停了。", "Time would stand still, and deadlines with it.", "请去掉这项设置。", "Remove the setting.");
        }

        foreach (var demo in ((string[])["Demo:People", "Demo:Cases"]).Where(name => configuration.GetValue<bool>(name)))
        {
            yield return ConfigFinding.Refusal(demo, "演示数据会混进真实数据。", "Invented people and cases would stand among real ones.", "请去掉这项设置。", "Remove the setting.");
        }

        if (string.IsNullOrWhiteSpace(configuration["Files:Scanner"]))
        {
            yield return ConfigFinding.Warning(
                "Files:Scanner", "收到的文件不查毒就能打开。", "Files that come in are opened unscanned.", "请写明查毒程序。", "Name a program that scans them.");
        }

        if (string.IsNullOrWhiteSpace(configuration["Audit:AnchorFile"]) && string.IsNullOrWhiteSpace(configuration["Audit:Syslog"]) && !configuration.GetValue<bool>($"{MailOptions.Section}:{nameof(MailOptions.Enabled)}"))
        {
            yield return ConfigFinding.Warning(
                "Audit:AnchorFile", "审计锚点不离开本系统，掌握数据库的人可以改写历史。", "Anchors of the audit leave for no place outside: whoever has the database could rewrite what happened.",
                "请设置 Audit:AnchorFile 或 Audit:Syslog，或启用邮件。", "Set Audit:AnchorFile or Audit:Syslog, or enable mail.");
        }

        foreach (var finding in Key(configuration).Concat(Reach(configuration)).Concat(Database(configuration, contentRoot)).Concat(Outside(configuration)).Concat(SignInCheck.Of(configuration)))
        {
            yield return finding;
        }

        if (configuration.GetValue<DutySeparation?>($"{SecurityOptions.Section}:{nameof(SecurityOptions.SeparationOfDuties)}") == DutySeparation.Warn)
        {
            yield return ConfigFinding.Warning(
                "Security:SeparationOfDuties", "流程的作者可以自己发布，包括新的权限；申请人可以自己审批。", "Whoever wrote a process may publish it, new powers too; whoever asks for an approval may give it.",
                "人手够就设为 Enforce。", "Set it to Enforce where there are enough people.");
        }

        if (!OperatingSystem.IsWindows() && Environment.UserName == "root")
        {
            yield return ConfigFinding.Warning("root", "程序以 root 运行，出了漏洞就是整台机器。", "The product runs as root; a flaw in it would be the whole machine.", "请换一个没有特权的用户运行。", "Run it as a user without privileges.");
        }
    }

    private static IEnumerable<ConfigFinding> Key(IConfiguration configuration)
    {
        if (configuration[ApiKeys.BootstrapSetting] is not { Length: > 0 } key)
        {
            yield break;
        }

        if (key.Length < ShortestKey || KnownSamples.Any(sample => key.Contains(sample, StringComparison.OrdinalIgnoreCase)) || key.Distinct().Count() < 10)
        {
            yield return ConfigFinding.Refusal(
                ApiKeys.BootstrapSetting, "这个密钥能做一切，却太短或人人都知道。", "This key may do everything, and it is short or everybody knows it.",
                $"请换成至少 {ShortestKey} 个随机字符，或去掉。", $"Use at least {ShortestKey} random characters, or remove it.");
        }
        else
        {
            yield return ConfigFinding.Warning(
                ApiKeys.BootstrapSetting, "这个密钥能做一切，又没有期限。", "This key may do everything and never ends.",
                "在“接口密钥”页建好有限的密钥后请去掉。", "Remove it once there are keys with bounds (page API keys).");
        }
    }

    private static IEnumerable<ConfigFinding> Reach(IConfiguration configuration)
    {
        var addresses = (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>()).ToList();
        var open = addresses.Find(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsHere(HostOf(address)));
        if (open is not null && KnownProxies.Of(configuration).Count == 0)
        {
            yield return ConfigFinding.Refusal(
                "Urls", $"{open} 不加密地对外，密码和案件会在网络上裸奔。", $"{open} is open to the network without TLS: passwords and cases would cross it in the clear.",
                "请用 https；前面有代理时只监听本机，或在 Proxy:Known 写明代理地址。", "Use https; behind a proxy listen on this machine alone, or name the proxy in Proxy:Known.");
        }

        foreach (var wrong in configuration.GetSection(KnownProxies.Setting).Get<string[]>()?.Where(text => Networks.Read(text) is null) ?? [])
        {
            yield return ConfigFinding.Refusal(KnownProxies.Setting, $"“{wrong}”不是地址或网络。", $"“{wrong}” is no address or network.", "如 10.0.0.5 或 10.0.0.0/24。", "Such as 10.0.0.5 or 10.0.0.0/24.");
        }

        if (configuration["AllowedHosts"] is null or "" or "*")
        {
            yield return ConfigFinding.Refusal(
                "AllowedHosts", "任何主机名都接受，链接可能被伪造成别的网站。", "Any host name is taken, so links could be made to lead to another site.",
                "请写明对外的主机名，多个用分号分开。", "Name the hosts the product is reached by, parted by semicolons.");
        }
    }

    private static IEnumerable<ConfigFinding> Database(IConfiguration configuration, string contentRoot)
    {
        var storage = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var connection = configuration.GetConnectionString("Default");
        var openServer = storage.Provider switch
        {
            StorageOptions.PostgreSql when connection is not null => new NpgsqlConnectionStringBuilder(connection) is var to
                && to.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer && to.Host is { } host && !host.StartsWith('/') && !IsHere(host) ? host : null,
            StorageOptions.SqlServer when connection is not null => new SqlConnectionStringBuilder(connection) is var to
                && to.Encrypt == SqlConnectionEncryptOption.Optional && !IsHere(to.DataSource.Split(',', '\\')[0]) ? to.DataSource : null,
            _ => null,
        };
        if (openServer is not null)
        {
            yield return ConfigFinding.Refusal(
                "ConnectionStrings:Default", $"到 {openServer} 的数据库连接可以不加密。", $"The connection to the database at {openServer} may go in the clear.",
                "PostgreSQL 请加 SSL Mode=VerifyFull，SQL Server 请加 Encrypt=True。", "Add SSL Mode=VerifyFull (PostgreSQL) or Encrypt=True (SQL Server).");
        }

        var folders = new[] { Path.Combine(contentRoot, storage.DataFolder), storage.Provider == StorageOptions.Sqlite && connection is not null ? Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource, contentRoot)) : null };
        foreach (var folder in folders.OfType<string>().Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Where(IsOpenToOthers))
        {
            yield return ConfigFinding.Refusal(
                "Storage:DataFolder", $"这台机器上的其他用户能读 {folder}。", $"Other users of this machine can read {folder}.", $"请执行 chmod 700 {folder}。", $"Run chmod 700 {folder}.");
        }
    }

    private static IEnumerable<ConfigFinding> Outside(IConfiguration configuration)
    {
        if (configuration.GetValue<bool>($"{MailOptions.Section}:{nameof(MailOptions.Enabled)}")
            && configuration[$"{MailOptions.Section}:{nameof(MailOptions.PublicUrl)}"] is { Length: > 0 } url && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsHere(HostOf(url)))
        {
            yield return ConfigFinding.Refusal("Mail:PublicUrl", "邮件里的链接不加密。", "Links in mails would be opened in the clear.", "请用 https 地址。", "Use an https address.");
        }

        if (configuration.GetValue<bool>($"{MailOptions.Section}:{nameof(MailOptions.Enabled)}") && string.IsNullOrWhiteSpace(configuration[$"{MailOptions.Section}:{nameof(MailOptions.PublicUrl)}"]))
        {
            yield return ConfigFinding.Refusal(
                "Mail:PublicUrl", "邮件里不知道链接指向哪里，忘记密码的人收不到链接。", "Mails do not know where their links lead; whoever has forgotten a password gets none.",
                "请写明对外的 https 地址。", "Say the https address people reach the product at.");
        }

        if (configuration.GetSection($"{OutgoingHttpOptions.Section}:{nameof(OutgoingHttpOptions.AllowedNetworks)}").GetChildren().Any())
        {
            yield return ConfigFinding.Warning(
                "OutgoingHttp:AllowedNetworks", "流程可以向内网发请求。", "Processes may send requests inside the organisation.", "请只留需要的网络。", "Keep only the networks that are needed.");
        }
    }

    private static bool IsOpenToOthers(string folder) => !OperatingSystem.IsWindows() && Directory.Exists(folder)
        && (File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) != 0;

    private static string HostOf(string address) =>
        Uri.TryCreate(address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) ? uri.Host.Trim('[', ']') : "";

    private static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "." or "(local)" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit;

namespace CaseManagement.Web.Delivery;

/// <summary>Lets a mail server be known by an authority of the organisation's own; its name must still be right.</summary>
internal static class TrustedCertificates
{
    /// <param name="client">Not connected yet.</param>
    /// <param name="file">PEM of one authority, or of several.</param>
    public static void Use(MailService client, string file)
    {
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, sent, errors) =>
        {
            if (errors == SslPolicyErrors.None)
            {
                return true;
            }

            if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is null)
            {
                return false;
            }

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
            foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }

            using var shown = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
            return chain.Build(shown);
        };
    }
}

using System.Security.Cryptography.X509Certificates;

namespace Netes.Host.Joining;

/// <summary>A node's certificates; replaced as a whole when they are renewed.</summary>
/// <param name="Client">Shows the node to the API server: <c>system:node:NAME</c>.</param>
/// <param name="Server">Shows the node to the API server when that calls the node.</param>
/// <param name="AuthorityPem">The cluster's authority.</param>
public sealed record NodeCredentials(X509Certificate2 Client, X509Certificate2 Server, string AuthorityPem)
{
    public X509Certificate2Collection Authorities
    {
        get
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(AuthorityPem);
            return authorities;
        }
    }
}

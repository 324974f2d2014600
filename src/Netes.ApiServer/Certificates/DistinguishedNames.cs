using System.Security.Cryptography.X509Certificates;

namespace Netes.ApiServer.Certificates;

/// <summary>Writes subjects: organizations, then the common name.</summary>
internal static class DistinguishedNames
{
    public static X500DistinguishedName Write(string commonName, IEnumerable<string> organizations)
    {
        var builder = new X500DistinguishedNameBuilder();
        foreach (var organization in organizations)
        {
            builder.AddOrganizationName(organization);
        }

        builder.AddCommonName(commonName);
        return builder.Build();
    }
}

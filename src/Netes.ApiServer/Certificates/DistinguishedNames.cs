using System.Security.Cryptography.X509Certificates;

namespace Netes.ApiServer.Certificates;

/// <summary>Writes subjects: organizations, then the common name.</summary>
internal static class DistinguishedNames
{
    public static X500DistinguishedName Write(string commonName, IEnumerable<string> organizations)
    {
        // The builder encodes what was added last first.
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        foreach (var organization in organizations.Reverse())
        {
            builder.AddOrganizationName(organization);
        }

        return builder.Build();
    }
}

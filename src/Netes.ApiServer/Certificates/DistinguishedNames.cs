using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;

namespace Netes.ApiServer.Certificates;

/// <summary>Reads user and groups out of a subject. Go puts several organizations into one set, .NET's own reader stops there.</summary>
internal static class DistinguishedNames
{
    private const string CommonNameId = "2.5.4.3";
    private const string OrganizationId = "2.5.4.10";

    /// <summary>The last common name (as Go's pkix.Name has it) and every organization, in order.</summary>
    public static (string CommonName, ValueList<string> Organizations) Read(X500DistinguishedName subject)
    {
        var commonName = "";
        var organizations = new List<string>();
        var names = new AsnReader(subject.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            var set = names.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                var id = attribute.ReadObjectIdentifier();
                if (id is not (CommonNameId or OrganizationId))
                {
                    continue;
                }

                var text = ReadText(attribute);
                if (id == CommonNameId)
                {
                    commonName = text;
                }
                else
                {
                    organizations.Add(text);
                }
            }
        }

        return (commonName, organizations.ToValueList());
    }

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

    private static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        return tag.TagClass == TagClass.Universal && tag.TagValue is
            (int)UniversalTagNumber.UTF8String or (int)UniversalTagNumber.PrintableString
            or (int)UniversalTagNumber.IA5String or (int)UniversalTagNumber.T61String or (int)UniversalTagNumber.BMPString
            ? reader.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : throw new AsnContentException("a name that is not text");
    }
}

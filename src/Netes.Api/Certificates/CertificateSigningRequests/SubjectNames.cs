using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Api.Certificates;

/// <summary>
/// Reads user and groups out of a certificate's subject. Go puts several organizations into one set; .NET's own reader
/// stops there.
/// </summary>
public static class SubjectNames
{
    private const string CommonNameId = "2.5.4.3";
    private const string OrganizationId = "2.5.4.10";

    /// <summary>
    /// The last common name, as Go's pkix.Name has it, and every organization in order. Throws
    /// <see cref="AsnContentException"/> when the name is damaged.
    /// </summary>
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
                if (id == CommonNameId)
                {
                    commonName = ReadText(attribute);
                }
                else if (id == OrganizationId)
                {
                    organizations.Add(ReadText(attribute));
                }
            }
        }

        return (commonName, organizations.ToValueList());
    }

    private static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is
            UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.T61String or UniversalTagNumber.BMPString
            ? reader.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : throw new AsnContentException("a name that is not text");
    }
}

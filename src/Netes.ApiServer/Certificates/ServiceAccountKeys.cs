using System.Buffers.Text;
using System.Security.Cryptography;

namespace Netes.ApiServer.Certificates;

/// <summary>
/// The key that signs service account tokens, and every key that still verifies them. Safe for several threads.
/// Source: pkg/serviceaccount/jwt.go, keyIDFromPublicKey.
/// </summary>
public sealed class ServiceAccountKeys : IDisposable
{
    private readonly ECDsa _signing;

    private ServiceAccountKeys(ECDsa signing, IReadOnlyList<VerificationKey> verifying)
    {
        _signing = signing;
        Verifying = verifying;
    }

    public string SigningKeyId => Verifying[0].Id;

    /// <summary>The signing key's public half first, then those of earlier keys.</summary>
    public IReadOnlyList<VerificationKey> Verifying { get; }

    /// <summary>
    /// Loads or makes the signing key (P-256). <paramref name="publicFile"/> holds its public half and, after a
    /// rotation, earlier ones: each PEM block in it verifies.
    /// </summary>
    public static ServiceAccountKeys Ensure(string privateFile, string publicFile)
    {
        var text = SecretFiles.ReadIfThere(privateFile);
        var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (text is null)
        {
            SecretFiles.Write(privateFile, signing.ExportPkcs8PrivateKeyPem() + "\n");
        }
        else
        {
            signing.ImportFromPem(text);
        }

        var own = signing.ExportSubjectPublicKeyInfoPem() + "\n";
        var publicText = SecretFiles.ReadIfThere(publicFile);
        if (publicText is null)
        {
            SecretFiles.Write(publicFile, own);
        }

        return new ServiceAccountKeys(signing, ReadPublic(own + publicText));
    }

    /// <summary>Keys that live in memory only.</summary>
    public static ServiceAccountKeys CreateTemporary()
    {
        var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new ServiceAccountKeys(signing, ReadPublic(signing.ExportSubjectPublicKeyInfoPem()));
    }

    /// <summary>An ES256 signature: r and s, 32 bytes each (RFC 7518 section 3.4).</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_signing)
        {
            return _signing.SignData(data, HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose()
    {
        _signing.Dispose();
        foreach (var key in Verifying)
        {
            key.Dispose();
        }
    }

    private static List<VerificationKey> ReadPublic(string text)
    {
        var keys = new List<VerificationKey>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual("PUBLIC KEY"))
            {
                var key = new VerificationKey(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
                if (keys.TrueForAll(other => other.Id != key.Id))
                {
                    keys.Add(key);
                }
            }

            rest = rest[fields.Location.End..];
        }

        return keys;
    }
}

/// <summary>A public key that verifies tokens.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create();

    internal VerificationKey(byte[] subjectPublicKeyInfo)
    {
        _key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        Id = Base64Url.EncodeToString(SHA256.HashData(subjectPublicKeyInfo));
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        X = Base64Url.EncodeToString(point.X);
        Y = Base64Url.EncodeToString(point.Y);
    }

    /// <summary>The <c>kid</c>: base64url of the SHA-256 of the key's DER form.</summary>
    public string Id { get; }

    /// <summary>The point's coordinates as a JWK has them.</summary>
    public string X { get; }

    public string Y { get; }

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_key)
        {
            return _key.VerifyData(
                data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();
}

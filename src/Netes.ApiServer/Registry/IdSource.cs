using System.Security.Cryptography;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Where uids and the endings of generated names come from. <paramref name="fill"/> fills bytes at random; it may be
/// called from any thread.
/// </summary>
public sealed class IdSource(Action<byte[]> fill)
{
    // No vowels, so that no words form; no 0, 1 and 3, which look like letters.
    // Source: apimachinery pkg/util/rand/rand.go.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>From the system's cryptographic generator.</summary>
    public static IdSource System { get; } = new(static bytes => RandomNumberGenerator.Fill(bytes));

    /// <summary>A version 4 UUID.</summary>
    public string NewUid()
    {
        var bytes = new byte[16];
        fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Five letters.</summary>
    public string NewSuffix()
    {
        var bytes = new byte[5];
        fill(bytes);
        return string.Concat(bytes.Select(static value => Alphabet[value % Alphabet.Length]));
    }

    /// <summary>
    /// The prefix, cut where needed, and five letters. Source: apiserver pkg/storage/names/generate.go.
    /// </summary>
    public string NewName(string prefix)
    {
        const int maxPrefix = 63 - 5;
        return string.Concat(prefix.Length > maxPrefix ? prefix.AsSpan(0, maxPrefix) : prefix, NewSuffix());
    }
}

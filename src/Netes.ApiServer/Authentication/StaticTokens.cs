using System.Security.Cryptography;
using System.Text;
using Netes.Api;

namespace Netes.ApiServer.Authentication;

/// <summary>A token that never ends. <see cref="ToString"/> does not show it.</summary>
public sealed record StaticToken(string Token, UserIdentity User)
{
    public override string ToString() => $"static token of {User.Name}";
}

/// <summary>Kubernetes' token file. Source: apiserver pkg/authentication/token/tokenfile/tokenfile.go.</summary>
public static class StaticTokenFile
{
    /// <summary>
    /// Lines of <c>token,user,uid,"group1,group2"</c>; empty lines and lines that begin with # are skipped. Throws
    /// <see cref="InvalidDataException"/>, which names the line and never the token.
    /// </summary>
    public static ValueList<StaticToken> Parse(string text)
    {
        var tokens = new List<StaticToken>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            var columns = trimmed.Split(',', 4);
            if (columns.Length < 3 || columns[0].Length == 0 || columns[1].Length == 0)
            {
                throw new InvalidDataException($"line {number}: token, user name and uid are required");
            }

            var groups = columns.Length == 4
                ? columns[3].Trim().Trim('"').Split(
                    ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [];
            tokens.Add(new StaticToken(columns[0].Trim(), new UserIdentity
            {
                Name = columns[1].Trim(),
                Uid = columns[2].Trim(),
                Groups = groups.ToValueList(),
            }));
        }

        return tokens.ToValueList();
    }
}

/// <summary>
/// Compares hashes in constant time with every known token, so that no answer is quicker for being nearly right.
/// </summary>
internal sealed class StaticTokenAuthenticator(ValueList<StaticToken> tokens)
{
    private readonly (byte[] Hash, UserIdentity User)[] _tokens =
        [.. tokens.Select(static token => (Hash(token.Token), token.User))];

    public UserIdentity? Authenticate(string token)
    {
        if (_tokens.Length == 0)
        {
            return null;
        }

        var hash = Hash(token);
        UserIdentity? found = null;
        foreach (var known in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(known.Hash, hash))
            {
                found = known.User;
            }
        }

        return found;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

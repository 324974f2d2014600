using System.Text.RegularExpressions;

namespace Netes.Host.Joining;

/// <summary>
/// What lets a machine join: a bootstrap token (<c>abcdef.0123456789abcdef</c>), and, so that the machine can tell the
/// real server from another, the SHA-256 of the cluster's authority behind a second dot.
/// Source of the first part: KEP-130, pkg/bootstrap token format.
/// </summary>
public sealed partial record JoinToken(string Id, string Secret, string AuthorityHash)
{
    /// <summary>What is sent as bearer token.</summary>
    public string Bearer => $"{Id}.{Secret}";

    public static bool TryParse(string text, out JoinToken token)
    {
        var match = Form().Match(text.Trim());
        token = new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return match.Success;
    }

    /// <summary>The whole token; it is a secret, so it is never part of a log message.</summary>
    public override string ToString() => AuthorityHash.Length == 0 ? Bearer : $"{Bearer}.{AuthorityHash}";

    [GeneratedRegex("^([a-z0-9]{6})\\.([a-z0-9]{16})(?:\\.([0-9a-f]{64}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

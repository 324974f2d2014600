using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Tokens with which new nodes ask for their first certificate: Secrets of kube-system.
/// Source: plugin/pkg/auth/authenticator/token/bootstrap/bootstrap.go; cluster-bootstrap/token/util.
/// </summary>
internal sealed partial class BootstrapTokenAuthenticator(IObjectReader objects, TimeProvider time)
{
    public static bool LooksLikeOne(string token) => TokenPattern.IsMatch(token);

    public async ValueTask<AuthenticationResult> AuthenticateAsync(string token, CancellationToken cancel)
    {
        var (id, secretPart) = (token[..6], token[7..]);
        var secret = objects.Get<Secret>("kube-system", $"bootstrap-token-{id}");
        if (secret is null)
        {
            // It may have been written a moment ago.
            await objects.CatchUpAsync(cancel);
            secret = objects.Get<Secret>("kube-system", $"bootstrap-token-{id}");
        }

        var expected = secret?.Data.Get("token-secret") ?? default;
        var same = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(expected.Span), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secretPart)));
        return same && secret is not null && IsGood(secret, id) && ReadGroups(secret) is { } groups
            ? new AuthenticationResult.Authenticated(new UserIdentity
            {
                Name = $"system:bootstrap:{id}",
                Groups = groups,
            })
            : new AuthenticationResult.Rejected("invalid bearer token");
    }

    private bool IsGood(Secret secret, string id) =>
        secret.Metadata.DeletionTimestamp is null
        && secret.Type == SecretType.BootstrapKubernetesIoToken
        && Text(secret, "token-id") == id
        && Text(secret, "usage-bootstrap-authentication") == "true"
        && !HasExpired(secret);

    private bool HasExpired(Secret secret)
    {
        var text = Text(secret, "expiration");
        // An end that cannot be read is an end that has come.
        return text.Length > 0
            && (!Timestamp.TryParse(text, out var end) || end.ToDateTimeOffset() <= time.GetUtcNow());
    }

    /// <summary>Null when a group is not one that a bootstrap token may give.</summary>
    private static ValueList<string>? ReadGroups(Secret secret)
    {
        var groups = new SortedSet<string>(StringComparer.Ordinal) { KnownGroups.Bootstrappers };
        foreach (var group in Text(secret, "auth-extra-groups").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!GroupPattern.IsMatch(group))
            {
                return null;
            }

            groups.Add(group);
        }

        return groups.ToValueList();
    }

    private static string Text(Secret secret, string key) => secret.Data.Get(key).ToUtf8();

    [GeneratedRegex(@"\A[a-z0-9]{6}\.[a-z0-9]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern { get; }

    [GeneratedRegex(@"\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupPattern { get; }
}

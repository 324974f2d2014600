using Netes.Api;
using Netes.ApiServer.Authorization;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Acting as somebody else: <c>Impersonate-*</c> headers. Each user, group, uid and extra value is authorized by
/// itself. Source: apiserver pkg/endpoints/filters/impersonation.go.
/// </summary>
public static class Impersonation
{
    private const string Prefix = "Impersonate-";
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string AuthenticationGroup = "authentication.k8s.io";

    /// <summary>True for a header that must not go further than here.</summary>
    public static bool IsImpersonationHeader(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Who the request is made as: <paramref name="user"/> itself without such headers. Throws <see
    /// cref="ApiException"/>: Forbidden, or BadRequest when there is a group, uid or extra but no user.
    /// </summary>
    public static async ValueTask<UserIdentity> ApplyAsync(
        UserIdentity user,
        IEnumerable<KeyValuePair<string, string>> headers,
        IAuthorizer authorizer,
        CancellationToken cancel)
    {
        if (Read(headers) is not { } asked)
        {
            return user;
        }

        foreach (var attributes in Requirements(user, asked))
        {
            var decision = await authorizer.AuthorizeAsync(attributes, cancel);
            if (!decision.IsAllowed)
            {
                throw ForbiddenErrors.Create(attributes, decision.Reason);
            }
        }

        return Complete(asked);
    }

    private static UserIdentity? Read(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var (name, uid) = ("", "");
        var groups = new List<string>();
        var extra = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var any = false;
        foreach (var (header, value) in headers)
        {
            if (!IsImpersonationHeader(header))
            {
                continue;
            }

            any = true;
            if (header.Equals("Impersonate-User", StringComparison.OrdinalIgnoreCase))
            {
                name = value;
            }
            else if (header.Equals("Impersonate-Uid", StringComparison.OrdinalIgnoreCase))
            {
                uid = value;
            }
            else if (header.Equals("Impersonate-Group", StringComparison.OrdinalIgnoreCase))
            {
                groups.Add(value);
            }
            else if (header.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant());
                (extra.TryGetValue(key, out var values) ? values : extra[key] = []).Add(value);
            }
            else
            {
                throw ApiErrors.BadRequest($"unknown impersonation header {FieldError.Quote(header)}");
            }
        }

        if (!any)
        {
            return null;
        }

        return name.Length == 0
            ? throw ApiErrors.BadRequest("requested impersonation without impersonating a user")
            : new UserIdentity
            {
                Name = name,
                Uid = uid,
                Groups = groups.ToValueList(),
                Extra = extra.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.ToValueList()))
                    .ToValueMap(),
            };
    }

    private static IEnumerable<AuthorizationAttributes> Requirements(UserIdentity user, UserIdentity asked)
    {
        AuthorizationAttributes On(string group, string resource, string name) => new()
        {
            User = user,
            Verb = "impersonate",
            Group = group,
            Version = "v1",
            Resource = resource,
            Name = name,
        };

        yield return SplitServiceAccount(asked.Name) is { } account
            ? On("", "serviceaccounts", account.Name) with { Namespace = account.Namespace }
            : On("", "users", asked.Name);
        foreach (var group in asked.Groups.ToArray())
        {
            yield return On("", "groups", group);
        }

        if (asked.Uid.Length > 0)
        {
            yield return On(AuthenticationGroup, "uids", asked.Uid);
        }

        foreach (var (key, values) in asked.Extra.ToArray())
        {
            foreach (var value in values.ToArray())
            {
                yield return On(AuthenticationGroup, "userextras", value) with { Subresource = key };
            }
        }
    }

    /// <summary>An account comes with its groups, and everybody but anonymous is authenticated.</summary>
    private static UserIdentity Complete(UserIdentity asked)
    {
        if (asked.Groups.IsEmpty && SplitServiceAccount(asked.Name) is { } account)
        {
            asked = asked with
            {
                Groups = [KnownGroups.ServiceAccounts, $"{KnownGroups.ServiceAccounts}:{account.Namespace}"],
            };
        }

        if (asked.Name == UserIdentity.Anonymous.Name)
        {
            return asked.IsIn(KnownGroups.Unauthenticated)
                ? asked
                : asked with { Groups = asked.Groups.Add(KnownGroups.Unauthenticated) };
        }

        return RequestAuthenticator.WithAuthenticatedGroup(asked);
    }

    /// <summary>Namespace and name of <c>system:serviceaccount:NAMESPACE:NAME</c>.</summary>
    internal static (string Namespace, string Name)? SplitServiceAccount(string userName)
    {
        const string prefix = "system:serviceaccount:";
        if (!userName.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = userName[prefix.Length..].Split(':');
        return parts is [{ Length: > 0 }, { Length: > 0 }] ? (parts[0], parts[1]) : null;
    }
}

using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Answers <c>serviceaccounts/token</c>. Source: pkg/registry/core/serviceaccount/storage/token.go;
/// pkg/apis/authentication/validation/validation.go.
/// </summary>
public sealed class ServiceAccountTokenIssuer(
    AuthenticationOptions options, ServiceAccountKeys keys, IObjectReader objects, TimeProvider time)
{
    private const long MinSeconds = 10 * 60;
    private const long MaxSeconds = 1L << 32;

    /// <summary>
    /// A token for the account, bound as asked for. Throws <see cref="ApiException"/>: NotFound, Invalid, BadRequest,
    /// Conflict.
    /// </summary>
    public async ValueTask<TokenRequest> CreateAsync(
        string namespaceName, string accountName, TokenRequest request, CancellationToken cancel)
    {
        var account = await FindAsync<ServiceAccount>("serviceaccounts", namespaceName, accountName, cancel);
        var seconds = request.Spec.ExpirationSeconds ?? 3600;
        Validate(request.Spec, seconds);
        seconds = Math.Min(seconds, (long)options.MaximumTokenLifetime.TotalSeconds);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var audiences = request.Spec.Audiences.IsEmpty ? options.OwnAudiences : request.Spec.Audiences;
        var claims = new ServiceAccountClaims
        {
            Issuer = options.Issuer,
            Audiences = audiences,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + seconds,
            Id = Guid.NewGuid().ToString(),
            Namespace = namespaceName,
            ServiceAccount = new BoundObject(accountName, account.Metadata.Uid),
        };
        claims = await BindAsync(claims, request.Spec.BoundObjectRef, cancel);
        return request with
        {
            Metadata = new ObjectMeta
            {
                Name = accountName,
                Namespace = namespaceName,
                CreationTimestamp = new Timestamp(now),
            },
            Spec = request.Spec with { Audiences = audiences, ExpirationSeconds = seconds },
            Status = new TokenRequestStatus
            {
                Token = JsonWebToken.Sign(keys, claims.Write()),
                ExpirationTimestamp = new Timestamp(claims.Expires),
            },
        };
    }

    private static void Validate(TokenRequestSpec spec, long seconds)
    {
        var path = FieldPath.Of("spec").Child("expirationSeconds");
        var error = seconds < MinSeconds
            ? FieldError.Invalid(path, seconds, "may not specify a duration less than 10 minutes")
            : seconds > MaxSeconds
                ? FieldError.Invalid(path, seconds, "may not specify a duration larger than 2^32 seconds")
                : null;
        if (error is not null)
        {
            throw ApiErrors.Invalid("authentication.k8s.io", "TokenRequest", "", [error]);
        }
    }

    private async ValueTask<ServiceAccountClaims> BindAsync(
        ServiceAccountClaims claims, BoundObjectReference? reference, CancellationToken cancel)
    {
        switch (reference)
        {
            case null:
                return claims;
            case { Kind: "Pod", ApiVersion: "v1" }:
                return await BindPodAsync(claims, reference, cancel);
            case { Kind: "Secret", ApiVersion: "v1" }:
                var secret = await FindAsync<Secret>("secrets", claims.Namespace, reference.Name, cancel);
                CheckUid(reference, secret.Metadata.Uid);
                return claims with { Secret = new BoundObject(reference.Name, secret.Metadata.Uid) };
            case { Kind: "Node", ApiVersion: "v1" }:
                var node = await FindAsync<Node>("nodes", "", reference.Name, cancel);
                CheckUid(reference, node.Metadata.Uid);
                return claims with { Node = new BoundObject(reference.Name, node.Metadata.Uid) };
            default:
                var slash = reference.ApiVersion.IndexOf('/');
                var (group, version) = slash < 0
                    ? ("", reference.ApiVersion)
                    : (reference.ApiVersion[..slash], reference.ApiVersion[(slash + 1)..]);
                throw ApiErrors.BadRequest(
                    $"cannot bind token to object of type {group}/{version}, Kind={reference.Kind}");
        }
    }

    private async ValueTask<ServiceAccountClaims> BindPodAsync(
        ServiceAccountClaims claims, BoundObjectReference reference, CancellationToken cancel)
    {
        var pod = await FindAsync<Pod>("pods", claims.Namespace, reference.Name, cancel);
        if (pod.Spec.ServiceAccountName != claims.ServiceAccount.Name)
        {
            throw ApiErrors.BadRequest(
                $"cannot bind token for serviceaccount {FieldError.Quote(claims.ServiceAccount.Name)} to pod running "
                + "with different serviceaccount name.");
        }

        CheckUid(reference, pod.Metadata.Uid);
        claims = claims with { Pod = new BoundObject(reference.Name, pod.Metadata.Uid) };
        if (pod.Spec.NodeName.Length == 0)
        {
            return claims;
        }

        var uid = objects.Get<Node>("", pod.Spec.NodeName)?.Metadata.Uid ?? "";
        return claims with { Node = new BoundObject(pod.Spec.NodeName, uid) };
    }

    private static void CheckUid(BoundObjectReference reference, string uid)
    {
        if (reference.Uid.Length > 0 && reference.Uid != uid)
        {
            throw ApiErrors.Conflict("", reference.Kind, reference.Name,
                $"the UID in the bound object reference ({reference.Uid}) does not match the UID in record. "
                + "The object might have been deleted and then recreated");
        }
    }

    private async ValueTask<T> FindAsync<T>(
        string resource, string namespaceName, string name, CancellationToken cancel)
        where T : class, IResource<T> =>
        objects.Get<T>(namespaceName, name)
        ?? await objects.GetLatestAsync<T>(namespaceName, name, cancel)
        ?? throw ApiErrors.NotFound("", resource, name);
}

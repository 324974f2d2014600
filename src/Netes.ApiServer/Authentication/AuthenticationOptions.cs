using Netes.Api;
using Netes.Api.Telemetry;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>How users show who they are. Source: pkg/kubeapiserver/options/authentication.go.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>Signs users' and nodes' client certificates. Null: no client certificates.</summary>
    public CertificateAuthority? ClientAuthority { get; init; }

    /// <summary>Signs and verifies service account tokens. Null: no such tokens.</summary>
    public ServiceAccountKeys? ServiceAccountKeys { get; init; }

    /// <summary>The <c>iss</c> of tokens. Default <c>https://kubernetes.default.svc.cluster.local</c>.</summary>
    public string Issuer { get; init; } = "https://kubernetes.default.svc.cluster.local";

    /// <summary>Who tokens for this server are meant for. Empty: the issuer.</summary>
    public ValueList<string> Audiences { get; init; }

    /// <summary>The longest life of a token that is asked for. Default 24 hours.</summary>
    public TimeSpan MaximumTokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Tokens that never end, e.g. of an administrator; see <see cref="StaticTokenFile"/>.</summary>
    public ValueList<StaticToken> StaticTokens { get; init; }

    /// <summary>What anonymous users may ask for; everything else without a credential is 401.</summary>
    public ValueList<string> AnonymousPaths { get; init; } =
    [
        "/healthz", "/livez", "/readyz", "/version", "/cacerts",
        "/api/v1/namespaces/kube-public/configmaps/cluster-info",
    ];

    /// <summary>Where uses of service account tokens are counted.</summary>
    public MetricRegistry Metrics { get; init; } = new();

    internal ValueList<string> OwnAudiences => Audiences.IsEmpty ? [Issuer] : Audiences;
}

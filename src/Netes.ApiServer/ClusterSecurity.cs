using Netes.Api;
using Netes.Api.Telemetry;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Bootstrap;
using Netes.ApiServer.Authorization.Nodes;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer;

/// <summary>How the API server knows, allows and admits.</summary>
public sealed record SecurityOptions
{
    public AuthenticationOptions Authentication { get; init; } = new();

    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>Which features are on: some have roles of their own.</summary>
    public FeatureGates Features { get; init; } = FeatureGates.Default;
}

/// <summary>
/// Authentication, authorization and admission, put together: make it once the watch cache is filled, call
/// <see cref="BootstrapPolicy.ReconcileAsync"/>, then answer requests. Every member may be used from any thread.
/// </summary>
public sealed class ClusterSecurity : IDisposable
{
    private readonly NodeAuthorizer _nodes;

    public ClusterSecurity(
        SecurityOptions options,
        IObjectReader objects,
        IObjectWriter writer,
        Func<string> nameSuffix,
        MetricRegistry metrics,
        TimeProvider time)
    {
        var authenticator = new RequestAuthenticator(
            options.Authentication with { Metrics = metrics }, objects, writer, time);
        _nodes = new NodeAuthorizer(objects);
        Rbac = new RbacAuthorizer(objects);
        Authenticator = authenticator;
        Authorizer = new PatientAuthorizer(
            new AuthorizerChain(new PrivilegedGroupAuthorizer(), _nodes, Rbac), objects);
        AuthenticationReviews = new AuthenticationReviews(options.Authentication, authenticator.Tokens);
        AuthorizationReviews = new AuthorizationReviews(Authorizer, Rbac);
        Tokens = options.Authentication.ServiceAccountKeys is { } keys
            ? new ServiceAccountTokenIssuer(options.Authentication, keys, objects, time)
            : null;
        Bootstrap = new BootstrapPolicy(objects, writer, options.Features);
        Admission = new AdmissionChain(AdmissionPlugins.All(new AdmissionContext
        {
            Objects = objects,
            Writer = writer,
            Authorizer = Authorizer,
            Rbac = Rbac,
            Time = time,
            NameSuffix = nameSuffix,
            ServerAudiences = options.Authentication.OwnAudiences,
            Options = options.Admission,
        }), metrics, time);
    }

    public IAuthenticator Authenticator { get; }

    public IAuthorizer Authorizer { get; }

    public RbacAuthorizer Rbac { get; }

    public AdmissionChain Admission { get; }

    public AuthenticationReviews AuthenticationReviews { get; }

    public AuthorizationReviews AuthorizationReviews { get; }

    /// <summary>Answers <c>serviceaccounts/token</c>; null without a signing key.</summary>
    public ServiceAccountTokenIssuer? Tokens { get; }

    public BootstrapPolicy Bootstrap { get; }

    public void Dispose()
    {
        _nodes.Dispose();
        Rbac.Dispose();
        foreach (var plugin in Admission.Plugins.OfType<IDisposable>())
        {
            plugin.Dispose();
        }
    }
}

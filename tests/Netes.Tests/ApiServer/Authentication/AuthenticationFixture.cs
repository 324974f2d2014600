using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;

namespace Netes.Tests.ApiServer.Authentication;

using Node = Netes.Api.Core.Node;

/// <summary>
/// A cluster with an authority, a signing key, an account <c>default/app</c> and its pod on node <c>n1</c>.
/// </summary>
internal sealed class AuthenticationFixture : IDisposable
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    public AuthenticationFixture()
    {
        Authority = CertificateAuthority.Load(
            CertificateAuthority.Create("kubernetes", TimeSpan.FromDays(3650), Time), Time);
        Options = new AuthenticationOptions
        {
            ClientAuthority = Authority,
            ServiceAccountKeys = Keys,
            StaticTokens = [new StaticToken(
                "static-secret", new UserIdentity { Name = "ops", Groups = ["system:masters"] })],
        };
        Objects.Add(new ServiceAccount { Metadata = Meta("app", "sa-uid") });
        Objects.Add(new Pod
        {
            Metadata = Meta("app-1", "pod-uid"),
            Spec = new PodSpec { ServiceAccountName = "app", NodeName = "n1" },
        });
        Objects.Add(new Node { Metadata = new ObjectMeta { Name = "n1", Uid = "node-uid" } });
        Authenticator = new RequestAuthenticator(Options, Objects, Objects, Time);
        Tokens = new ServiceAccountTokenIssuer(Options, Keys, Objects, Time);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public MemoryObjects Objects { get; } = new();

    public ServiceAccountKeys Keys { get; } = ServiceAccountKeys.CreateTemporary();

    public CertificateAuthority Authority { get; }

    public AuthenticationOptions Options { get; }

    public RequestAuthenticator Authenticator { get; }

    public ServiceAccountTokenIssuer Tokens { get; }

    /// <summary>The user that a bearer token shows; null when it is refused.</summary>
    public async Task<UserIdentity?> BearerAsync(string token) =>
        await AuthenticateAsync(new AuthenticationRequest { Authorization = $"Bearer {token}", Path = "/api" });

    public async Task<UserIdentity?> AuthenticateAsync(AuthenticationRequest request) =>
        await Authenticator.AuthenticateAsync(
            request, CancellationToken.None) is AuthenticationResult.Authenticated found
            ? found.User
            : null;

    public async Task<string> PodTokenAsync(params ValueList<string> audiences) =>
        (await Tokens.CreateAsync("default", "app", Request("Pod", "app-1", audiences), CancellationToken.None))
            .Status.Token;

    public static TokenRequest Request(string kind, string name, ValueList<string> audiences = default) => new()
    {
        Spec = new TokenRequestSpec
        {
            Audiences = audiences,
            BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = kind, Name = name },
        },
    };

    public static ObjectMeta Meta(string name, string uid) => new() { Name = name, Namespace = "default", Uid = uid };

    public void Dispose()
    {
        Keys.Dispose();
        Authority.Dispose();
    }
}

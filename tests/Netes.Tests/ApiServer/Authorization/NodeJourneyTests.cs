using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;

namespace Netes.Tests.ApiServer.Authorization;

using Node = Netes.Api.Core.Node;

/// <summary>What a node does from its token to its pods' tokens, on a whole API server.</summary>
public sealed class NodeJourneyTests
{
    [Fact]
    public async Task Node_joinsRegistersAndGetsTokensForItsPodsOnly()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAccountAsync("default", "default");
        await server.CreateAsync(BootstrapToken());
        var request = CertificateRequestOf("system:node:n1");
        var (created, text) = await CallAsync(server, "Bearer abcdef.0123456789abcdef", null, "POST",
            "/apis/certificates.k8s.io/v1/certificatesigningrequests", JsonCodec.Encode(request));
        Assert.True(created == 201, text);
        Assert.Contains("\"username\":\"system:bootstrap:abcdef\"", text, StringComparison.Ordinal);
        Assert.Equal(403, (await CallAsync(
            server, "Bearer abcdef.0123456789abcdef", null, "GET", "/api/v1/nodes/n1")).Code);

        using var n1 = server.Certificate("system:node:n1", "system:nodes");
        var node = JsonCodec.Encode(new Node { Metadata = new ObjectMeta { Name = "n1" } });
        var (registered, registeredText) = await CallAsync(server, "", n1, "POST", "/api/v1/nodes", node);
        Assert.True(registered == 201, registeredText);
        Assert.Contains("node.kubernetes.io/not-ready", registeredText, StringComparison.Ordinal);
        var other = JsonCodec.Encode(new Node { Metadata = new ObjectMeta { Name = "n2" } });
        Assert.Equal(403, (await CallAsync(server, "", n1, "POST", "/api/v1/nodes", other)).Code);

        await server.CreateAsync(PodOn("n1", "mine"));
        await server.CreateAsync(PodOn("n2", "theirs"));
        Assert.Equal(200, (await CallAsync(server, "", n1, "GET", "/api/v1/namespaces/default/pods/mine")).Code);
        Assert.Equal(403, (await CallAsync(server, "", n1, "GET", "/api/v1/namespaces/default/pods/theirs")).Code);
        Assert.Equal(200,
            (await CallAsync(server, "", n1, "GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1")).Code);
        Assert.Equal(403, (await CallAsync(server, "", n1, "GET", "/api/v1/pods")).Code);

        var token = await TokenAsync(server, n1, "mine");
        Assert.NotNull(token);
        Assert.Null(await TokenAsync(server, n1, "theirs"));
        var (self, selfText) = await CallAsync(server, $"Bearer {token}", null, "POST",
            "/apis/authentication.k8s.io/v1/selfsubjectreviews", JsonCodec.Encode(new SelfSubjectReview()));
        Assert.True(self == 201, selfText);
        Assert.Contains("system:serviceaccount:default:default", selfText, StringComparison.Ordinal);
        Assert.Equal(403,
            (await CallAsync(server, $"Bearer {token}", null, "GET", "/api/v1/namespaces/default/pods")).Code);

        var admin = new UserIdentity { Name = "admin", Groups = ["system:masters"] };
        const string mine = "/api/v1/namespaces/default/pods/mine";
        Assert.Equal(200, (await server.CallAsync(admin, "DELETE", $"{mine}?gracePeriodSeconds=0")).Code);
        // The read waits until the cache knows of the deletion.
        var (gone, goneText) = await server.CallAsync(admin, "GET", mine);
        Assert.True(gone == 404, goneText);
        Assert.Equal(401, (await CallAsync(server, $"Bearer {token}", null, "GET", "/api")).Code);
    }

    [Fact]
    public async Task IssuersKeys_areThereForThoseWhoMaySeeThem()
    {
        await using var server = await RunningServer.StartAsync();
        var account = new UserIdentity
        {
            Name = "system:serviceaccount:default:x",
            Groups = ["system:serviceaccounts", "system:authenticated"],
        };
        var (code, text) = await server.CallAsync(account, "GET", "/openid/v1/jwks");
        Assert.Equal(200, code);
        Assert.Contains(server.Keys.SigningKeyId, text, StringComparison.Ordinal);
        Assert.Equal(200, (await server.CallAsync(account, "GET", "/.well-known/openid-configuration")).Code);
    }

    private static async Task<string?> TokenAsync(RunningServer server, X509Certificate2 node, string pod)
    {
        var admin = new UserIdentity { Name = "admin", Groups = ["system:masters"] };
        var (_, found) = await server.CallAsync(admin, "GET", $"/api/v1/namespaces/default/pods/{pod}");
        var uid = System.Text.Json.JsonDocument.Parse(found).RootElement.GetProperty("metadata").GetProperty("uid");
        var request = new TokenRequest
        {
            Spec = new TokenRequestSpec
            {
                BoundObjectRef = new BoundObjectReference
                {
                    ApiVersion = "v1",
                    Kind = "Pod",
                    Name = pod,
                    Uid = uid.GetString()!,
                },
            },
        };
        var (code, text) = await CallAsync(
            server, "", node, "POST", "/api/v1/namespaces/default/serviceaccounts/default/token",
            JsonCodec.Encode(request));
        return code != 201 ? null : System.Text.Json.JsonDocument.Parse(text).RootElement
            .GetProperty("status").GetProperty("token").GetString();
    }

    private static Task<(int Code, string Text)> CallAsync(
        RunningServer server,
        string authorization,
        X509Certificate2? certificate,
        string method,
        string path,
        ReadOnlyMemory<byte> body = default)
    {
        var parts = path.Split('?');
        var headers = new ApiHeaders().Add("Content-Type", "application/json");
        return server.CallAsync(new ApiCall
        {
            Method = method,
            Path = parts[0],
            Query = parts.Length > 1 ? ApiQuery.Parse(parts[1]) : ApiQuery.Empty,
            Headers = authorization.Length > 0 ? headers.Add("Authorization", authorization) : headers,
            ClientCertificate = certificate,
            Body = new MemoryBody(body),
        });
    }

    private static Secret BootstrapToken() => new()
    {
        Metadata = new ObjectMeta { Name = "bootstrap-token-abcdef", Namespace = "kube-system" },
        Type = SecretType.BootstrapKubernetesIoToken,
        Data = ValueMap.Of(
            ("token-id", ByteString.FromUtf8("abcdef")), ("token-secret", ByteString.FromUtf8("0123456789abcdef")),
            ("usage-bootstrap-authentication", ByteString.FromUtf8("true"))),
    };

    private static CertificateSigningRequest CertificateRequestOf(string user)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O=system:nodes, CN={user}", key, HashAlgorithmName.SHA256);
        return new CertificateSigningRequest
        {
            Metadata = new ObjectMeta { Name = "csr-n1" },
            Spec = new()
            {
                SignerName = "kubernetes.io/kube-apiserver-client-kubelet",
                Usages = ["digital signature", "client auth"],
                Request = ByteString.FromUtf8(request.CreateSigningRequestPem()),
            },
        };
    }

    private static Pod PodOn(string node, string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new PodSpec
        {
            NodeName = node,
            Containers = [new Container { Name = "a", Image = "busybox" }],
        },
    };
}

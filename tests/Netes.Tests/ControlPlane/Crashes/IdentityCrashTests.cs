using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.Rbac;
using Netes.Tests.ControlPlane.BootstrapTokens;
using Netes.Tests.ControlPlane.Certificates;
using Netes.Tests.ControlPlane.ClusterRoleAggregation;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// The controllers of certificates, accounts and roles die around every write that they make: each namespace has its
/// account and its authority, each request its certificate, once.
/// </summary>
public sealed class IdentityCrashTests
{
    [Fact]
    public Task Requests_areApprovedAndSignedOnce() => CrashScenarios.LiveAsync(
        ["certificate-controller"], async (cluster, _) =>
        {
            await CreateAsync(
                cluster, "good", "kubernetes.io/kube-apiserver-client-kubelet", "O=system:nodes, CN=system:node:n1",
                "digital signature,client auth");
            var bad = await CreateAsync(
                cluster, "bad", "kubernetes.io/kube-apiserver-client", "CN=alice", "server auth");
            await cluster.Client.UpdateAsync(
                bad with
                {
                    Status = bad.Status with { Conditions = [new() { Type = "Approved", Status = "True" }] },
                },
                "approval", TestCluster.Cancel);
            var good = await cluster.WaitForAsync<CertificateSigningRequest>(
                "", "good", request => !request!.Status.Certificate.IsEmpty);
            Assert.Equal(["Approved"], good!.Status.Conditions.Select(static condition => condition.Type));
            bad = await cluster.WaitForAsync<CertificateSigningRequest>(
                "", "bad", request => request!.Status.Conditions.Count > 1);
            var failed = bad!.Status.Conditions[1];
            Assert.Equal(
                ("Failed", "SignerValidationFailure", "invalid usage for client certificate: server auth"),
                (failed.Type, failed.Reason, failed.Message));
            Assert.True(bad.Status.Certificate.IsEmpty);
        });

    [Fact]
    public Task Namespaces_haveTheirAccountAndTheAuthority() => CrashScenarios.LiveAsync(
        ["service-account-controller", "root-ca-cert-publisher"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new Namespace { Metadata = new() { Name = "team" } }, TestCluster.Cancel);
            await cluster.WaitForListAsync<ServiceAccount>(
                "", accounts => accounts.Count(account => account.Metadata.Name == "default") == 5);
            await cluster.WaitForListAsync<ConfigMap>(
                "", maps => maps.Count(map => map.Metadata.Name == "kube-root-ca.crt") == 5);
            await cluster.Client.DeleteAsync<ServiceAccount>("team", "default", null, TestCluster.Cancel);
            await cluster.Client.DeleteAsync<ConfigMap>("team", "kube-root-ca.crt", null, TestCluster.Cancel);
            await cluster.WaitForAsync<ServiceAccount>("team", "default", account => account is not null);
            await cluster.WaitForAsync<ConfigMap>("team", "kube-root-ca.crt", map => map is not null);
        });

    [Fact]
    public Task Sums_followTheirParts() => CrashScenarios.LiveAsync(
        ["clusterrole-aggregation-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(ClusterRoleAggregationTests.Sum("a"), TestCluster.Cancel);
            await cluster.Client.CreateAsync(
                ClusterRoleAggregationTests.Member("x", "a", "pods"), TestCluster.Cancel);
            await cluster.WaitForAsync<ClusterRole>("", "sum", role => role!.Rules.Count == 1);
            await cluster.Client.DeleteAsync<ClusterRole>("", "x", null, TestCluster.Cancel);
            await cluster.WaitForAsync<ClusterRole>("", "sum", role => role!.Rules.IsEmpty);
        });

    [Fact]
    public Task Tokens_goWhenTheirTimeIsOver() => CrashScenarios.LiveAsync(
        ["token-cleaner"], async (cluster, _) =>
        {
            foreach (var (id, end) in new[]
            {
                ("kept00", "2126-06-15T12:00:01Z"), ("always", ""), ("passed", "2020-06-15T12:00:01Z"),
                ("unread", "soon"),
            })
            {
                await cluster.Client.CreateAsync(Token(id, end), TestCluster.Cancel);
            }

            await cluster.WaitForListAsync<Secret>(
                "kube-system", secrets => Held(secrets) == "bootstrap-token-always bootstrap-token-kept00");
        });

    [Fact]
    public async Task SecretUnderTheNameOfAToken_isLeftAlone()
    {
        await using var cluster = await TestCluster.StartAsync();
        var time = new HastyTime(200);
        cluster.Run(new ControllerLife(cluster, ["token-cleaner"], time).RunAsync);
        var end = time.GetUtcNow().AddMinutes(10);
        var first = await cluster.Client.CreateAsync(Token("abcdef", Text(end)), TestCluster.Cancel);
        await cluster.Client.CreateAsync(Token("ghijkl", Text(end.AddMinutes(1))), TestCluster.Cancel);
        await cluster.Client.CreateAsync(Token("passed", "2020-06-15T12:00:01Z"), TestCluster.Cancel);
        await cluster.WaitForAsync<Secret>("kube-system", "bootstrap-token-passed", secret => secret is null);
        await cluster.Client.DeleteAsync<Secret>("kube-system", first.Metadata.Name, null, TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new Secret
            {
                Metadata = new() { Namespace = "kube-system", Name = first.Metadata.Name },
                Type = SecretType.Opaque,
                Data = first.Data,
            },
            TestCluster.Cancel);
        await cluster.WaitForListAsync<Secret>(
            "kube-system", secrets => Held(secrets) == first.Metadata.Name);
    }

    private static string Text(DateTimeOffset time) => Timestamp.From(time).ToString();

    private static Secret Token(string id, string end)
    {
        var token = ClusterInfoSignaturesTests.Token(id);
        return token with
        {
            Data = end.Length == 0
                ? ValueMap.Of(("token-id", ByteString.FromUtf8(id)))
                : token.Data.Set("expiration", ByteString.FromUtf8(end)),
        };
    }

    private static string Held(IEnumerable<Secret> secrets) =>
        string.Join(' ', secrets.Select(secret => secret.Metadata.Name).Order(StringComparer.Ordinal));

    private static Task<CertificateSigningRequest> CreateAsync(
        TestCluster cluster, string name, string signer, string subject, string usages) => cluster.Client.CreateAsync(
        new CertificateSigningRequest
        {
            Metadata = new() { Name = name },
            Spec = CertificatePlanTests.Spec(signer, subject, "", usages, ""),
        },
        TestCluster.Cancel);
}

using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.BootstrapTokens;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// The controllers of tokens die around every write that they make: each Secret holds its token or is gone.
/// </summary>
public sealed class TokenCrashTests
{
    [Fact]
    public Task Tokens_comeAndGoWithTheirAccounts() => CrashScenarios.LiveAsync(
        [ControllerEntry.Manager], async (cluster, _) =>
        {
            var account = await cluster.Client.CreateAsync(
                new ServiceAccount { Metadata = new() { Namespace = "default", Name = "app" } }, TestCluster.Cancel);
            await CreateAsync(cluster, "good", "app");
            await CreateAsync(cluster, "kept", "default");
            await CreateAsync(cluster, "another", "app", "of-an-earlier-account");
            await CreateAsync(cluster, "nobodys", "missing");
            var secrets = await cluster.WaitForListAsync<Secret>("default", secrets =>
                Held(secrets) == "good kept" && secrets.All(secret => secret.Data.Count == 3));
            var good = secrets.Single(secret => secret.Metadata.Name == "good");
            Assert.Equal(account.Metadata.Uid, TokenSecrets.AccountUidOf(good));
            Assert.Equal($"{account.Metadata.Uid} in good", good.Data.Get("token").ToUtf8());
            Assert.Equal("pem", good.Data.Get("ca.crt").ToUtf8());
            Assert.Equal("default", good.Data.Get("namespace").ToUtf8());
            await cluster.Client.DeleteAsync<ServiceAccount>("default", "app", null, TestCluster.Cancel);
            await cluster.WaitForListAsync<Secret>("default", secrets => Held(secrets) == "kept");
        });

    [Fact]
    public Task UnusedTokens_areMarkedAndDeleted() => CrashScenarios.LiveAsync(
        ["legacy-service-account-token-cleaner"],
        async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new ServiceAccount
                {
                    Metadata = new() { Namespace = "default", Name = "app" },
                    Secrets = [new() { Name = "unused" }, new() { Name = "invalid" }],
                },
                TestCluster.Cancel);
            await CreateAsync(cluster, "a-users-own", "app", invalid: "2020-01-01");
            await CreateAsync(cluster, "invalid", "app", invalid: "2020-01-01");
            await CreateAsync(cluster, "unused", "app");
            await cluster.WaitForListAsync<Secret>("default", secrets =>
                Held(secrets) == "a-users-own unused"
                && secrets.Single(secret => secret.Metadata.Name == "unused").Metadata.Labels
                    .ContainsKey(LegacyTokens.InvalidSinceLabel));
        },
        ahead: TimeSpan.FromDays(800));

    [Fact]
    public async Task UnusedTokenThatAPodMounts_isKept()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount
            {
                Metadata = new() { Namespace = "default", Name = "default" },
                Secrets = [new() { Name = "mounted" }, new() { Name = "unused" }],
            },
            TestCluster.Cancel);
        await CreateAsync(cluster, "mounted", "default", invalid: "2020-01-01");
        await MountAsync(cluster, "mounted");
        var life = new ControllerLife(
            cluster, ["legacy-service-account-token-cleaner"], new HastyTime(1, TimeSpan.FromDays(800)));
        cluster.Run(life.RunAsync);

        // One at a time, in order: what is deleted was looked at after what is kept.
        await CreateAsync(cluster, "unused", "default", invalid: "2020-01-01");
        await cluster.WaitForListAsync<Secret>("default", secrets => Held(secrets) == "mounted");
    }

    [Fact]
    public Task Signatures_comeAndGoWithTheirTokens() => CrashScenarios.LiveAsync(
        ["bootstrap-signer"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new ConfigMap
                {
                    Metadata = new() { Namespace = "kube-public", Name = "cluster-info" },
                    Data = ValueMap.Of(("kubeconfig", "content")),
                },
                TestCluster.Cancel);
            await cluster.Client.CreateAsync(ClusterInfoSignaturesTests.Token("abcdef"), TestCluster.Cancel);
            var expected = ClusterInfoSignatures.Signature("content", "abcdef", "0123456789abcdef");
            await cluster.WaitForAsync<ConfigMap>("kube-public", "cluster-info", map =>
                map!.Data.Get("jws-kubeconfig-abcdef", "") == expected);
            await cluster.Client.DeleteAsync<Secret>(
                "kube-system", "bootstrap-token-abcdef", null, TestCluster.Cancel);
            await cluster.WaitForAsync<ConfigMap>("kube-public", "cluster-info", map =>
                map!.Data == ValueMap.Of(("kubeconfig", "content")));
        });

    [Fact]
    public async Task AccountThatNamesADeletedToken_forgetsIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Run(cancel =>
            new ControllerLife(cluster, [ControllerEntry.Manager], TimeProvider.System).RunAsync(cancel));
        await cluster.Client.CreateAsync(
            new ServiceAccount
            {
                Metadata = new() { Namespace = "default", Name = "app" },
                Secrets = [new() { Name = "old" }, new() { Name = "other" }],
            },
            TestCluster.Cancel);
        await CreateAsync(cluster, "old", "app");
        await cluster.WaitForAsync<Secret>("default", "old", secret => secret?.Data.Count == 3);
        await cluster.Client.DeleteAsync<Secret>("default", "old", null, TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceAccount>("default", "app", account =>
            string.Join(' ', account!.Secrets.Select(reference => reference.Name)) == "other");
    }

    [Fact]
    public async Task Server_saysSinceWhenUsesAreMarked()
    {
        await using var cluster = await TestCluster.StartAsync();
        var map = await cluster.Client.GetAsync<ConfigMap>(
            "kube-system", "kube-apiserver-legacy-service-account-token-tracking", TestCluster.Cancel);
        Assert.Matches(@"\A\d{4}-\d{2}-\d{2}\z", map.Data.Get("since", ""));
    }

    private static string Held(IEnumerable<Secret> secrets) =>
        string.Join(' ', secrets.Select(secret => secret.Metadata.Name).Order(StringComparer.Ordinal));

    private static Task<Pod> MountAsync(TestCluster cluster, string secret) => cluster.Client.CreateAsync(
        new Pod
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new()
            {
                Containers = [new() { Name = "main", Image = "web:1" }],
                Volumes = [new() { Name = "token", VolumeSource = new() { Secret = new() { SecretName = secret } } }],
            },
        },
        TestCluster.Cancel);

    private static Task<Secret> CreateAsync(
        TestCluster cluster, string name, string account, string uid = "", string invalid = "")
    {
        var annotations = ValueMap.Of(("kubernetes.io/service-account.name", account));
        return cluster.Client.CreateAsync(
            new Secret
            {
                Metadata = new()
                {
                    Namespace = "default",
                    Name = name,
                    Labels = invalid.Length == 0
                        ? default
                        : ValueMap.Of((LegacyTokens.InvalidSinceLabel, invalid)),
                    Annotations = uid.Length == 0
                        ? annotations
                        : annotations.Set("kubernetes.io/service-account.uid", uid),
                },
                Type = SecretType.KubernetesIoServiceAccountToken,
            },
            TestCluster.Cancel);
    }
}

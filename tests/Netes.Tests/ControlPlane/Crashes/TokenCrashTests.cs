using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;

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

    private static Task<Secret> CreateAsync(TestCluster cluster, string name, string account, string uid = "")
    {
        var annotations = ValueMap.Of(("kubernetes.io/service-account.name", account));
        return cluster.Client.CreateAsync(
            new Secret
            {
                Metadata = new()
                {
                    Namespace = "default",
                    Name = name,
                    Annotations = uid.Length == 0
                        ? annotations
                        : annotations.Set("kubernetes.io/service-account.uid", uid),
                },
                Type = SecretType.KubernetesIoServiceAccountToken,
            },
            TestCluster.Cancel);
    }
}

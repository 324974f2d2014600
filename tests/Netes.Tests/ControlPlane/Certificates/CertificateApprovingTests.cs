using Netes.Api;
using Netes.Api.Authorization;
using Netes.Api.Certificates;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;
using Netes.Client;
using Netes.Host;
using Netes.Tests.ControlPlane.Crashes;

namespace Netes.Tests.ControlPlane.Certificates;

public sealed class CertificateApprovingTests
{
    private const string Binding = "netes:node-autoapprove-bootstrap";
    private const string Group = "system:bootstrappers";

    [Fact]
    public async Task RequestOfOneWhoMayNotYet_isApprovedWhenItMay()
    {
        await using var cluster = await TestCluster.StartAsync();
        var binding = await cluster.Client.GetAsync<ClusterRoleBinding>("", Binding, TestCluster.Cancel);
        await cluster.Client.DeleteAsync<ClusterRoleBinding>("", Binding, null, TestCluster.Cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestCluster.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await MayAsync(cluster, limit.Token))
        {
            await Task.Yield();
        }

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var life = new ControllerLife(
            cluster, ["certificate-controller"], new HastyTime(200), isRefused: request =>
            {
                if (request.PathAndQuery.Contains("subjectaccessreviews", StringComparison.Ordinal))
                {
                    asked.TrySetResult();
                }

                return false;
            });
        cluster.Run(life.RunAsync);
        var bootstrapper = new KubernetesClient(new InProcessTransport(
            cluster.Server.HandleAsync,
            new UserIdentity { Name = "system:bootstrap:abcdef", Groups = [Group, KnownGroups.Authenticated] }));
        await bootstrapper.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { Name = "n1" },
                Spec = CertificatePlanTests.Spec(
                    "kubernetes.io/kube-apiserver-client-kubelet", "O=system:nodes, CN=system:node:n1", "",
                    "digital signature,client auth", ""),
            },
            TestCluster.Cancel);
        await asked.Task.WaitAsync(limit.Token);
        await cluster.Client.CreateAsync(
            binding with { Metadata = new() { Name = binding.Metadata.Name } }, TestCluster.Cancel);
        var request = await cluster.WaitForAsync<CertificateSigningRequest>(
            "", "n1", found => found is { Status.Certificate.IsEmpty: false });
        var condition = Assert.Single(request!.Status.Conditions.ToArray());
        Assert.Equal(
            ("Approved", "True", "AutoApproved",
                "Auto approving kubelet client certificate after SubjectAccessReview."),
            (condition.Type, condition.Status, condition.Reason, condition.Message));
    }

    private static async Task<bool> MayAsync(TestCluster cluster, CancellationToken cancel)
    {
        var review = new SubjectAccessReview
        {
            Spec = new()
            {
                User = "system:bootstrap:abcdef",
                Groups = [Group],
                ResourceAttributes = new()
                {
                    Group = "certificates.k8s.io", Version = "*", Resource = "certificatesigningrequests",
                    Subresource = "nodeclient", Verb = "create",
                },
            },
        };
        return (await cluster.Client.CreateAsync(review, cancel)).Status.Allowed;
    }
}

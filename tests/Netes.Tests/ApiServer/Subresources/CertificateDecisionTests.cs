using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Client;
using Netes.Tests.ControlPlane;
using static Netes.Api.Certificates.RequestConditionType;

namespace Netes.Tests.ApiServer.Subresources;

/// <summary>Goal: who signs requests for certificates does not approve them, and what was decided stays.</summary>
public sealed class CertificateDecisionTests
{
    [Fact]
    public async Task StatusOfARequest_decidesNothing()
    {
        await using var cluster = await TestCluster.StartAsync();
        var request = await CreateAsync(cluster);
        await RefusedAsync(
            "status.conditions: Forbidden: updates may not add a condition of type \"Approved\"",
            () => StatusAsync(cluster, With(request, (Approved, "by itself"))));
        await RefusedAsync(
            "status.conditions: Forbidden: updates may not add a condition of type \"Denied\"",
            () => StatusAsync(cluster, With(request, (Denied, "by itself"))));

        request = await ApproveAsync(cluster, With(request, (Approved, "by a person")));
        request = await StatusAsync(cluster, With(request, (Approved, "for another reason"), (Failed, "no key")));
        Assert.Equal(["by a person", "no key"], request.Status.Conditions.Select(condition => condition.Message));
        await RefusedAsync(
            "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"",
            () => StatusAsync(cluster, With(request, (Failed, "no key"))));
    }

    [Fact]
    public async Task Approval_isNotTakenBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        var request = await ApproveAsync(cluster, With(await CreateAsync(cluster), (Denied, "too soon")));
        request = await ApproveAsync(cluster, With(request, (Denied, "too late")));
        Assert.Equal("too late", Assert.Single(request.Status.Conditions.ToArray()).Message);
        await RefusedAsync(
            "status.conditions: Forbidden: updates may not remove a condition of type \"Denied\"",
            () => ApproveAsync(cluster, With(request)));
    }

    [Fact]
    public async Task Certificate_isNotReplaced()
    {
        await using var cluster = await TestCluster.StartAsync();
        var request = await ApproveAsync(cluster, With(await CreateAsync(cluster), (Approved, "")));
        request = await StatusAsync(cluster, Signed(request, "first"));
        await RefusedAsync(
            "status.certificate: Forbidden: updates may not modify existing certificate content",
            () => StatusAsync(cluster, Signed(request, "second")));
    }

    private static CertificateSigningRequest Signed(CertificateSigningRequest request, string certificate) =>
        request with { Status = request.Status with { Certificate = ByteString.FromUtf8(certificate) } };

    private static CertificateSigningRequest With(
        CertificateSigningRequest request, params (string Type, string Message)[] conditions) => request with
        {
            Status = request.Status with
            {
                Conditions = conditions.Select(condition => new CertificateSigningRequestCondition
                {
                    Type = condition.Type, Status = "True", Message = condition.Message,
                }).ToValueList(),
            },
        };

    private static Task<CertificateSigningRequest> StatusAsync(TestCluster cluster, CertificateSigningRequest next) =>
        cluster.Client.UpdateStatusAsync(next, TestCluster.Cancel);

    private static Task<CertificateSigningRequest> ApproveAsync(TestCluster cluster, CertificateSigningRequest next) =>
        cluster.Client.UpdateAsync(next, "approval", TestCluster.Cancel);

    private static Task<CertificateSigningRequest> CreateAsync(TestCluster cluster)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alice", key, HashAlgorithmName.SHA256);
        return cluster.Client.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { Name = "r" },
                Spec = new()
                {
                    SignerName = "example.com/a",
                    Usages = [KeyUsage.ClientAuth],
                    Request = ByteString.FromUtf8(request.CreateSigningRequestPem()),
                },
            },
            TestCluster.Cancel);
    }

    private static async Task RefusedAsync(string why, Func<Task> write)
    {
        var failure = await Assert.ThrowsAsync<ApiException>(write);
        Assert.True(failure.IsInvalid, failure.Message);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }
}

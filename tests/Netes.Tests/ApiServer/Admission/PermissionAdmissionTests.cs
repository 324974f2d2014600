using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.Api.Rbac;
using Netes.Api.Storage;
using Netes.ApiServer.Authentication;
using Netes.Tests.ApiServer.Authorization;

namespace Netes.Tests.ApiServer.Admission;

public sealed class PermissionAdmissionTests : IDisposable
{
    private static readonly UserIdentity Bob = new() { Name = "bob", Uid = "7", Groups = ["dev"] };

    private readonly AdmissionFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task CertificateRequest_carriesWhoSentItAndNothingElse()
    {
        var request = Request("kubernetes.io/kube-apiserver-client", "CN=alice") with
        {
            Status = new CertificateSigningRequestStatus { Certificate = ByteString.FromUtf8("forged") },
        };
        request = await _cluster.CreateAsync(
            request with { Spec = request.Spec with { Username = "system:admin", Groups = ["system:masters"] } }, Bob);
        Assert.Equal("bob", request.Spec.Username);
        Assert.Equal("7", request.Spec.Uid);
        Assert.Equal(["dev"], request.Spec.Groups);
        Assert.True(request.Status.Certificate.IsEmpty);
    }

    [Fact]
    public async Task RequestForMasters_isForbidden() => Assert.Equal(
        "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: use of "
            + "kubernetes.io/kube-apiserver-client signer "
        + "with system:masters group is not allowed",
        await AdmissionFixture.RefusalAsync(
            () => _cluster.CreateAsync(Request("kubernetes.io/kube-apiserver-client", "O=system:masters, CN=alice"),
                Bob)));

    [Theory]
    [InlineData("approval", "approve", "user not permitted to approve requests with signerName \"example.com/a\"")]
    [InlineData("status", "sign", "user not permitted to sign requests with signerName \"example.com/a\"")]
    public async Task Signer_isApprovedAndSignedForByThoseWhoMay(string subresource, string verb, string refusal)
    {
        var old = Request("example.com/a", "CN=alice");
        var next = old with { Status = new CertificateSigningRequestStatus { Certificate = ByteString.FromUtf8("x") } };
        Task Write() => _cluster.UpdateAsync(old, next, Bob, subresource);
        Assert.EndsWith(refusal, await AdmissionFixture.RefusalAsync(Write), StringComparison.Ordinal);
        Hold($"{verb}|certificates.k8s.io|signers|example.com/*");
        await Write();
        Hold($"{verb}|certificates.k8s.io|signers|example.com/b");
        Assert.NotEqual("", await AdmissionFixture.RefusalAsync(Write));
    }

    [Fact]
    public async Task Role_isCheckedAgainstItsWriter()
    {
        Assert.Contains(
            "is attempting to grant RBAC permissions not currently held",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(RbacTests.Role("r", "get|core|pods"), Bob)),
            StringComparison.Ordinal);
        Hold("get|core|pods");
        await _cluster.CreateAsync(RbacTests.Role("r", "get|core|pods"), Bob);
        var aggregated = RbacTests.ClusterRole("all") with { AggregationRule = new AggregationRule() };
        Assert.Contains(
            "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(aggregated, Bob)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnchangedRoleOrBinding_mayBeRelabelledByOneWhoHoldsNothing()
    {
        var role = RbacTests.Role("r", "get|core|pods");
        var labelled = role.Metadata with { Labels = ValueMap.Of(("a", "b")) };
        await _cluster.UpdateAsync(role, role with { Metadata = labelled }, Bob);
        var binding = RbacTests.Bind("b", "r", "x");
        await _cluster.UpdateAsync(binding, binding with { Metadata = labelled }, Bob);
    }

    [Fact]
    public async Task HoldingUpAnOwner_takesTheRightOnItsFinalizers()
    {
        var owner = new OwnerReference
        {
            ApiVersion = "apps/v1",
            Kind = "ReplicaSet",
            Name = "rs",
            Uid = "u",
            BlockOwnerDeletion = true,
        };
        var map = new ConfigMap { Metadata = new() { Name = "m", Namespace = "default", OwnerReferences = [owner] } };
        Assert.StartsWith(
            "configmaps \"m\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource "
                + "you can't "
            + "set finalizers on:",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(map, Bob)), StringComparison.Ordinal);
        Hold("update|apps|replicasets/finalizers");
        await _cluster.CreateAsync(map, Bob);
        var bare = map with { Metadata = map.Metadata with { OwnerReferences = default } };
        Assert.StartsWith(
            "configmaps \"m\" is forbidden: cannot set an ownerRef on a resource you can't delete:",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(bare, map, Bob)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExternalAddresses_areDeniedUnlessTheyWereThere()
    {
        var service = new Service { Metadata = new() { Name = "s", Namespace = "default" } };
        var open = service with { Spec = new ServiceSpec { ExternalIPs = ["1.2.3.4"] } };
        Assert.Equal(
            "services \"s\" is forbidden: Use of external IPs is denied by admission control",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(open)));
        Assert.NotEqual("", await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(service, open)));
        await _cluster.UpdateAsync(open, open);
    }

    [Fact]
    public async Task ClaimAndIngressWithoutClass_getTheDefault()
    {
        foreach (var name in new[] { "a", "b" })
        {
            var metadata = new ObjectMeta { Name = name };
            _cluster.Objects.Add(new StorageClass
            {
                Metadata = name == "a" ? metadata : metadata with
                {
                    Annotations = ValueMap.Of(("storageclass.kubernetes.io/is-default-class", "true")),
                },
            });
            _cluster.Objects.Add(new IngressClass
            {
                Metadata = name == "a" ? metadata : metadata with
                {
                    Annotations = ValueMap.Of(("ingressclass.kubernetes.io/is-default-class", "true")),
                },
            });
        }

        var own = new ObjectMeta { Name = "x", Namespace = "default" };
        Assert.Equal("b", (await _cluster.CreateAsync(new PersistentVolumeClaim { Metadata = own }))
            .Spec.StorageClassName);
        Assert.Equal("b", (await _cluster.CreateAsync(new Ingress { Metadata = own })).Spec.IngressClassName);
        var none = new PersistentVolumeClaim { Metadata = own, Spec = new() { StorageClassName = "" } };
        Assert.Equal("", (await _cluster.CreateAsync(none)).Spec.StorageClassName);
    }

    [Theory]
    [InlineData("Pending", true, "Only bound persistent volume claims can be expanded")]
    [InlineData("Bound", false,
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support "
            + "resize")]
    [InlineData("Bound", true, "")]
    public async Task Claim_growsWhereItMay(string phase, bool allows, string refusal)
    {
        _cluster.Objects.Add(new StorageClass { Metadata = new() { Name = "c" }, AllowVolumeExpansion = allows });
        PersistentVolumeClaim Claim(string size) => new()
        {
            Metadata = new() { Name = "x", Namespace = "default" },
            Spec = new()
            {
                StorageClassName = "c",
                Resources = new() { Requests = AdmissionFixture.Amounts($"storage={size}") },
            },
            Status = new() { Phase = phase },
        };
        Assert.EndsWith(
            refusal, await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(Claim("1Gi"), Claim("2Gi"))),
            StringComparison.Ordinal);
        await _cluster.UpdateAsync(Claim("1Gi"), Claim("1Gi"));
    }

    private static CertificateSigningRequest Request(string signer, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        return new CertificateSigningRequest
        {
            Metadata = new ObjectMeta { Name = "r" },
            Spec = new() { SignerName = signer, Request = ByteString.FromUtf8(request.CreateSigningRequestPem()) },
        };
    }

    private void Hold(string rule) => _cluster.Objects
        .Add(RbacTests.ClusterRole("held", rule))
        .Add(RbacTests.BindEverywhere("held", "held", new Subject { Kind = "User", Name = "bob" }));
}

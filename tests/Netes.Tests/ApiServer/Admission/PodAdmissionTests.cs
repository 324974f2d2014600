using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Scheduling;

namespace Netes.Tests.ApiServer.Admission;

public sealed class PodAdmissionTests : IDisposable
{
    private readonly AdmissionFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Pod_getsAccountTokenTolerationsAndPriority()
    {
        var pod = await _cluster.CreateAsync(AdmissionFixture.Pod());
        Assert.Equal("default", pod.Spec.ServiceAccountName);
        Assert.Equal("default", pod.Spec.DeprecatedServiceAccount);
        Assert.Equal(0, pod.Spec.Priority);
        Assert.Equal("PreemptLowerPriority", pod.Spec.PreemptionPolicy);
        Assert.Equal(
            ["node.kubernetes.io/not-ready:300", "node.kubernetes.io/unreachable:300"],
            pod.Spec.Tolerations.Select(static one => $"{one.Key}:{one.TolerationSeconds}"));
        var mount = Assert.Single(pod.Spec.Containers[0].VolumeMounts.ToArray());
        Assert.Equal(
            new VolumeMount
            {
                Name = "kube-api-access-abcde",
                ReadOnly = true,
                MountPath = "/var/run/secrets/kubernetes.io/serviceaccount",
            },
            mount);
        var volume = Assert.Single(pod.Spec.Volumes.ToArray());
        Assert.Equal("kube-api-access-abcde", volume.Name);
        var sources = volume.VolumeSource.Projected!.Sources;
        Assert.Equal(3607, sources[0].ServiceAccountToken!.ExpirationSeconds);
        Assert.Equal("kube-root-ca.crt", sources[1].ConfigMap!.LocalObjectReference.Name);
        Assert.Equal("namespace", sources[2].DownwardAPI!.Items[0].Path);
        Assert.Equal(420, volume.VolumeSource.Projected.DefaultMode);
    }

    [Fact]
    public async Task PodOrAccountWithoutAutomount_getsNoToken()
    {
        var silent = AdmissionFixture.Pod();
        silent = silent with { Spec = silent.Spec with { AutomountServiceAccountToken = false } };
        Assert.True((await _cluster.CreateAsync(silent)).Spec.Volumes.IsEmpty);
        _cluster.Objects.Add(new ServiceAccount
        {
            Metadata = new ObjectMeta { Name = "quiet", Namespace = "default" },
            AutomountServiceAccountToken = false,
            ImagePullSecrets = [new LocalObjectReference { Name = "registry" }],
        });
        var pod = AdmissionFixture.Pod();
        pod = await _cluster.CreateAsync(pod with { Spec = pod.Spec with { ServiceAccountName = "quiet" } });
        Assert.True(pod.Spec.Volumes.IsEmpty);
        Assert.Equal("registry", Assert.Single(pod.Spec.ImagePullSecrets.ToArray()).Name);
    }

    [Fact]
    public async Task PodOfAnAbsentAccount_isForbidden()
    {
        var pod = AdmissionFixture.Pod();
        pod = pod with { Spec = pod.Spec with { ServiceAccountName = "gone" } };
        Assert.Equal(
            "pods \"p\" is forbidden: error looking up service account default/gone: serviceaccount \"gone\" not found",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(pod)));
    }

    [Fact]
    public async Task OwnToleration_isKept()
    {
        var pod = AdmissionFixture.Pod();
        var own = new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", TolerationSeconds = 5 };
        pod = await _cluster.CreateAsync(pod with { Spec = pod.Spec with { Tolerations = [own] } });
        Assert.Equal(2, pod.Spec.Tolerations.Count);
        Assert.Equal(own, pod.Spec.Tolerations[0]);
        var all = new Toleration { Operator = "Exists" };
        pod = AdmissionFixture.Pod();
        pod = await _cluster.CreateAsync(pod with { Spec = pod.Spec with { Tolerations = [all] } });
        Assert.Equal([all], pod.Spec.Tolerations);
    }

    [Theory]
    [InlineData("high", null, 1000, "")]
    [InlineData("high", 1000, 1000, "")]
    [InlineData("", null, 0, "")]
    [InlineData("gone", null, 0, "pods \"p\" is forbidden: no PriorityClass with name gone was found")]
    [InlineData("high", 7, 0,
        "pods \"p\" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority "
            + "admission "
        + "controller computed 1000 from the given PriorityClass name")]
    public async Task PriorityClass_givesTheNumber(string name, int? given, int expected, string refusal)
    {
        _cluster.Objects.Add(new PriorityClass { Metadata = new ObjectMeta { Name = "high" }, Value = 1000 });
        var pod = AdmissionFixture.Pod();
        pod = pod with { Spec = pod.Spec with { PriorityClassName = name, Priority = given } };
        Assert.Equal(refusal, await AdmissionFixture.RefusalAsync(async () => pod = await _cluster.CreateAsync(pod)));
        if (refusal.Length == 0)
        {
            Assert.Equal(expected, pod.Spec.Priority);
        }
    }

    [Fact]
    public async Task AbsentNamespace_isNotFound() => Assert.Equal(
        "namespaces \"gone\" not found",
        await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(AdmissionFixture.Pod(space: "gone"))));

    [Fact]
    public async Task EndingNamespace_takesNothingNew()
    {
        _cluster.Objects.Add(AdmissionFixture.Space(
            "old") with { Status = new NamespaceStatus { Phase = "Terminating" } });
        var pod = AdmissionFixture.Pod(space: "old");
        var failure = await Assert.ThrowsAsync<ApiException>(() => _cluster.CreateAsync(pod));
        Assert.Equal(
            "pods \"p\" is forbidden: unable to create new content in namespace old because it is being terminated",
            failure.Message);
        var cause = Assert.Single(failure.Status.Details!.Causes.ToArray());
        Assert.Equal("NamespaceTerminating", cause.Type);
        Assert.Equal("namespace old is being terminated", cause.Message);
        await _cluster.UpdateAsync(pod, pod);
        await _cluster.DeleteAsync(pod);
    }

    [Theory]
    [InlineData("default", "namespaces \"default\" is forbidden: this namespace may not be deleted")]
    [InlineData("kube-system", "namespaces \"kube-system\" is forbidden: this namespace may not be deleted")]
    [InlineData("mine", "")]
    public async Task SystemNamespaces_stay(string name, string refusal) => Assert.Equal(
        refusal, await AdmissionFixture.RefusalAsync(() => _cluster.DeleteAsync(AdmissionFixture.Space(name))));

    [Theory]
    [InlineData("", "", "min cpu=100m", "minimum cpu usage per Container is 100m.  No request is specified")]
    [InlineData("cpu=50m", "", "min cpu=100m", "minimum cpu usage per Container is 100m, but request is 50m")]
    [InlineData("cpu=200m", "cpu=50m", "min cpu=100m", "minimum cpu usage per Container is 100m, but limit is 50m")]
    [InlineData("cpu=200m", "cpu=200m", "min cpu=100m", "")]
    [InlineData("", "", "max memory=1Gi", "maximum memory usage per Container is 1Gi.  No limit is specified")]
    [InlineData("", "memory=2Gi", "max memory=1Gi", "maximum memory usage per Container is 1Gi, but limit is 2Gi")]
    [InlineData("", "memory=1Gi", "max memory=1Gi", "")]
    [InlineData("cpu=100m", "cpu=500m", "ratio cpu=2",
        "cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000")]
    public async Task LimitRange_bindsContainers(string requests, string limits, string bound, string refusal)
    {
        var parts = bound.Split(' ');
        var amounts = AdmissionFixture.Amounts(parts[1]);
        AddLimits(new LimitRangeItem
        {
            Type = "Container",
            Min = parts[0] == "min" ? amounts : default,
            Max = parts[0] == "max" ? amounts : default,
            MaxLimitRequestRatio = parts[0] == "ratio" ? amounts : default,
        });
        var pod = AdmissionFixture.Pod(containers: [AdmissionFixture.Container("a", requests, limits)]);
        var expected = refusal.Length == 0 ? "" : $"pods \"p\" is forbidden: {refusal}";
        Assert.Equal(expected, await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(pod)));
    }

    [Fact]
    public async Task LimitRange_fillsInAndSaysSo()
    {
        AddLimits(new LimitRangeItem
        {
            Type = "Container",
            Default = AdmissionFixture.Amounts("cpu=500m,memory=256Mi"),
            DefaultRequest = AdmissionFixture.Amounts("cpu=100m"),
        });
        var pod = await _cluster.CreateAsync(AdmissionFixture.Pod(
            containers: [AdmissionFixture.Container("a"),
                AdmissionFixture.Container("b", "cpu=1", "cpu=1,memory=1Gi")]));
        Assert.Equal(AdmissionFixture.Amounts("cpu=100m"), pod.Spec.Containers[0].Resources.Requests);
        Assert.Equal(AdmissionFixture.Amounts("cpu=500m,memory=256Mi"), pod.Spec.Containers[0].Resources.Limits);
        Assert.Equal(AdmissionFixture.Amounts("cpu=1"), pod.Spec.Containers[1].Resources.Requests);
        Assert.Equal(
            "LimitRanger plugin set: cpu request for container a; cpu, memory limit for container a",
            pod.Metadata.Annotations["kubernetes.io/limit-ranger"]);
    }

    private void AddLimits(LimitRangeItem item) => _cluster.Objects.Add(new LimitRange
    {
        Metadata = new ObjectMeta { Name = "l", Namespace = "default" },
        Spec = new LimitRangeSpec { Limits = [item] },
    });
}

using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Pods;

public sealed class PodDefaultsTests
{
    [Fact]
    public void Smallest_pod_gets_all_defaults() => CheckCreated<Pod>(
        Named("""{"containers":[{"name":"c","image":"nginx"}]}"""),
        """
        {
          "apiVersion": "v1", "kind": "Pod",
          "metadata": { "name": "a", "namespace": "default", "resourceVersion": "1" },
          "spec": {
            "containers": [{
              "name": "c", "image": "nginx", "imagePullPolicy": "Always", "resources": {},
              "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"
            }],
            "dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "restartPolicy": "Always",
            "schedulerName": "default-scheduler", "securityContext": {}, "terminationGracePeriodSeconds": 30
          },
          "status": { "phase": "Pending", "qosClass": "BestEffort" }
        }
        """);

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.2", "IfNotPresent")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("registry:5000/nginx:1", "IfNotPresent")]
    [InlineData("nginx@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "IfNotPresent")]
    public void Tag_decides_pull_policy(string image, string policy) =>
        Assert.Equal(policy, Read<Pod>(Named($$"""{"containers":[{"name":"c","image":"{{image}}"}]}"""))
            .Spec.Containers[0].ImagePullPolicy);

    [Fact]
    public void Probes_ports_and_volumes_get_theirs()
    {
        var spec = Read<Pod>(Named("""
            {
              "containers": [{ "name": "c", "image": "a:1", "ports": [{ "containerPort": 80 }],
                "env": [{ "name": "N", "valueFrom": { "fieldRef": { "fieldPath": "metadata.name" } } }],
                "livenessProbe": { "httpGet": { "port": "web" } },
                "resources": { "limits": { "cpu": "1", "memory": "1Gi" }, "requests": { "cpu": "100.5m" } } }],
              "volumes": [{ "name": "e" }, { "name": "s", "secret": { "secretName": "s" } },
                { "name": "p", "projected": { "sources": [{ "serviceAccountToken": { "path": "t" } }] } },
                { "name": "h", "hostPath": { "path": "/" } }]
            }
            """)).Spec;
        var container = spec.Containers[0];
        Assert.Equal(Protocol.TCP, container.Ports[0].Protocol);
        Assert.Equal("v1", container.Env[0].ValueFrom!.FieldRef!.ApiVersion);
        Assert.Equal(("/", "HTTP", 1, 10, 1, 3), (
            container.LivenessProbe!.ProbeHandler.HTTPGet!.Path, container.LivenessProbe.ProbeHandler.HTTPGet.Scheme,
            container.LivenessProbe.TimeoutSeconds, container.LivenessProbe.PeriodSeconds,
            container.LivenessProbe.SuccessThreshold, container.LivenessProbe.FailureThreshold));
        Assert.Equal("cpu=101m memory=1Gi",
            string.Join(' ', container.Resources.Requests.Select(r => $"{r.Key}={r.Value}")));
        Assert.Equal(EmptyDirVolumeSource.Empty, spec.Volumes[0].VolumeSource.EmptyDir);
        Assert.Equal(420, spec.Volumes[1].VolumeSource.Secret!.DefaultMode);
        Assert.Equal(3600, spec.Volumes[2].VolumeSource.Projected!.Sources[0].ServiceAccountToken!.ExpirationSeconds);
        Assert.Equal("", spec.Volumes[3].VolumeSource.HostPath!.Type);
    }

    [Theory]
    [InlineData("{}", "BestEffort")]
    [InlineData("""{"requests":{"cpu":"1"}}""", "Burstable")]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"}}""", "Guaranteed")]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"0.5"}}""", "Burstable")]
    public void Resources_decide_quality_of_service(string resources, string quality) =>
        Assert.Equal(quality, Created<Pod>(Named(
            $$"""{"containers":[{"name":"c","image":"a","resources":{{resources}}}]}""")).Status.QOSClass);

    [Fact]
    public void Gated_pod_says_so()
    {
        var condition = Assert.Single(Created<Pod>(Named(
            """{"containers":[{"name":"c","image":"a"}],"schedulingGates":[{"name":"x"}]}""")).Status.Conditions.ToArray());
        Assert.Equal(("PodScheduled", "False", "SchedulingGated"),
            (condition.Type, condition.Status, condition.Reason));
    }

    [Fact]
    public void Host_network_publishes_ports() =>
        Assert.Equal(80, Read<Pod>(Named(
            """{"hostNetwork":true,"containers":[{"name":"c","image":"a","ports":[{"containerPort":80}]}]}"""))
            .Spec.Containers[0].Ports[0].HostPort);
}

using Netes.Api;
using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Machinery;

public sealed class ColumnsTests
{
    private const string Times = "\"creationTimestamp\":\"2026-01-01T03:04:05Z\"";

    [Fact]
    public void Every_kind_has_kubectls_headings()
    {
        var lines = Resources.All.Where(definition => definition.Stored).Select(definition =>
            $"{definition.QualifiedName}: {definition.Accept(new HeadingsOf())}");
        Assert.Equal(ColumnsGolden.Headings, string.Join('\n', lines));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(310, "5m10s")]
    [InlineData(3600, "60m")]
    [InlineData(3 * 3600 + 300, "3h5m")]
    [InlineData(10 * 3600, "10h")]
    [InlineData(50 * 3600, "2d2h")]
    [InlineData(20 * 86400, "20d")]
    [InlineData(1000 * 86400, "2y270d")]
    [InlineData(4000 * 86400L, "10y")]
    [InlineData(-5, "<invalid>")]
    public void Ages_are_human(long seconds, string text) =>
        Assert.Equal(text, Ages.Human(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Deployment_row() => CheckRow<Netes.Api.Apps.Deployment>(
        $$$$"""
        {"metadata":{"name":"a",{{{{Times}}}}},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"a"}},
        "template":{"spec":{"containers":[{"name":"c","image":"i"},{"name":"d","image":"j"}]}}},
        "status":{"readyReplicas":2,"updatedReplicas":3,"availableReplicas":1}}
        """, "a  2/3  3  1  24h | c,d  i,j  app=a");

    [Fact]
    public void Service_rows()
    {
        CheckRow<Service>($$$$"""
            {"metadata":{"name":"a",{{{{Times}}}}},"spec":{"type":"NodePort","clusterIP":"10.96.0.5","clusterIPs":["10.96.0.5"],
            "ports":[{"port":80,"nodePort":30080},{"port":53,"protocol":"UDP"}],"selector":{"app":"a"}}}
            """, "a  NodePort  10.96.0.5  <none>  80:30080/TCP,53/UDP  24h | app=a");
        CheckRow<Service>($$$$"""{"metadata":{"name":"a",{{{{Times}}}}},"spec":{"type":"LoadBalancer"}}""",
            "a  LoadBalancer  <none>  <pending>  <none>  24h | <none>");
        CheckRow<Service>(
            $$$$"""{"metadata":{"name":"a",{{{{Times}}}}},"spec":{"type":"ExternalName","externalName":"x.y"}}""",
            "a  ExternalName  <none>  x.y  <none>  24h | <none>");
    }

    [Fact]
    public void Node_row() => CheckRow<Netes.Api.Core.Node>(
        $$$$"""
        {"metadata":{"name":"n",{{{{Times}}}},"labels":{"node-role.kubernetes.io/control-plane":"","kubernetes.io/role":"x"}},
        "spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],
        "addresses":[{"type":"InternalIP","address":"10.0.0.1"}],"nodeInfo":{"kubeletVersion":"v1.36.0","osImage":"Debian"}}}
        """, "n  Ready,SchedulingDisabled  control-plane,x  24h  v1.36.0 | 10.0.0.1  <none>  Debian  <unknown>  <unknown>");

    [Fact]
    public void Event_row() => CheckRow<Event>(
        """
        {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","fieldPath":"spec.containers{c}"},"reason":"Pulled",
        "message":" done ","type":"Normal","source":{"component":"kubelet","host":"n"},"count":2,
        "firstTimestamp":"2026-01-02T03:00:05Z","lastTimestamp":"2026-01-02T03:03:55Z"}
        """, "10s  Normal  Pulled  pod/p  done | spec.containers{c}  kubelet, n  4m  2  e");

    [Fact]
    public void Job_row() => CheckRow<Netes.Api.Batch.Job>(
        $$$$"""
        {"metadata":{"name":"j",{{{{Times}}}}},"spec":{"completions":3,"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}},
        "status":{"succeeded":3,"startTime":"2026-01-02T03:00:00Z","completionTime":"2026-01-02T03:00:09Z",
        "conditions":[{"type":"Complete","status":"True"}]}}
        """, "j  Complete  3/3  9s  24h | c  i  <none>");

    [Fact]
    public void Autoscaler_row() => CheckRow<Netes.Api.Autoscaling.HorizontalPodAutoscaler>(
        $$$$"""
        {"metadata":{"name":"h",{{{{Times}}}}},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"minReplicas":1,"maxReplicas":5,
        "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]},
        "status":{"currentReplicas":2,"desiredReplicas":2,
        "currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":12,"averageValue":"1m"}}}]}}
        """, "h  Deployment/d  cpu: 12%/80%  1  5  2  24h");

    private sealed class HeadingsOf : IResourceVisitor<string>
    {
        public string Visit<T>(ResourceDefinition<T> definition)
            where T : class, IResource<T> => Headings<T>();
    }
}

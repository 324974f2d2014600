using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Pods;

public sealed class PodColumnsTests
{
    [Theory]
    [InlineData("fresh", """{"phase":"Pending"}""", "a  0/1  Pending  0  5m")]
    [InlineData("being created",
        """{"phase":"Pending","containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ContainerCreating"}}}]}""",
        "a  0/1  ContainerCreating  0  5m")]
    [InlineData("running",
        """{"phase":"Running","containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}]}""",
        "a  1/1  Running  0  5m")]
    [InlineData("restarted", """
        {"phase":"Running","containerStatuses":[{"name":"c","ready":true,"restartCount":2,"state":{"running":{}},
        "lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-01-02T03:01:05Z"}}}]}
        """, "a  1/1  Running  2 (3m ago)  5m")]
    [InlineData("crashing", """
        {"phase":"Running","containerStatuses":[{"name":"c","restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}
        """, "a  0/1  CrashLoopBackOff  1  5m")]
    [InlineData("completed",
        """{"phase":"Succeeded","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""",
        "a  0/1  Completed  0  5m")]
    [InlineData("failed without a reason",
        """{"phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":3}}}]}""",
        "a  0/1  ExitCode:3  0  5m")]
    [InlineData("evicted", """{"phase":"Failed","reason":"Evicted"}""", "a  0/1  Evicted  0  5m")]
    [InlineData("gated",
        """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}""",
        "a  0/1  SchedulingGated  0  5m")]
    public void Status_is_one_word(string what, string status, string row)
    {
        Assert.NotEmpty(what);
        CheckRow<Pod>(Json("""{"containers":[{"name":"c","image":"a"}]}""", status),
            row + " | <none>  <none>  <none>  <none>");
    }

    [Theory]
    [InlineData("""{"name":"i","state":{"running":{}}}""", "0/1  Init:0/2")]
    [InlineData("""{"name":"i","state":{"waiting":{"reason":"PodInitializing"}}}""", "0/1  Init:0/2")]
    [InlineData("""{"name":"i","state":{"waiting":{"reason":"ErrImagePull"}}}""", "0/1  Init:ErrImagePull")]
    [InlineData("""{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}""", "0/1  Init:Error")]
    [InlineData("""{"name":"i","state":{"terminated":{"exitCode":0}}},{"name":"j","state":{"running":{}}}""",
        "0/1  Init:1/2")]
    public void Init_containers_come_first(string statuses, string cells) => CheckRow<Pod>(
        Json("""{"initContainers":[{"name":"i","image":"a"},{"name":"j","image":"a"}],"containers":[{"name":"c","image":"a"}]}""",
            $$$"""{"phase":"Pending","initContainerStatuses":[{{{statuses}}}]}"""),
        $"a  {cells}  0  5m | <none>  <none>  <none>  <none>");

    [Fact]
    public void Sidecar_counts_as_a_container() => CheckRow<Pod>(
        Json("""{"nodeName":"n","initContainers":[{"name":"i","image":"a","restartPolicy":"Always"}],"containers":[{"name":"c","image":"a"}]}""",
            """
            {"phase":"Running","podIP":"10.244.0.2","podIPs":[{"ip":"10.244.0.2"}],
            "initContainerStatuses":[{"name":"i","started":true,"ready":true,"state":{"running":{}}}],
            "containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}]}
            """),
        "a  2/2  Running  0  5m | 10.244.0.2  n  <none>  <none>");

    [Theory]
    [InlineData("", "1/2  NotReady")]
    [InlineData("""{"type":"Ready","status":"True"}""", "1/2  Running")]
    public void Pod_with_one_container_done_still_runs(string condition, string cells) => CheckRow<Pod>(
        Json("""{"containers":[{"name":"c","image":"a"},{"name":"d","image":"a"}]}""", $$$$"""
            {"phase":"Running","conditions":[{{{{condition}}}}],"containerStatuses":[
            {"name":"c","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},
            {"name":"d","ready":true,"state":{"running":{}}}]}
            """),
        $"a  {cells}  0  5m | <none>  <none>  <none>  <none>");

    [Fact]
    public void Deleted_pod_is_terminating() => CheckRow<Pod>(
        """
        {"metadata":{"name":"a","creationTimestamp":"2026-01-02T02:59:05Z","deletionTimestamp":"2026-01-02T03:04:05Z"},
        "spec":{"containers":[{"name":"c","image":"a"}]},"status":{"phase":"Running"}}
        """, "a  0/1  Terminating  0  5m | <none>  <none>  <none>  <none>");

    private static string Json(string spec, string status) =>
        $$$"""{"metadata":{"name":"a","creationTimestamp":"2026-01-02T02:59:05Z"},"spec":{{{spec}}},"status":{{{status}}}}""";
}

using System.Text;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.Tests.Api.Codecs;

public sealed class JsonCodecTests
{
    [Fact]
    public void Empty_pod_is_written_with_the_structs_that_Go_never_omits() => Assert.Equal(
        """{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":null},"status":{}}""",
        Encoding.UTF8.GetString(JsonCodec.Encode(Pod.Empty)));

    [Fact]
    public void Deployment_survives_the_round_trip_with_quantities_in_canonical_form()
    {
        const string Json = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"b":"2","a":"1"}},
            "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"creationTimestamp":null},
            "spec":{"containers":[{"name":"c","image":"x","resources":{"limits":{"cpu":0.5,"memory":"1.5Gi"}},
            "ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"port":"http","path":"\/ok"}}}],
            "volumes":[{"name":"v","emptyDir":{}}]}}}}
            """;
        const string Canonical = """
            {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","labels":{"a":"1","b":"2"}},
            "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{},
            "spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":[{"name":"c","image":"x",
            "ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"500m","memory":"1536Mi"}},
            "readinessProbe":{"httpGet":{"path":"/ok","port":"http"}}}]}},"strategy":{}},"status":{}}
            """;
        Assert.Equal(
            Canonical.Replace("\n", ""),
            Encoding.UTF8.GetString(JsonCodec.Encode(Decode<Deployment>(Json).Value!)));
    }

    [Fact]
    public void Unknown_and_duplicate_fields_are_reported_with_their_path_in_order()
    {
        const string Json = """
            {"spec":{"replicas":1,"replicas":2,"template":{"spec":{"containers":[{"name":"a"},{"name":"b","imagee":{"x":[1]}}],
            "volumes":[{"name":"v","hostPathh":{}}]},"metadata":{"labels":{"a":"1","a":"2"}}}},"bogus":1}
            """;
        var result = Decode<Deployment>(Json);
        Assert.Equal(
            [
                "duplicate field \"spec.replicas\"",
                "unknown field \"spec.template.spec.containers[1].imagee\"",
                "unknown field \"spec.template.spec.volumes[0].hostPathh\"",
                "duplicate field \"spec.template.metadata.labels.a\"",
                "unknown field \"bogus\"",
            ],
            result.StrictErrors);
        Assert.Equal(2, result.Value!.Spec.Replicas);
    }

    private static DecodeResult<T> Decode<T>(string json)
        where T : class, IApiType<T> => JsonCodec.Decode<T>(Encoding.UTF8.GetBytes(json));
}

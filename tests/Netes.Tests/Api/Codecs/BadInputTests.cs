using System.Text;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.Tests.Api.Codecs;

/// <summary>Goal: bad bodies give Kubernetes' words, and never anything but a result.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("""{"spec":{"replicas":"2"}}""",
        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":1.5}}""",
        "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""",
        "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a"},{"env":[{"value":true}]}]}}}}""",
        "json: cannot unmarshal bool into Go struct field EnvVar.spec.template.spec.containers.env.value of type string")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{}}}}}""",
        "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":["x"]}}}}""",
        "json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"x"}}}]}}}}""",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type v1.Deployment")]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("{'a':1}", @"invalid character '\'' looking for beginning of object key string")]
    [InlineData("""{"a":tru}""", "invalid character '}' in literal true (expecting 'e')")]
    [InlineData("""{"a":1,}""", "invalid character '}' looking for beginning of object key string")]
    [InlineData("""{"a":[1 2]}""", "invalid character '2' after array element")]
    [InlineData("""{} x""", "invalid character 'x' after top-level value")]
    public void Error_is_in_Go_words(string json, string message) =>
        Assert.Equal(message, JsonCodec.Decode<Deployment>(Encoding.UTF8.GetBytes(json)).Error);

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        var json = """{"spec":{"x":""" + new string('[', 600) + new string(']', 600) + "}}";
        Assert.Equal("exceeded max depth", JsonCodec.Decode<Deployment>(Encoding.UTF8.GetBytes(json)).Error);
    }

    [Fact]
    public void Escaped_names_and_texts_are_read_and_lone_surrogates_replaced()
    {
        var pod = JsonCodec.Decode<Pod>("""{"m\u0065tadata":{"name":"\ud83d\ude00\ud800x\n"}}"""u8.ToArray()).Value!;
        Assert.Equal("\U0001F600\uFFFDx\n", pod.Metadata.Name);
    }

    [Fact]
    public void Strict_errors_are_capped()
    {
        var json = "{" + string.Join(",", Enumerable.Range(0, 500).Select(i => $"\"f{i}\":1")) + "}";
        Assert.Equal(100, JsonCodec.Decode<Pod>(Encoding.UTF8.GetBytes(json)).StrictErrors.Count);
    }

    [Fact]
    public void Random_changes_of_a_JSON_body_give_a_result()
    {
        var body = Encoding.UTF8.GetBytes(SchemaFiller.Fill(Deployment.WireSchema).ToJsonString());
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var result = JsonCodec.Decode<Deployment>(Damage(body, random));
            Assert.True(result.Value is null != result.Error is null);
        }
    }

    [Fact]
    public void Random_changes_of_a_protobuf_body_give_a_result_that_can_be_written()
    {
        var filled = Encoding.UTF8.GetBytes(SchemaFiller.Fill(Pod.WireSchema).ToJsonString());
        var body = ProtoCodec.Encode(JsonCodec.Decode<Pod>(filled).Value!);
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var result = ProtoCodec.Decode<Pod>(Damage(body, random));
            Assert.True(result.Value is null != result.Error is null);
            if (result.Value is not null)
            {
                Assert.Null(JsonCodec.Decode<Pod>(JsonCodec.Encode(result.Value)).Error);
            }
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        var damaged = body.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }
}

using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Tests.Api.Codecs;

namespace Netes.Tests.Api.Yaml;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, 'y', \"z\"]\nc: {d: null, e: ~}",
        """{"a":1,"b":["x","y","z"],"c":{"d":null,"e":null}}""")]
    [InlineData("[yes, no, on, Off, y, N, true, FALSE]", "[true,false,true,false,true,false,true,false]")]
    [InlineData("['yes', \"1\", !!str 1, 1.5.2, 1Gi, 0x1g]", """["yes","1","1","1.5.2","1Gi","0x1g"]""")]
    [InlineData("[0x1F, 017, 0o17, 0b11, 1_000, -5, +7, 18446744073709551615]",
        "[31,15,15,3,1000,-5,7,18446744073709551615]")]
    [InlineData("[1.50, 1e3, .5, -2.5E-3, 1.]", "[1.5,1000,0.5,-0.0025,1]")]
    [InlineData("2026-04-22: 2026-04-22T10:11:12Z", """{"2026-04-22":"2026-04-22T10:11:12Z"}""")]
    [InlineData("1: a\ntrue: b\n1.5: c", """{"1":"a","true":"b","1.5":"c"}""")]
    [InlineData("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: {<<: *x, b: 3}",
        """{"a":{"b":1},"c":{"b":1},"d":{"e":2,"b":1},"f":{"b":3}}""")]
    [InlineData("a: |\n  x\n  y\nb: >-\n  x\n  y\n", """{"a":"x\ny\n","b":"x y"}""")]
    [InlineData("a: 1\na: 2", """{"a":2}""")]
    [InlineData("", "null")]
    [InlineData("a: 1\n---\nb: 2", """{"a":1}""")]
    public void Yaml_becomes_the_JSON_that_Kubernetes_reads(string yaml, string json)
    {
        Assert.True(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out var actual, out var error), error);
        Assert.Equal(json, Encoding.UTF8.GetString(actual));
    }

    [Theory]
    [InlineData("a: b: c", "yaml: line 1: ")]
    [InlineData("a: [1\nb: 2", "yaml: ")]
    [InlineData("x: 1\ny: *none", "yaml: line 2: unknown anchor 'none' referenced")]
    [InlineData("a: .nan", "json: unsupported value: NaN")]
    [InlineData("{a: 1, <<: 3}", "yaml: map merge requires map or sequence of maps as the value")]
    public void Bad_yaml_says_where(string yaml, string start)
    {
        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out _, out var error));
        Assert.StartsWith(start, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_that_stands_twice_is_refused_when_strict()
    {
        Assert.False(YamlToJson.TryConvertStrict("a: 1\nb: 2\na: 3"u8, out _, out var error));
        Assert.Equal("yaml: unmarshal errors:\n  line 3: key \"a\" already set in map", error);
    }

    [Fact]
    public void Aliases_of_aliases_are_bounded()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml.ToString()), out _, out var error));
        Assert.Equal("yaml: line 6: document contains excessive aliasing", error);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var yaml = new string('[', 900) + new string(']', 900);
        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out _, out _));
    }

    [Fact]
    public void Documents_of_a_stream_come_with_their_lines()
    {
        Assert.True(YamlToJson.TryConvertAll("# first\na: 1\n---\n---\nb: 2\n", out var documents, out _));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], documents.Select(document => Encoding.UTF8.GetString(document.Json)));
        Assert.Equal(4, documents[1].Line);
    }

    [Theory]
    [InlineData("""{"b":[1,{"x":"y","a":[]}],"a":{},"c":null}""", "a: {}\nb:\n- 1\n- a: []\n  x: \"y\"\nc: null\n")]
    [InlineData("""{"a":"true","b":"1","c":"","d":"x: y","e":"- x","f":"it's #1","g":"#x","h":"12:30:45"}""",
        "a: \"true\"\nb: \"1\"\nc: \"\"\nd: 'x: y'\ne: '- x'\nf: 'it''s #1'\ng: '#x'\nh: \"12:30:45\"\n")]
    [InlineData("""{"a":{"b":"x\ny\n","c":"x\n\ny"}}""", "a:\n  b: |\n    x\n    y\n  c: |-\n    x\n\n    y\n")]
    [InlineData("""[[1,[2]],"\u0001"]""", "- - 1\n  - - 2\n- \"\\u0001\"\n")]
    public void Json_becomes_block_style(string json, string yaml)
    {
        Assert.Equal(yaml, JsonToYaml.Convert(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Every_field_of_a_pod_survives_YAML()
    {
        var json = Encoding.UTF8.GetBytes(SchemaFiller.Fill(Pod.WireSchema).ToJsonString());
        Assert.True(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(JsonToYaml.Convert(json)), out var again,
            out var error), error);
        Assert.Equal(JsonCodec.Decode<Pod>(json).Value, JsonCodec.Decode<Pod>(again).Value);
    }
}

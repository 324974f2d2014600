using System.Text;
using System.Text.Json;
using Netes.Api;

namespace Netes.Tests.Api.Codecs;

/// <summary>Goal: no field of any kind is lost or changed on its way through JSON and protobuf.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Kinds { get; } =
        [.. Resources.Known.Select(resource => $"{resource.ApiVersion} {resource.Kind}").Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_survives_JSON_and_protobuf(string kind) =>
        Resources.Known.First(resource => $"{resource.ApiVersion} {resource.Kind}" == kind).Accept(new Check());

    private sealed class Check : IResourceVisitor<bool>
    {
        public bool Visit<T>(ResourceDefinition<T> definition)
            where T : class, IResource<T>
        {
            var filled = SchemaFiller.Fill(T.WireSchema).ToJsonString();
            var decoded = JsonCodec.Decode<T>(Encoding.UTF8.GetBytes(filled));
            Assert.Null(decoded.Error);
            Assert.Empty(decoded.StrictErrors);
            var json = Encoding.UTF8.GetString(JsonCodec.Encode(decoded.Value!));
            using (var expected = JsonDocument.Parse(filled))
            using (var actual = JsonDocument.Parse(json))
            {
                Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), json);
            }

            var proto = ProtoCodec.Encode(decoded.Value!);
            Assert.True(ProtoCodec.TryPeek(proto, out var apiVersion, out var name));
            Assert.Equal((T.ApiVersion, T.Kind), (apiVersion, name));
            var again = ProtoCodec.Decode<T>(proto);
            Assert.Null(again.Error);
            Assert.Equal(json, Encoding.UTF8.GetString(JsonCodec.Encode(again.Value!)));
            Assert.Equal(decoded.Value, again.Value);
            Assert.Equal(decoded.Value!.GetHashCode(), again.Value!.GetHashCode());
            return true;
        }
    }
}

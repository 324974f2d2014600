using Netes.Api;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Rendering;

/// <summary>Answers that are values of a kind and not stored objects: scales, statuses, reviews.</summary>
internal static class Values
{
    public static ApiResult Answer<T>(RequestContext context, T value, int statusCode = 200)
        where T : class, IApiKind<T>
    {
        var format = ResponseFormat.Negotiate(context.Call.Headers["Accept"], FormatsOffered.Values);
        return format.IsProtobuf
            ? Answers.Bytes(ProtoCodec.Encode(value), MediaTypes.Protobuf, statusCode)
            : format.IsYaml ? Answers.Bytes(Yaml.FromJson(JsonCodec.Encode(value)), MediaTypes.Yaml, statusCode)
            : Answers.Json(value, statusCode);
    }
}

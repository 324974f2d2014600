using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using System.Web;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.NodeTests.Pods;

/// <summary>
/// Objects in memory behind the paths of the API: enough for a node agent alone (get, list, create, update, delete,
/// watch, field selector on the node), without defaults, validation or authorization.
/// </summary>
public sealed class SmallApi : IApiTransport
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, string Node, Channel<string> Events)> watchers = [];
    private long revision = 1;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every status of every pod, in the order in which they were written.</summary>
    public ConcurrentQueue<JsonNode> PodStatuses { get; } = new();

    /// <summary>Ends with the next change of any object.</summary>
    public Task NextChange
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var parts = request.PathAndQuery.Split('?', 2);
        var query = HttpUtility.ParseQueryString(parts.Length > 1 ? parts[1] : "");
        lock (gate)
        {
            var answer = request.Method.Method switch
            {
                "GET" when query["watch"] == "true" => Watch(parts[0], query["fieldSelector"] ?? ""),
                "GET" when IsCollection(parts[0]) => List(parts[0], query["fieldSelector"] ?? ""),
                "GET" => objects.TryGetValue(parts[0], out var found) ? Answer(200, found) : NotFound(),
                "POST" when parts[0].EndsWith("/token", StringComparison.Ordinal) => Answer(201, Token()),
                "POST" => Create(parts[0], Parse(request)),
                "PUT" => Update(parts[0], Parse(request)),
                "PATCH" => Patch(parts[0], request),
                "DELETE" => Delete(parts[0], request.Body.IsEmpty ? [] : Parse(request)),
                _ => Answer(405, Failure("MethodNotAllowed", 405)),
            };
            return Task.FromResult(answer);
        }
    }

    private static JsonObject Token() => new()
    {
        ["status"] = new JsonObject { ["token"] = "a-token", ["expirationTimestamp"] = "2099-01-01T00:00:00Z" },
    };

    private static bool IsCollection(string path)
    {
        var parts = path.Trim('/').Split('/');
        var root = parts[0] == "api" ? 2 : 3;
        var rest = parts.Length - root;
        return rest == 1 || (rest == 3 && parts[root] == "namespaces");
    }

    private static JsonObject Parse(ApiRequest request) => JsonNode.Parse(request.Body.Span)!.AsObject();

    private ApiResponse Create(string collection, JsonObject value)
    {
        var metadata = value["metadata"]!.AsObject();
        var path = $"{collection}/{metadata["name"]}";
        if (objects.ContainsKey(path))
        {
            return Answer(409, Failure("AlreadyExists", 409));
        }

        metadata["uid"] ??= Guid.NewGuid().ToString();
        metadata["creationTimestamp"] ??= "2026-01-01T00:00:00Z";
        return Answer(201, Put(path, value, "ADDED"));
    }

    private ApiResponse Update(string path, JsonObject value)
    {
        var isStatus = path.EndsWith("/status", StringComparison.Ordinal);
        path = isStatus ? path[..^"/status".Length] : path;
        if (!objects.TryGetValue(path, out var old))
        {
            return NotFound();
        }

        var sent = (string?)value["metadata"]?["resourceVersion"];
        if (!string.IsNullOrEmpty(sent) && sent != (string?)old["metadata"]!["resourceVersion"])
        {
            return Answer(409, Failure("Conflict", 409));
        }

        if (isStatus)
        {
            var next = old.DeepClone().AsObject();
            next["status"] = value["status"]?.DeepClone();
            value = next;
            if (path.Contains("/pods/", StringComparison.Ordinal))
            {
                PodStatuses.Enqueue(value["status"]!.DeepClone());
            }
        }

        return Answer(200, Put(path, value, "MODIFIED"));
    }

    private ApiResponse Patch(string path, ApiRequest request)
    {
        var isStatus = path.EndsWith("/status", StringComparison.Ordinal);
        if (!objects.TryGetValue(isStatus ? path[..^"/status".Length] : path, out var old))
        {
            return NotFound();
        }

        var document = System.Text.Encoding.UTF8.GetBytes(old.ToJsonString());
        var schema = path.Contains("/pods/", StringComparison.Ordinal) ? Pod.WireSchema
            : path.Contains("/nodes/", StringComparison.Ordinal) ? Api.Core.Node.WireSchema : Event.WireSchema;
        var result = request.ContentType == MergePatch.MediaType
            ? MergePatch.Apply(document, request.Body.Span)
            : StrategicMergePatch.Apply(schema, document, request.Body.Span);
        var next = JsonNode.Parse(result.Value)!.AsObject();
        return (string?)next["metadata"]!["uid"] == (string?)old["metadata"]!["uid"]
            ? Update(path, next) : Answer(409, Failure("Conflict", 409));
    }

    private ApiResponse Delete(string path, JsonObject options)
    {
        if (!objects.TryGetValue(path, out var old))
        {
            return NotFound();
        }

        var seconds = (long?)options["gracePeriodSeconds"]
            ?? (long?)old["spec"]?["terminationGracePeriodSeconds"] ?? 30;
        if (path.Contains("/pods/", StringComparison.Ordinal) && seconds > 0)
        {
            var next = old.DeepClone().AsObject();
            next["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
            next["metadata"]!["deletionGracePeriodSeconds"] = seconds;
            return Answer(200, Put(path, next, "MODIFIED"));
        }

        objects.Remove(path);
        Tell(path, "DELETED", old);
        return Answer(200, old);
    }

    private JsonObject Put(string path, JsonObject value, string type)
    {
        value = value.DeepClone().AsObject();
        value["metadata"]!["resourceVersion"] = (++revision).ToString(CultureInfo.InvariantCulture);
        objects[path] = value;
        Tell(path, type, value);
        return value;
    }

    private void Tell(string path, string type, JsonObject value)
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = new JsonObject { ["type"] = type, ["object"] = value.DeepClone() }.ToJsonString() + "\n";
        foreach (var watcher in watchers.Where(item => Matches(item.Prefix, item.Node, path, value)))
        {
            watcher.Events.Writer.TryWrite(line);
        }
    }

    private ApiResponse List(string collection, string selector)
    {
        var items = new JsonArray();
        foreach (var (path, value) in objects.Where(pair => Matches(collection, Node(selector), pair.Key, pair.Value)))
        {
            items.Add(value.DeepClone());
        }

        return Answer(200, new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) },
            ["items"] = items,
        });
    }

    private ApiResponse Watch(string collection, string selector)
    {
        var channel = Channel.CreateBounded<string>(10_000);
        watchers.Add((collection, Node(selector), channel));
        return new(200, "application/json", new LineStream(channel.Reader), null);
    }

    private static string Node(string selector) =>
        selector.StartsWith("spec.nodeName=", StringComparison.Ordinal) ? selector["spec.nodeName=".Length..] : "";

    private static bool Matches(string collection, string node, string path, JsonObject value)
    {
        var kind = collection[(collection.LastIndexOf('/') + 1)..];
        var root = collection[..collection.LastIndexOf('/')];
        return path.StartsWith(root + "/", StringComparison.Ordinal)
            && path.Contains($"/{kind}/", StringComparison.Ordinal)
            && (node.Length == 0 || (string?)value["spec"]?["nodeName"] == node);
    }

    private static ApiResponse NotFound() => Answer(404, Failure("NotFound", 404));

    private static JsonObject Failure(string reason, int code) => new()
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = reason, ["code"] = code,
        ["message"] = reason,
    };

    private static ApiResponse Answer(int code, JsonObject body) =>
        new(code, "application/json", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
}

/// <summary>The lines of a watch as a stream that never ends by itself.</summary>
internal sealed class LineStream(ChannelReader<string> lines) : Stream
{
    private ReadOnlyMemory<byte> rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (rest.IsEmpty)
        {
            rest = System.Text.Encoding.UTF8.GetBytes(await lines.ReadAsync(cancellationToken));
        }

        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        return;
    }
}

using System.Text.Json;
using Netes.Api;

namespace Netes.ApiServer.Authentication;

/// <summary>An object that a token names: good only while it lives with that uid.</summary>
public sealed record BoundObject(string Name, string Uid);

/// <summary>What a service account token says. Source: pkg/serviceaccount/claims.go.</summary>
public sealed record ServiceAccountClaims
{
    public required string Issuer { get; init; }

    public ValueList<string> Audiences { get; init; }

    public required long IssuedAt { get; init; }

    public required long NotBefore { get; init; }

    public required long Expires { get; init; }

    public string Id { get; init; } = "";

    public required string Namespace { get; init; }

    public required BoundObject ServiceAccount { get; init; }

    public BoundObject? Pod { get; init; }

    public BoundObject? Secret { get; init; }

    public BoundObject? Node { get; init; }

    public string Subject => UserName(Namespace, ServiceAccount.Name);

    public static string UserName(string namespaceName, string name) => $"system:serviceaccount:{namespaceName}:{name}";

    public UserIdentity ToUser()
    {
        var extra = new List<KeyValuePair<string, ValueList<string>>>();
        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                extra.Add(KeyValuePair.Create($"authentication.kubernetes.io/{key}", (ValueList<string>)[value]));
            }
        }

        Add("credential-id", Id.Length == 0 ? "" : $"JTI={Id}");
        Add("pod-name", Pod?.Name ?? "");
        Add("pod-uid", Pod?.Uid ?? "");
        Add("node-name", Node?.Name ?? "");
        Add("node-uid", Node?.Uid ?? "");
        return new UserIdentity
        {
            Name = Subject,
            Uid = ServiceAccount.Uid,
            Groups = [KnownGroups.ServiceAccounts, $"{KnownGroups.ServiceAccounts}:{Namespace}"],
            Extra = extra.ToValueMap(),
        };
    }

    /// <summary>The payload as JSON, members in alphabetical order as Go writes them.</summary>
    public byte[] Write()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("aud"u8);
            foreach (var audience in Audiences)
            {
                json.WriteStringValue(audience);
            }

            json.WriteEndArray();
            json.WriteNumber("exp"u8, Expires);
            json.WriteNumber("iat"u8, IssuedAt);
            json.WriteString("iss"u8, Issuer);
            json.WriteString("jti"u8, Id);
            json.WriteStartObject("kubernetes.io"u8);
            json.WriteString("namespace"u8, Namespace);
            Write(json, "node", Node);
            Write(json, "pod", Pod);
            Write(json, "secret", Secret);
            Write(json, "serviceaccount", ServiceAccount);
            json.WriteEndObject();
            json.WriteNumber("nbf"u8, NotBefore);
            json.WriteString("sub"u8, Subject);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The claims; null when one that must be there is not, or is of a wrong type.</summary>
    public static ServiceAccountClaims? Read(JsonElement root)
    {
        if (Text(root, "iss") is not { } issuer || Text(root, "sub") is not { } subject
            || Number(root, "exp") is not { } expires
            || ReadAudiences(root) is not { } audiences
            || !root.TryGetProperty("kubernetes.io", out var own) || own.ValueKind != JsonValueKind.Object
            || Text(own, "namespace") is not { Length: > 0 } namespaceName
            || ReadBound(own, "serviceaccount") is not { Name.Length: > 0, Uid.Length: > 0 } account)
        {
            return null;
        }

        var claims = new ServiceAccountClaims
        {
            Issuer = issuer,
            Audiences = audiences,
            IssuedAt = Number(root, "iat") ?? 0,
            NotBefore = Number(root, "nbf") ?? 0,
            Expires = expires,
            Id = Text(root, "jti") ?? "",
            Namespace = namespaceName,
            ServiceAccount = account,
            Pod = ReadBound(own, "pod"),
            Secret = ReadBound(own, "secret"),
            Node = ReadBound(own, "node"),
        };
        return subject == claims.Subject ? claims : null;
    }

    private static void Write(Utf8JsonWriter json, string name, BoundObject? bound)
    {
        if (bound is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("name"u8, bound.Name);
        json.WriteString("uid"u8, bound.Uid);
        json.WriteEndObject();
    }

    private static ValueList<string>? ReadAudiences(JsonElement root)
    {
        if (!root.TryGetProperty("aud", out var audiences))
        {
            return null;
        }

        return audiences.ValueKind switch
        {
            JsonValueKind.String => [audiences.GetString()!],
            JsonValueKind.Array when audiences.EnumerateArray()
                .All(static item => item.ValueKind == JsonValueKind.String) =>
                audiences.EnumerateArray().Select(static item => item.GetString()!).ToValueList(),
            _ => null,
        };
    }

    private static BoundObject? ReadBound(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Object
            ? new BoundObject(Text(bound, "name") ?? "", Text(bound, "uid") ?? "")
            : null;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number) ? number : null;
}

using System.Text;
using Netes.Api;

namespace Netes.Client;

/// <summary>A change to an object: its media type and its bytes.</summary>
public sealed record Patch(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>For server-side apply: the manager's name; for others it may stay empty.</summary>
    public string FieldManager { get; init; } = "";

    /// <summary>For server-side apply: take over the fields of other managers.</summary>
    public bool Force { get; init; }

    /// <summary>RFC 7386.</summary>
    public static Patch Merge(string json) => new(MediaTypes.MergePatch, Encoding.UTF8.GetBytes(json));

    /// <summary>RFC 6902.</summary>
    public static Patch Json(string json) => new(MediaTypes.JsonPatch, Encoding.UTF8.GetBytes(json));

    /// <summary>A merge that knows the keys of Kubernetes' lists.</summary>
    public static Patch Strategic(string json) => new(MediaTypes.StrategicMergePatch, Encoding.UTF8.GetBytes(json));

    /// <summary>Server-side apply of what <paramref name="manager"/> wants (as JSON, which is YAML too).</summary>
    public static Patch Apply(string json, string manager, bool force) =>
        new(MediaTypes.ApplyPatch, Encoding.UTF8.GetBytes(json)) { FieldManager = manager, Force = force };
}

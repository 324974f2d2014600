using System.Collections.Immutable;
using System.Text.Json;
using Netes.Api;

namespace Netes.Nodes.Devices;

/// <summary>What a device changes about a container that gets it: the object <c>containerEdits</c> of CDI.</summary>
/// <param name="Device">The device, or the kind whose devices all change this.</param>
/// <param name="Content">The object.</param>
internal readonly record struct CdiEdits(string Device, JsonElement Content);

/// <summary>
/// The specifications of devices that drivers write on a machine, one kind of devices in a file.
/// Source: the Container Device Interface, SPEC.md; tags.cncf.io/container-device-interface/pkg/cdi (cache.go).
/// </summary>
internal static class CdiSpecs
{
    /// <summary>The edits of devices, in their order; those of a kind come once, before its first device's.</summary>
    /// <param name="folders">Where to look; what a later one has replaces what an earlier one has.</param>
    /// <param name="devices">Names: <c>vendor.com/class=name</c>.</param>
    /// <exception cref="DeviceException">A device is in no file, or in two of one folder.</exception>
    public static ImmutableArray<CdiEdits> Find(ImmutableArray<string> folders, ImmutableArray<string> devices)
    {
        var known = new Dictionary<string, Found?>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(Directory.Exists))
        {
            foreach (var (name, found) in ReadFolder(folder))
            {
                known[name] = found;
            }
        }

        var missing = devices.Where(name => known.GetValueOrDefault(name) is null).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            throw new DeviceException(
                $"CDI device injection failed: unresolvable CDI devices {string.Join(", ", missing)}");
        }

        var edits = ImmutableArray.CreateBuilder<CdiEdits>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in devices)
        {
            var found = known[name]!;
            if (found.Common is { } common && files.Add(found.File))
            {
                edits.Add(new(found.Kind, common));
            }

            if (found.Own is { } own)
            {
                edits.Add(new(name, own));
            }
        }

        return edits.ToImmutable();
    }

    /// <summary>Null stands for a device that two files describe.</summary>
    private static Dictionary<string, Found?> ReadFolder(string folder)
    {
        var known = new Dictionary<string, Found?>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(file) is ".json" or ".yaml")
            {
                foreach (var (name, found) in ReadFile(file))
                {
                    known[name] = known.ContainsKey(name) ? null : found;
                }
            }
        }

        return known;
    }

    /// <summary>Nothing when it is no specification: others' files are not this pod's concern.</summary>
    private static IEnumerable<(string Name, Found Device)> ReadFile(string file)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its driver takes it away or writes it anew.
            return [];
        }

        if (!YamlToJson.TryConvert(text, out var json, out _))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        var spec = document.RootElement.Clone();
        if (spec.ValueKind != JsonValueKind.Object || Text(spec, "kind") is not { Length: > 0 } kind)
        {
            return [];
        }

        var common = Edits(spec);
        return Items(spec, "devices").Select(device => (
            $"{kind}={Text(device, "name")}", new Found(file, kind, common, Edits(device))));
    }

    /// <summary>The text of a member; empty when it is not there.</summary>
    public static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found)
            && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";

    /// <summary>The items of a member; none when it is not there.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found)
            && found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [];

    private static JsonElement? Edits(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("containerEdits", out var found)
            && found.ValueKind == JsonValueKind.Object ? found : null;

    private sealed record Found(string File, string Kind, JsonElement? Common, JsonElement? Own);
}

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>
/// The file that remembers prepared claims over restarts of the agent, in a kubelet's format: what was prepared is
/// given back also when its pod went while no agent was there.
/// Source: pkg/kubelet/cm/dra/state/checkpoint.go, types.go; pkg/kubelet/checkpointmanager.
/// </summary>
internal static class ClaimCheckpoint
{
    private const string Kind = "DRACheckpoint";
    private const string ApiVersion = "checkpoint.dra.kubelet.k8s.io/v1";
    private const string KeyOfClaims = "ClaimInfoStateList";

    /// <summary>Nothing when there is no file.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static ImmutableArray<PreparedClaim> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            var data = file.RootElement.GetProperty("Data").GetString() ?? "";
            if (file.RootElement.GetProperty("Checksum").GetUInt32() != ChecksumOf(Encoding.UTF8.GetBytes(data)))
            {
                throw new InvalidDataException("checkpoint is corrupted");
            }

            using var content = JsonDocument.Parse(data);
            return content.RootElement.TryGetProperty(KeyOfClaims, out var claims)
                && claims.ValueKind == JsonValueKind.Array
                ? [.. claims.EnumerateArray().Select(ReadClaim)] : [];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException("checkpoint is corrupted: " + error.Message, error);
        }
    }

    /// <summary>Replaces the file at once; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<PreparedClaim> claims)
    {
        var data = Text(json => WriteClaims(json, claims));
        var file = Text(json =>
        {
            json.WriteStartObject();
            json.WriteString("Data", data);
            json.WriteNumber("Checksum", ChecksumOf(data));
            json.WriteEndObject();
        });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            stream.Write(file);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static byte[] Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteClaims(Utf8JsonWriter json, IEnumerable<PreparedClaim> claims)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("apiVersion", ApiVersion);
        json.WriteStartArray(KeyOfClaims);
        foreach (var claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("ClaimUID", claim.Uid);
            json.WriteString("ClaimName", claim.Key.Name);
            json.WriteString("Namespace", claim.Key.Namespace);
            json.WriteStartObject("PodUIDs");
            foreach (var pod in claim.PodUids)
            {
                json.WriteStartObject(pod);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            WriteDrivers(json, claim);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDrivers(Utf8JsonWriter json, PreparedClaim claim)
    {
        json.WriteStartObject("DriverState");
        foreach (var (driver, devices) in claim.Drivers)
        {
            json.WriteStartObject(driver);
            json.WriteStartArray("Devices");
            foreach (var device in devices)
            {
                json.WriteStartObject();
                json.WriteString("PoolName", device.Pool);
                json.WriteString("DeviceName", device.Device);
                if (device.ShareId is { } share)
                {
                    json.WriteString("ShareID", share);
                }

                WriteWords(json, "RequestNames", device.Requests);
                WriteWords(json, "CDIDeviceIDs", device.CdiDevices);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, ImmutableArray<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static PreparedClaim ReadClaim(JsonElement claim) => new()
    {
        Uid = Word(claim, "ClaimUID"),
        Key = new ObjectKey(Word(claim, "Namespace"), Word(claim, "ClaimName")),
        PodUids = Members(claim, "PodUIDs").Select(pod => pod.Name).ToImmutableSortedSet(StringComparer.Ordinal),
        Drivers = Members(claim, "DriverState").ToImmutableSortedDictionary(
            driver => driver.Name,
            driver => Items(driver.Value, "Devices").Select(ReadDevice).ToImmutableArray(),
            StringComparer.Ordinal),
    };

    private static PreparedDevice ReadDevice(JsonElement device) => new()
    {
        Pool = Word(device, "PoolName"),
        Device = Word(device, "DeviceName"),
        ShareId = device.TryGetProperty("ShareID", out var share) ? share.GetString() : null,
        Requests = [.. Items(device, "RequestNames").Select(item => item.GetString() ?? "")],
        CdiDevices = [.. Items(device, "CDIDeviceIDs").Select(item => item.GetString() ?? "")],
    };

    private static string Word(JsonElement value, string name) => value.GetProperty(name).GetString() ?? "";

    // Go writes what is empty as null.
    private static IEnumerable<JsonProperty> Members(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject() : [];

    private static IEnumerable<JsonElement> Items(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray() : [];

    /// <summary>CRC-32 of IEEE 802.3, as Go's hash/crc32 has it.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var octet in data)
        {
            sum ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xedb88320);
            }
        }

        return ~sum;
    }
}

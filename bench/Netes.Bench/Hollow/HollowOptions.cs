using System.Text.Json;

namespace Netes.Bench.Hollow;

/// <summary>Nodes without machines, as a JSON file says; see bench/hollow.json.</summary>
internal sealed record HollowOptions
{
    public int Nodes { get; init; } = 1_000;

    public int Zones { get; init; } = 3;

    public string Cpu { get; init; } = "32";

    public string Memory { get; init; } = "256Gi";

    public int PodsPerNode { get; init; } = 110;

    /// <summary>Whether each renews its lease, as kubelets do; else nodes are unreachable after 50 seconds.</summary>
    public bool RenewsLeases { get; init; }

    /// <summary>Whether pods that are bound to them become ready, and go when they are deleted.</summary>
    public bool RunsPods { get; init; }

    /// <summary>Seconds between two renewals of one lease. A kubelet's default is 10.</summary>
    public int LeaseSeconds { get; init; } = 10;

    public static HollowOptions Read(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
        var options = new HollowOptions();
        foreach (JsonProperty property in json.RootElement.EnumerateObject())
        {
            JsonElement value = property.Value;
            options = property.Name switch
            {
                "nodes" => options with { Nodes = value.GetInt32() },
                "zones" => options with { Zones = value.GetInt32() },
                "cpu" => options with { Cpu = value.GetString()! },
                "memory" => options with { Memory = value.GetString()! },
                "podsPerNode" => options with { PodsPerNode = value.GetInt32() },
                "renewsLeases" => options with { RenewsLeases = value.GetBoolean() },
                "runsPods" => options with { RunsPods = value.GetBoolean() },
                "leaseSeconds" => options with { LeaseSeconds = value.GetInt32() },
                _ => throw new InvalidDataException($"{file}: unknown field \"{property.Name}\""),
            };
        }

        return options;
    }
}

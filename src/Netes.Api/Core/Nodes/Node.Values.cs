using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The values of <c>NodeAddressType</c>.</summary>
public static class NodeAddressType
{
    public const string ExternalDNS = "ExternalDNS";
    public const string ExternalIP = "ExternalIP";
    public const string Hostname = "Hostname";
    public const string InternalDNS = "InternalDNS";
    public const string InternalIP = "InternalIP";
}

/// <summary>The values of <c>NodeConditionType</c>.</summary>
public static class NodeConditionType
{
    public const string DiskPressure = "DiskPressure";
    public const string MemoryPressure = "MemoryPressure";
    public const string NetworkUnavailable = "NetworkUnavailable";
    public const string PIDPressure = "PIDPressure";
    public const string Ready = "Ready";
}

/// <summary>The values of <c>NodePhase</c>.</summary>
public static class NodePhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Terminated = "Terminated";
}

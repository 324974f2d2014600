namespace Netes.Nodes.Devices;

/// <summary>Devices of a pod are not ready or not given back. The message is a kubelet's.</summary>
internal sealed class DeviceException(string message, Exception? cause = null) : Exception(message, cause);

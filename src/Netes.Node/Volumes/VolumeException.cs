namespace Netes.Nodes.Volumes;

/// <summary>A volume cannot be set up; the message is for the pod's events.</summary>
public sealed class VolumeException(string volume, string message)
    : Exception($"MountVolume.SetUp failed for volume \"{volume}\" : {message}")
{
    public string Volume { get; } = volume;
}

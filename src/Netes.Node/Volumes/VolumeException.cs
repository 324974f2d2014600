namespace Netes.Nodes.Volumes;

/// <summary>A volume cannot be set up; the message is for the pod's events.</summary>
public sealed class VolumeException : Exception
{
    /// <param name="volume">The volume's name, or that of the persistent volume behind it.</param>
    /// <param name="message">Why.</param>
    /// <param name="operation">The step that failed, in Kubernetes' words.</param>
    public VolumeException(string volume, string message, string operation = "MountVolume.SetUp")
        : base($"{operation} failed for volume \"{volume}\" : {message}")
    {
    }

    private VolumeException(string message)
        : base(message)
    {
    }

    /// <summary>
    /// What a volume of a pod stands for cannot be found out.
    /// Source: pkg/kubelet/volumemanager/volume_manager.go (WaitForAttachAndMount).
    /// </summary>
    public static VolumeException NotProcessed(string volume, string message) => new(
        $"Unable to attach or mount volumes: unmounted volumes=[{volume}], unattached volumes=[], "
        + $"failed to process volumes=[{volume}]: {message}");
}

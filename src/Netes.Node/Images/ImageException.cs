namespace Netes.Nodes.Images;

/// <summary>A container's image is not to be had: the waiting state's reason and message.</summary>
public sealed class ImageException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}

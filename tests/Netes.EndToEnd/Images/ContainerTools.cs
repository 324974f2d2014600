namespace Netes.EndToEnd.Images;

/// <summary>Test data: podman and buildah, which the build installs, and docker's program where it is.</summary>
public sealed class ContainerTools : TheoryData<string>
{
    public ContainerTools()
    {
        Add("podman");
        Add("buildah");
        if (ContainerTool.Find("docker") is not null)
        {
            Add("docker");
        }
    }
}

using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Clusters;

/// <summary>Test data: every kubectl found on the machine.</summary>
public sealed class KubectlVersions : TheoryData<string>
{
    public KubectlVersions()
    {
        foreach (var program in Kubectl.FindAll())
        {
            Add(program);
        }
    }
}

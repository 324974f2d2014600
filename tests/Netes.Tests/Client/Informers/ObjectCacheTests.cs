using Netes.Api.Core;
using Netes.Client;

namespace Netes.Tests.Client.Informers;

public sealed class ObjectCacheTests
{
    [Fact]
    public void IndexedObjectChanges_IndexFollows()
    {
        var cache = new ObjectCache<Pod>();
        Put(cache, "a", "n1");
        var byNode = cache.AddIndex(pod => [pod.Spec.NodeName]);
        Put(cache, "b", "n1");
        Assert.Equal(["a", "b"], Names(byNode.Get("n1")));
        Put(cache, "a", "n2");
        Assert.Equal(["b"], Names(byNode.Get("n1")));
        Assert.Equal(["a"], Names(byNode.Get("n2")));
        cache.Set(new ObjectKey("default", "b"), null);
        Assert.Empty(byNode.Get("n1"));
        Assert.Equal(0, byNode.Count("n1"));
        Assert.Equal(["a"], Names(cache.List("default")));
        Assert.Empty(cache.List("other"));
    }

    private static void Put(ObjectCache<Pod> cache, string name, string node)
    {
        var pod = new Pod
        {
            Metadata = new() { Namespace = "default", Name = name },
            Spec = new() { NodeName = node },
        };
        cache.Set(ObjectKey.Of(pod), pod);
    }

    private static IEnumerable<string> Names(IEnumerable<Pod> pods) => pods.Select(pod => pod.Metadata.Name).Order();
}

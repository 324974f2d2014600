using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>Classes come, change and go: which one stands for a resource.</summary>
public sealed class ExtendedClassesTests
{
    private const string Gpu = "example.com/gpu";

    private ExtendedClasses _classes = ExtendedClasses.None;

    [Fact]
    public void Class_hasItsOwnNameAndTheOneThatItNames()
    {
        Set("a", Gpu);
        Assert.Equal("a", Winner(Gpu));
        Assert.Equal("a", Winner("deviceclass.resource.kubernetes.io/a"));
        Set("a", null);
        Assert.Null(Winner(Gpu));
        Assert.Equal("a", Winner("deviceclass.resource.kubernetes.io/a"));
        _classes = _classes.With("a", null);
        Assert.Null(Winner("deviceclass.resource.kubernetes.io/a"));
    }

    [Fact]
    public void NewestClass_hasTheResourceUntilItGoes()
    {
        Set("old", Gpu, age: 20);
        Set("new", Gpu, age: 10);
        Set("older", Gpu, age: 30);
        Assert.Equal("new", Winner(Gpu));
        Set("new", "example.com/other", age: 10);
        Assert.Equal("old", Winner(Gpu));
        Assert.Equal("new", Winner("example.com/other"));
        _classes = _classes.With("old", null);
        Assert.Equal("older", Winner(Gpu));
    }

    [Fact]
    public void LowerName_breaksTheTie()
    {
        Set("b", Gpu);
        Set("a", Gpu);
        Set("c", Gpu);
        Assert.Equal("a", Winner(Gpu));
    }

    private string? Winner(string resource) => _classes.Of(resource)?.Metadata.Name;

    private void Set(string name, string? resource, int age = 0)
    {
        var item = Class(name);
        _classes = _classes.With(name, item with
        {
            Metadata = item.Metadata with { CreationTimestamp = Timestamp.From(Now.AddSeconds(-age)) },
            Spec = new() { ExtendedResourceName = resource },
        });
    }
}

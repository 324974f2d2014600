using Netes.Api.Storage;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.AttachDetach;

/// <summary>A volume for one node, and nodes that want it before the cache shows who has it.</summary>
public sealed class VolumeReservationsTests
{
    [Fact]
    public void AnotherNodeTookIt_IsNotTakenAgainUntilItIsFree()
    {
        List<VolumeAttachment> shown = [];
        var reservations = new VolumeReservations(_ => shown);
        Assert.True(reservations.TryTake("disk", "n1"));
        Assert.True(reservations.TryTake("disk", "n1"));
        Assert.False(reservations.TryTake("disk", "n2"));
        Assert.Equal(["disk"], reservations.Of("n1"));
        reservations.Free("disk", "n2");
        Assert.False(reservations.TryTake("disk", "n2"));
        reservations.Free("disk", "n1");
        Assert.True(reservations.TryTake("disk", "n2"));
        Assert.Empty(reservations.Of("n1"));
    }

    [Fact]
    public void CacheShowsItElsewhere_IsNotTaken()
    {
        var reservations = new VolumeReservations(_ => [new VolumeAttachment { Spec = new() { NodeName = "n1" } }]);
        Assert.False(reservations.TryTake("disk", "n2"));
        Assert.True(reservations.TryTake("disk", "n1"));
    }
}

using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Wakes who waits for claims and volumes to be bound: at each change of them, and when a pod goes.</summary>
internal sealed class VolumeChanges
{
    private readonly Pulse _changes = new();

    public VolumeChanges(InformerSet informers)
    {
        informers.Get<PersistentVolume>().AddHandler(_ => Happened());
        informers.Get<PersistentVolumeClaim>().AddHandler(_ => Happened());
        informers.Get<Pod>().AddHandler(change =>
        {
            if (change.New is null)
            {
                Happened();
            }
        });
    }

    /// <summary>Ends with the next change. Take it first, then look: no change is missed.</summary>
    public Task Next => _changes.Next;

    private void Happened() => _changes.Happened();
}

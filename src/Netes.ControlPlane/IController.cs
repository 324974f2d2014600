namespace Netes.ControlPlane;

/// <summary>One control loop.</summary>
public interface IController
{
    /// <summary>Kubernetes' name of the loop, e.g. <c>replicaset-controller</c>.</summary>
    string Name { get; }

    /// <summary>Works until cancelled; the informers are synced by then.</summary>
    Task RunAsync(CancellationToken cancel);
}

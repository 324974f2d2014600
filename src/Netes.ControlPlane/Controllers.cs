namespace Netes.ControlPlane;

/// <summary>Every controller that runs. One is added here and nowhere else.</summary>
public static class Controllers
{
    public static IReadOnlyList<Func<ControllerContext, IController>> All { get; } =
    [
        context => new CertificateApprovingController(context),
        context => new CertificateCleaningController(context),
        context => new CertificateSigningController(context),
        context => new ClusterRoleAggregationController(context),
        context => new DeploymentController(context),
        context => new EndpointsController(context),
        context => new EndpointSliceController(context),
        context => new GarbageCollector(context),
        context => new NamespaceController(context),
        context => new NodeIpamController(context),
        context => new NodeLifecycleController(context),
        context => new PodGcController(context),
        context => new ReplicaSetController(context),
        context => new RootCertificateController(context),
        context => new ServiceAccountController(context),
        context => new TaintEvictionController(context),
        context => new TokenCleaningController(context),
    ];
}

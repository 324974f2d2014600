using Netes.Api;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer.Admission;

/// <summary>What plugins are made from.</summary>
public sealed record AdmissionContext
{
    public required IObjectReader Objects { get; init; }

    public required IObjectWriter Writer { get; init; }

    public required IAuthorizer Authorizer { get; init; }

    public required RbacAuthorizer Rbac { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Makes the five characters at the end of generated names.</summary>
    public required Func<string> NameSuffix { get; init; }

    /// <summary>The audiences of tokens for this server.</summary>
    public ValueList<string> ServerAudiences { get; init; }

    public AdmissionOptions Options { get; init; } = new();
}

/// <summary>
/// Every admission plugin, in Kubernetes' order; a plugin is added here and nowhere else.
/// Source: pkg/kubeapiserver/options/plugins.go.
/// </summary>
public static class AdmissionPlugins
{
    public static IReadOnlyList<IAdmissionPlugin> All(AdmissionContext context) =>
    [
        new NamespaceLifecycle(context.Objects),
        new LimitRanger(context.Objects),
        new ServiceAccountAdmission(context.Objects, context.Time, context.NameSuffix),
        new NodeRestriction(context.Objects, context.ServerAudiences),
        new TaintNodesByCondition(),
        new PodSecurityAdmission(context.Objects, context.Options.DefaultPodSecurity),
        new PriorityAdmission(context.Objects),
        new DefaultTolerationSeconds(),
        new DefaultStorageClass(context.Objects),
        new StorageObjectInUseProtection(),
        new OwnerReferencesPermissionEnforcement(context.Objects, context.Authorizer),
        new PersistentVolumeClaimResize(context.Objects),
        new RuntimeClassAdmission(context.Objects),
        new CertificateApproval(context.Authorizer),
        new CertificateSigning(context.Authorizer),
        new CertificateSubjectRestriction(),
        new DefaultIngressClass(context.Objects),
        .. context.Options.DeniesExternalIPs ? (IAdmissionPlugin[])[new DenyServiceExternalIPs()] : [],
        new RbacEscalationAdmission(new RbacEscalation(context.Objects, context.Rbac, context.Authorizer)),
        new DeviceTaintTimes(context.Time),
        new DeviceAccess(context.Objects),
        new ResourceClaimStatusRights(context.Authorizer),
        new ResourceQuotaAdmission(context.Objects, context.Writer, context.Time),
    ];
}

using Netes.Api.Networking;

namespace Netes.ApiServer.Admission;

/// <summary>
/// An ingress that names no class gets the default one. Source:
/// plugin/pkg/admission/network/defaultingressclass/admission.go.
/// </summary>
internal sealed class DefaultIngressClass(IObjectReader objects) : IMutatingAdmissionPlugin
{
    private const string OldAnnotation = "kubernetes.io/ingress.class";
    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public string Name => "DefaultIngressClass";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Is("networking.k8s.io", "ingresses") && attributes.Operation == AdmissionOperation.Create
            && attributes.Object is Ingress { Spec.IngressClassName: null } ingress
            && !ingress.Metadata.Annotations.ContainsKey(OldAnnotation)
            && Find() is { } chosen)
        {
            return new(ingress with { Spec = ingress.Spec with { IngressClassName = chosen.Metadata.Name } });
        }

        return new(attributes.Object);
    }

    /// <summary>The newest default class; of equally old ones the first by name.</summary>
    private IngressClass? Find() => objects.List<IngressClass>("")
        .Where(static candidate => candidate.Metadata.Annotations.Get(DefaultAnnotation, "") == "true")
        .OrderByDescending(static candidate => candidate.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
        .ThenBy(static candidate => candidate.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();
}

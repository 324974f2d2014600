using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Networking;

/// <summary>Rules that lead HTTP requests from outside to services.</summary>
[ApiType("io.k8s.api.networking.v1.Ingress")]
[ApiKind("networking.k8s.io", "v1", "Ingress")]
public sealed partial record Ingress : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial IngressSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial IngressStatus Status { get; init; }
}

/// <summary>A list of objects of kind Ingress.</summary>
[ApiType("io.k8s.api.networking.v1.IngressList")]
[ApiKind("networking.k8s.io", "v1", "IngressList")]
public sealed partial record IngressList : IKubernetesList<Ingress>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Ingress> Items { get; init; }
}

/// <summary>The rules of an ingress.</summary>
[ApiType("io.k8s.api.networking.v1.IngressSpec")]
public sealed partial record IngressSpec
{
    /// <summary>The controller that serves it.</summary>
    [Field(4, "ingressClassName", OmitEmpty = true)]
    public partial string? IngressClassName { get; init; }

    /// <summary>Where requests go that no rule matches.</summary>
    [Field(1, "defaultBackend", OmitEmpty = true)]
    public partial IngressBackend? DefaultBackend { get; init; }

    /// <summary>Certificates of hosts.</summary>
    [Field(2, "tls", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<IngressTLS> TLS { get; init; }

    /// <summary>Which requests go where.</summary>
    [Field(3, "rules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<IngressRule> Rules { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressStatus")]
public sealed partial record IngressStatus
{
    [Field(1, "loadBalancer", OmitEmpty = true)]
    public partial IngressLoadBalancerStatus LoadBalancer { get; init; }
}

[ApiType("io.k8s.api.networking.v1.HTTPIngressPath")]
public sealed partial record HTTPIngressPath
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }

    [Field(3, "pathType", Required = true)]
    public partial string? PathType { get; init; }

    [Field(2, "backend", Required = true)]
    public partial IngressBackend Backend { get; init; }
}

[ApiType("io.k8s.api.networking.v1.HTTPIngressRuleValue")]
public sealed partial record HTTPIngressRuleValue
{
    [Field(1, "paths", Required = true, ListType = "atomic")]
    public partial ValueList<HTTPIngressPath> Paths { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressBackend")]
public sealed partial record IngressBackend
{
    [Field(4, "service", OmitEmpty = true)]
    public partial IngressServiceBackend? Service { get; init; }

    [Field(3, "resource", OmitEmpty = true)]
    public partial TypedLocalObjectReference? Resource { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerIngress")]
public sealed partial record IngressLoadBalancerIngress
{
    [Field(1, "ip", OmitEmpty = true)]
    public partial string IP { get; init; }

    [Field(2, "hostname", OmitEmpty = true)]
    public partial string Hostname { get; init; }

    [Field(4, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<IngressPortStatus> Ports { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerStatus")]
public sealed partial record IngressLoadBalancerStatus
{
    [Field(1, "ingress", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<IngressLoadBalancerIngress> Ingress { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressPortStatus")]
public sealed partial record IngressPortStatus
{
    [Field(1, "port", Required = true)]
    public partial int Port { get; init; }

    [Field(2, "protocol", Required = true, EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    [Field(3, "error", OmitEmpty = true)]
    public partial string? Error { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressRule")]
public sealed partial record IngressRule
{
    [Field(1, "host", OmitEmpty = true)]
    public partial string Host { get; init; }

    [Field(2, Inline = true)]
    public partial IngressRuleValue IngressRuleValue { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressRuleValue")]
public sealed partial record IngressRuleValue
{
    [Field(1, "http", OmitEmpty = true)]
    public partial HTTPIngressRuleValue? HTTP { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressServiceBackend")]
public sealed partial record IngressServiceBackend
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "port", OmitEmpty = true)]
    public partial ServiceBackendPort Port { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressTLS")]
public sealed partial record IngressTLS
{
    [Field(1, "hosts", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Hosts { get; init; }

    [Field(2, "secretName", OmitEmpty = true)]
    public partial string SecretName { get; init; }
}

[ApiType("io.k8s.api.networking.v1.ServiceBackendPort")]
public sealed partial record ServiceBackendPort
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "number", OmitEmpty = true)]
    public partial int Number { get; init; }
}

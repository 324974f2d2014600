using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Confidential data that pods can read.</summary>
[ApiType("io.k8s.api.core.v1.Secret")]
[ApiKind("", "v1", "Secret")]
public sealed partial record Secret : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>True forbids any change of the data.</summary>
    [Field(5, "immutable", OmitEmpty = true)]
    public partial bool? Immutable { get; init; }

    /// <summary>Bytes by key, in base64.</summary>
    [Field(2, "data", OmitEmpty = true)]
    public partial ValueMap<ByteString> Data { get; init; }

    /// <summary>Texts by key; when written, they are added to data.</summary>
    [Field(4, "stringData", OmitEmpty = true)]
    public partial ValueMap<string> StringData { get; init; }

    /// <summary>What the secret is for; it decides which keys must be there.</summary>
    [Field(3, "type", OmitEmpty = true, EnumOf = typeof(SecretType))]
    public partial string Type { get; init; }
}

/// <summary>A list of objects of kind Secret.</summary>
[ApiType("io.k8s.api.core.v1.SecretList")]
[ApiKind("", "v1", "SecretList")]
public sealed partial record SecretList : IKubernetesList<Secret>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Secret> Items { get; init; }
}

/// <summary>The values of <c>SecretType</c>.</summary>
public static class SecretType
{
    public const string Opaque = "Opaque";
    public const string BootstrapKubernetesIoToken = "bootstrap.kubernetes.io/token";
    public const string KubernetesIoBasicAuth = "kubernetes.io/basic-auth";
    public const string KubernetesIoDockercfg = "kubernetes.io/dockercfg";
    public const string KubernetesIoDockerconfigjson = "kubernetes.io/dockerconfigjson";
    public const string KubernetesIoServiceAccountToken = "kubernetes.io/service-account-token";
    public const string KubernetesIoSshAuth = "kubernetes.io/ssh-auth";
    public const string KubernetesIoTls = "kubernetes.io/tls";
}

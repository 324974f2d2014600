using Netes.Api.Meta;

namespace Netes.Api.Certificates;

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequest")]
[ApiKind("certificates.k8s.io", "v1", "CertificateSigningRequest")]
public sealed partial record CertificateSigningRequest : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial CertificateSigningRequestSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial CertificateSigningRequestStatus Status { get; init; }
}

/// <summary>A list of objects of kind CertificateSigningRequest.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestList")]
[ApiKind("certificates.k8s.io", "v1", "CertificateSigningRequestList")]
public sealed partial record CertificateSigningRequestList : IKubernetesList<CertificateSigningRequest>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<CertificateSigningRequest> Items { get; init; }
}

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestSpec")]
public sealed partial record CertificateSigningRequestSpec
{
    [Field(1, "request", Required = true)]
    public partial ByteString Request { get; init; }

    [Field(7, "signerName", Required = true)]
    public partial string SignerName { get; init; }

    [Field(8, "expirationSeconds", OmitEmpty = true)]
    public partial int? ExpirationSeconds { get; init; }

    [Field(5, "usages", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(KeyUsage))]
    public partial ValueList<string> Usages { get; init; }

    [Field(2, "username", OmitEmpty = true)]
    public partial string Username { get; init; }

    [Field(3, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    [Field(4, "groups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Groups { get; init; }

    [Field(6, "extra", OmitEmpty = true)]
    public partial ValueMap<ValueList<string>> Extra { get; init; }
}

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestStatus")]
public sealed partial record CertificateSigningRequestStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<CertificateSigningRequestCondition> Conditions { get; init; }

    [Field(2, "certificate", OmitEmpty = true)]
    public partial ByteString Certificate { get; init; }
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestCondition")]
public sealed partial record CertificateSigningRequestCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", Required = true, EnumOf = typeof(RequestConditionType))]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(6, "status", Required = true, EnumOf = typeof(Core.ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(2, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    /// <summary>When the condition was last updated.</summary>
    [Field(4, "lastUpdateTime")]
    public partial Timestamp? LastUpdateTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(5, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }
}

/// <summary>The values of <c>KeyUsage</c>.</summary>
public static class KeyUsage
{
    public const string Any = "any";
    public const string CertSign = "cert sign";
    public const string ClientAuth = "client auth";
    public const string CodeSigning = "code signing";
    public const string ContentCommitment = "content commitment";
    public const string CrlSign = "crl sign";
    public const string DataEncipherment = "data encipherment";
    public const string DecipherOnly = "decipher only";
    public const string DigitalSignature = "digital signature";
    public const string EmailProtection = "email protection";
    public const string EncipherOnly = "encipher only";
    public const string IpsecEndSystem = "ipsec end system";
    public const string IpsecTunnel = "ipsec tunnel";
    public const string IpsecUser = "ipsec user";
    public const string KeyAgreement = "key agreement";
    public const string KeyEncipherment = "key encipherment";
    public const string MicrosoftSgc = "microsoft sgc";
    public const string NetscapeSgc = "netscape sgc";
    public const string OcspSigning = "ocsp signing";
    public const string SMime = "s/mime";
    public const string ServerAuth = "server auth";
    public const string Signing = "signing";
    public const string Timestamping = "timestamping";
}

/// <summary>The values of <c>RequestConditionType</c>.</summary>
public static class RequestConditionType
{
    public const string Approved = "Approved";
    public const string Denied = "Denied";
    public const string Failed = "Failed";
}

using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration")]
public sealed partial record MutatingWebhookConfiguration : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "webhooks", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<MutatingWebhook> Webhooks { get; init; }
}

/// <summary>A list of objects of kind MutatingWebhookConfiguration.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingWebhookConfigurationList")]
public sealed partial record MutatingWebhookConfigurationList : IKubernetesList<MutatingWebhookConfiguration>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<MutatingWebhookConfiguration> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhook")]
public sealed partial record MutatingWebhook
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "clientConfig", Required = true)]
    public partial WebhookClientConfig ClientConfig { get; init; }

    [Field(3, "rules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<RuleWithOperations> Rules { get; init; }

    [Field(4, "failurePolicy", OmitEmpty = true, EnumOf = typeof(FailurePolicyType))]
    public partial string? FailurePolicy { get; init; }

    [Field(9, "matchPolicy", OmitEmpty = true, EnumOf = typeof(MatchPolicyType))]
    public partial string? MatchPolicy { get; init; }

    [Field(5, "namespaceSelector", OmitEmpty = true)]
    public partial LabelSelector? NamespaceSelector { get; init; }

    [Field(11, "objectSelector", OmitEmpty = true)]
    public partial LabelSelector? ObjectSelector { get; init; }

    [Field(6, "sideEffects", Required = true, EnumOf = typeof(SideEffectClass))]
    public partial string? SideEffects { get; init; }

    [Field(7, "timeoutSeconds", OmitEmpty = true)]
    public partial int? TimeoutSeconds { get; init; }

    [Field(8, "admissionReviewVersions", Required = true, ListType = "atomic")]
    public partial ValueList<string> AdmissionReviewVersions { get; init; }

    [Field(10, "reinvocationPolicy", OmitEmpty = true, EnumOf = typeof(ReinvocationPolicyType))]
    public partial string? ReinvocationPolicy { get; init; }

    [Field(12, "matchConditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<MatchCondition> MatchConditions { get; init; }
}

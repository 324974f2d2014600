using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration")]
public sealed partial record ValidatingWebhookConfiguration : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "webhooks", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<ValidatingWebhook> Webhooks { get; init; }
}

/// <summary>A list of objects of kind ValidatingWebhookConfiguration.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfigurationList")]
public sealed partial record ValidatingWebhookConfigurationList : IKubernetesList<ValidatingWebhookConfiguration>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ValidatingWebhookConfiguration> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhook")]
public sealed partial record ValidatingWebhook
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

    [Field(10, "objectSelector", OmitEmpty = true)]
    public partial LabelSelector? ObjectSelector { get; init; }

    [Field(6, "sideEffects", Required = true, EnumOf = typeof(SideEffectClass))]
    public partial string? SideEffects { get; init; }

    [Field(7, "timeoutSeconds", OmitEmpty = true)]
    public partial int? TimeoutSeconds { get; init; }

    [Field(8, "admissionReviewVersions", Required = true, ListType = "atomic")]
    public partial ValueList<string> AdmissionReviewVersions { get; init; }

    [Field(11, "matchConditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<MatchCondition> MatchConditions { get; init; }
}

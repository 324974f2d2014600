using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicyBinding")]
public sealed partial record MutatingAdmissionPolicyBinding : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial MutatingAdmissionPolicyBindingSpec Spec { get; init; }
}

/// <summary>A list of objects of kind MutatingAdmissionPolicyBinding.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingList")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicyBindingList")]
public sealed partial record MutatingAdmissionPolicyBindingList : IKubernetesList<MutatingAdmissionPolicyBinding>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<MutatingAdmissionPolicyBinding> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec")]
public sealed partial record MutatingAdmissionPolicyBindingSpec
{
    [Field(1, "policyName", OmitEmpty = true)]
    public partial string PolicyName { get; init; }

    [Field(2, "paramRef", OmitEmpty = true)]
    public partial ParamRef? ParamRef { get; init; }

    [Field(3, "matchResources", OmitEmpty = true)]
    public partial MatchResources? MatchResources { get; init; }
}

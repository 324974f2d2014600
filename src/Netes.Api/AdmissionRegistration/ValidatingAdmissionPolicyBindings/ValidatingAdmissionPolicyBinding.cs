using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding")]
public sealed partial record ValidatingAdmissionPolicyBinding : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial ValidatingAdmissionPolicyBindingSpec Spec { get; init; }
}

/// <summary>A list of objects of kind ValidatingAdmissionPolicyBinding.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBindingList")]
public sealed partial record ValidatingAdmissionPolicyBindingList : IKubernetesList<ValidatingAdmissionPolicyBinding>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ValidatingAdmissionPolicyBinding> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec")]
public sealed partial record ValidatingAdmissionPolicyBindingSpec
{
    [Field(1, "policyName", OmitEmpty = true, Required = true)]
    public partial string PolicyName { get; init; }

    [Field(2, "paramRef", OmitEmpty = true)]
    public partial ParamRef? ParamRef { get; init; }

    [Field(3, "matchResources", OmitEmpty = true)]
    public partial MatchResources? MatchResources { get; init; }

    [Field(4, "validationActions", OmitEmpty = true, Required = true, ListType = "set",
        EnumOf = typeof(ValidationAction))]
    public partial ValueList<string> ValidationActions { get; init; }
}

/// <summary>The values of <c>ValidationAction</c>.</summary>
public static class ValidationAction
{
    public const string Audit = "Audit";
    public const string Deny = "Deny";
    public const string Warn = "Warn";
}

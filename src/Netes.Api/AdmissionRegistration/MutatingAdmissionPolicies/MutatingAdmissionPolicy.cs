using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicy")]
public sealed partial record MutatingAdmissionPolicy : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial MutatingAdmissionPolicySpec Spec { get; init; }
}

/// <summary>A list of objects of kind MutatingAdmissionPolicy.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyList")]
[ApiKind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicyList")]
public sealed partial record MutatingAdmissionPolicyList : IKubernetesList<MutatingAdmissionPolicy>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<MutatingAdmissionPolicy> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec")]
public sealed partial record MutatingAdmissionPolicySpec
{
    [Field(1, "paramKind", OmitEmpty = true)]
    public partial ParamKind? ParamKind { get; init; }

    [Field(2, "matchConstraints", OmitEmpty = true)]
    public partial MatchResources? MatchConstraints { get; init; }

    [Field(3, "variables", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Variable> Variables { get; init; }

    [Field(4, "mutations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Mutation> Mutations { get; init; }

    [Field(5, "failurePolicy", OmitEmpty = true, EnumOf = typeof(FailurePolicyType))]
    public partial string? FailurePolicy { get; init; }

    [Field(6, "matchConditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<MatchCondition> MatchConditions { get; init; }

    [Field(7, "reinvocationPolicy", OmitEmpty = true, EnumOf = typeof(ReinvocationPolicyType))]
    public partial string ReinvocationPolicy { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ApplyConfiguration")]
public sealed partial record ApplyConfiguration
{
    [Field(1, "expression", OmitEmpty = true)]
    public partial string Expression { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.JSONPatch")]
public sealed partial record JSONPatch
{
    [Field(1, "expression", OmitEmpty = true)]
    public partial string Expression { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.Mutation")]
public sealed partial record Mutation
{
    [Field(2, "patchType", Required = true, EnumOf = typeof(PatchType))]
    public partial string PatchType { get; init; }

    [Field(3, "applyConfiguration", OmitEmpty = true)]
    public partial ApplyConfiguration? ApplyConfiguration { get; init; }

    [Field(4, "jsonPatch", OmitEmpty = true)]
    public partial JSONPatch? JSONPatch { get; init; }
}

/// <summary>The values of <c>PatchType</c>.</summary>
public static class PatchType
{
    public const string ApplyConfiguration = "ApplyConfiguration";
    public const string JSONPatch = "JSONPatch";
}

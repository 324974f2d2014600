using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy")]
public sealed partial record ValidatingAdmissionPolicy : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ValidatingAdmissionPolicySpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ValidatingAdmissionPolicyStatus Status { get; init; }
}

/// <summary>A list of objects of kind ValidatingAdmissionPolicy.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyList")]
[ApiKind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyList")]
public sealed partial record ValidatingAdmissionPolicyList : IKubernetesList<ValidatingAdmissionPolicy>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ValidatingAdmissionPolicy> Items { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec")]
public sealed partial record ValidatingAdmissionPolicySpec
{
    [Field(1, "paramKind", OmitEmpty = true)]
    public partial ParamKind? ParamKind { get; init; }

    [Field(2, "matchConstraints", OmitEmpty = true)]
    public partial MatchResources? MatchConstraints { get; init; }

    [Field(3, "validations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Validation> Validations { get; init; }

    [Field(4, "failurePolicy", OmitEmpty = true, EnumOf = typeof(FailurePolicyType))]
    public partial string? FailurePolicy { get; init; }

    [Field(5, "auditAnnotations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<AuditAnnotation> AuditAnnotations { get; init; }

    [Field(6, "matchConditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<MatchCondition> MatchConditions { get; init; }

    [Field(7, "variables", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<Variable> Variables { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus")]
public sealed partial record ValidatingAdmissionPolicyStatus
{
    [Field(1, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(2, "typeChecking", OmitEmpty = true)]
    public partial TypeChecking? TypeChecking { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(3, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<Condition> Conditions { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.AuditAnnotation")]
public sealed partial record AuditAnnotation
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "valueExpression", Required = true)]
    public partial string ValueExpression { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ExpressionWarning")]
public sealed partial record ExpressionWarning
{
    [Field(2, "fieldRef", Required = true)]
    public partial string FieldRef { get; init; }

    [Field(3, "warning", Required = true)]
    public partial string Warning { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.TypeChecking")]
public sealed partial record TypeChecking
{
    [Field(1, "expressionWarnings", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ExpressionWarning> ExpressionWarnings { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.Validation")]
public sealed partial record Validation
{
    [Field(1, "expression", Required = true)]
    public partial string Expression { get; init; }

    [Field(2, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(3, "reason", OmitEmpty = true, EnumOf = typeof(StatusReason))]
    public partial string? Reason { get; init; }

    [Field(4, "messageExpression", OmitEmpty = true)]
    public partial string MessageExpression { get; init; }
}

using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReview")]
[ApiKind("authorization.k8s.io", "v1", "SelfSubjectRulesReview")]
public sealed partial record SelfSubjectRulesReview : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial SelfSubjectRulesReviewSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial SubjectRulesReviewStatus Status { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec")]
public sealed partial record SelfSubjectRulesReviewSpec
{
    [Field(1, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.NonResourceRule")]
public sealed partial record NonResourceRule
{
    [Field(1, "verbs", Required = true, ListType = "atomic")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(2, "nonResourceURLs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> NonResourceURLs { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.ResourceRule")]
public sealed partial record ResourceRule
{
    [Field(1, "verbs", Required = true, ListType = "atomic")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(2, "apiGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ApiGroups { get; init; }

    [Field(3, "resources", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Resources { get; init; }

    [Field(4, "resourceNames", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> ResourceNames { get; init; }
}

[ApiType("io.k8s.api.authorization.v1.SubjectRulesReviewStatus")]
public sealed partial record SubjectRulesReviewStatus
{
    [Field(1, "resourceRules", Required = true, ListType = "atomic")]
    public partial ValueList<ResourceRule> ResourceRules { get; init; }

    [Field(2, "nonResourceRules", Required = true, ListType = "atomic")]
    public partial ValueList<NonResourceRule> NonResourceRules { get; init; }

    [Field(3, "incomplete", Required = true)]
    public partial bool Incomplete { get; init; }

    [Field(4, "evaluationError", OmitEmpty = true)]
    public partial string EvaluationError { get; init; }
}

using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.FlowControl;

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchema")]
[ApiKind("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema")]
public sealed partial record FlowSchema : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial FlowSchemaSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial FlowSchemaStatus Status { get; init; }
}

/// <summary>A list of objects of kind FlowSchema.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaList")]
[ApiKind("flowcontrol.apiserver.k8s.io", "v1", "FlowSchemaList")]
public sealed partial record FlowSchemaList : IKubernetesList<FlowSchema>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<FlowSchema> Items { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaSpec")]
public sealed partial record FlowSchemaSpec
{
    [Field(1, "priorityLevelConfiguration", Required = true)]
    public partial PriorityLevelConfigurationReference PriorityLevelConfiguration { get; init; }

    [Field(2, "matchingPrecedence")]
    public partial int MatchingPrecedence { get; init; }

    [Field(3, "distinguisherMethod", OmitEmpty = true)]
    public partial FlowDistinguisherMethod? DistinguisherMethod { get; init; }

    [Field(4, "rules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PolicyRulesWithSubjects> Rules { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaStatus")]
public sealed partial record FlowSchemaStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<FlowSchemaCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod")]
public sealed partial record FlowDistinguisherMethod
{
    [Field(1, "type", Required = true, EnumOf = typeof(FlowDistinguisherMethodType))]
    public partial string Type { get; init; }
}

/// <summary>The values of <c>FlowDistinguisherMethodType</c>.</summary>
public static class FlowDistinguisherMethodType
{
    public const string ByNamespace = "ByNamespace";
    public const string ByUser = "ByUser";
}

/// <summary>One aspect of an object's state.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaCondition")]
public sealed partial record FlowSchemaCondition
{
    /// <summary>The aspect of the state.</summary>
    [Field(1, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, "status", OmitEmpty = true, EnumOf = typeof(ConditionStatus))]
    public partial string Status { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(3, "lastTransitionTime")]
    public partial Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>Why it is so, for people.</summary>
    [Field(5, "message", OmitEmpty = true)]
    public partial string Message { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.GroupSubject")]
public sealed partial record GroupSubject
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.NonResourcePolicyRule")]
public sealed partial record NonResourcePolicyRule
{
    [Field(1, "verbs", Required = true, ListType = "set")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(6, "nonResourceURLs", Required = true, ListType = "set")]
    public partial ValueList<string> NonResourceURLs { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects")]
public sealed partial record PolicyRulesWithSubjects
{
    [Field(1, "subjects", Required = true, ListType = "atomic")]
    public partial ValueList<Subject> Subjects { get; init; }

    [Field(2, "resourceRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ResourcePolicyRule> ResourceRules { get; init; }

    [Field(3, "nonResourceRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NonResourcePolicyRule> NonResourceRules { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference")]
public sealed partial record PriorityLevelConfigurationReference
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.ResourcePolicyRule")]
public sealed partial record ResourcePolicyRule
{
    [Field(1, "verbs", Required = true, ListType = "set")]
    public partial ValueList<string> Verbs { get; init; }

    [Field(2, "apiGroups", Required = true, ListType = "set")]
    public partial ValueList<string> ApiGroups { get; init; }

    [Field(3, "resources", Required = true, ListType = "set")]
    public partial ValueList<string> Resources { get; init; }

    [Field(4, "clusterScope", OmitEmpty = true)]
    public partial bool ClusterScope { get; init; }

    [Field(5, "namespaces", ListType = "set")]
    public partial ValueList<string> Namespaces { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.ServiceAccountSubject")]
public sealed partial record ServiceAccountSubject
{
    [Field(1, "namespace", Required = true)]
    public partial string Namespace { get; init; }

    [Field(2, "name", Required = true)]
    public partial string Name { get; init; }
}

/// <summary>Someone who gets rights.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.Subject")]
public sealed partial record Subject
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Field(1, "kind", Required = true, EnumOf = typeof(SubjectKind))]
    public partial string Kind { get; init; }

    [Field(2, "user", OmitEmpty = true)]
    public partial UserSubject? User { get; init; }

    [Field(3, "group", OmitEmpty = true)]
    public partial GroupSubject? Group { get; init; }

    [Field(4, "serviceAccount", OmitEmpty = true)]
    public partial ServiceAccountSubject? ServiceAccount { get; init; }
}

/// <summary>The values of <c>SubjectKind</c>.</summary>
public static class SubjectKind
{
    public const string Group = "Group";
    public const string ServiceAccount = "ServiceAccount";
    public const string User = "User";
}

[ApiType("io.k8s.api.flowcontrol.v1.UserSubject")]
public sealed partial record UserSubject
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }
}

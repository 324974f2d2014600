using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

/// <summary>The values of <c>ConditionStatus</c>.</summary>
public static class ConditionStatus
{
    public const string False = "False";
    public const string True = "True";
    public const string Unknown = "Unknown";
}

/// <summary>The values of <c>ConversionStrategyType</c>.</summary>
public static class ConversionStrategyType
{
    public const string None = "None";
    public const string Webhook = "Webhook";
}

/// <summary>The values of <c>CustomResourceDefinitionConditionType</c>.</summary>
public static class CustomResourceDefinitionConditionType
{
    public const string Established = "Established";
    public const string KubernetesAPIApprovalPolicyConformant = "KubernetesAPIApprovalPolicyConformant";
    public const string NamesAccepted = "NamesAccepted";
    public const string NonStructuralSchema = "NonStructuralSchema";
    public const string StorageMigrating = "StorageMigrating";
    public const string Terminating = "Terminating";
}

/// <summary>The values of <c>FieldValueErrorReason</c>.</summary>
public static class FieldValueErrorReason
{
    public const string FieldValueDuplicate = "FieldValueDuplicate";
    public const string FieldValueForbidden = "FieldValueForbidden";
    public const string FieldValueInvalid = "FieldValueInvalid";
    public const string FieldValueRequired = "FieldValueRequired";
}

/// <summary>The values of <c>ResourceScope</c>.</summary>
public static class ResourceScope
{
    public const string Cluster = "Cluster";
    public const string Namespaced = "Namespaced";
}

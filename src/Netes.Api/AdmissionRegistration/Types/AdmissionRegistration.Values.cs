using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

/// <summary>The values of <c>FailurePolicyType</c>.</summary>
public static class FailurePolicyType
{
    public const string Fail = "Fail";
    public const string Ignore = "Ignore";
}

/// <summary>The values of <c>MatchPolicyType</c>.</summary>
public static class MatchPolicyType
{
    public const string Equivalent = "Equivalent";
    public const string Exact = "Exact";
}

/// <summary>The values of <c>OperationType</c>.</summary>
public static class OperationType
{
    public const string Empty = "*";
    public const string CONNECT = "CONNECT";
    public const string CREATE = "CREATE";
    public const string DELETE = "DELETE";
    public const string UPDATE = "UPDATE";
}

/// <summary>The values of <c>ParameterNotFoundActionType</c>.</summary>
public static class ParameterNotFoundActionType
{
    public const string Allow = "Allow";
    public const string Deny = "Deny";
}

/// <summary>The values of <c>ReinvocationPolicyType</c>.</summary>
public static class ReinvocationPolicyType
{
    public const string IfNeeded = "IfNeeded";
    public const string Never = "Never";
}

/// <summary>The values of <c>ScopeType</c>.</summary>
public static class ScopeType
{
    public const string Empty = "*";
    public const string Cluster = "Cluster";
    public const string Namespaced = "Namespaced";
}

/// <summary>The values of <c>SideEffectClass</c>.</summary>
public static class SideEffectClass
{
    public const string None = "None";
    public const string NoneOnDryRun = "NoneOnDryRun";
    public const string Some = "Some";
    public const string Unknown = "Unknown";
}

using Netes.Api.Meta;

namespace Netes.Api.Batch;

/// <summary>The values of <c>CompletionMode</c>.</summary>
public static class CompletionMode
{
    public const string Indexed = "Indexed";
    public const string NonIndexed = "NonIndexed";
}

/// <summary>The values of <c>PodFailurePolicyAction</c>.</summary>
public static class PodFailurePolicyAction
{
    public const string Count = "Count";
    public const string FailIndex = "FailIndex";
    public const string FailJob = "FailJob";
    public const string Ignore = "Ignore";
}

/// <summary>The values of <c>PodFailurePolicyOnExitCodesOperator</c>.</summary>
public static class PodFailurePolicyOnExitCodesOperator
{
    public const string In = "In";
    public const string NotIn = "NotIn";
}

/// <summary>The values of <c>PodReplacementPolicy</c>.</summary>
public static class PodReplacementPolicy
{
    public const string Failed = "Failed";
    public const string TerminatingOrFailed = "TerminatingOrFailed";
}

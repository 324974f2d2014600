using Netes.Api.Meta;

namespace Netes.Api.FlowControl;

/// <summary>The values of <c>ConditionStatus</c>.</summary>
public static class ConditionStatus
{
    public const string False = "False";
    public const string True = "True";
    public const string Unknown = "Unknown";
}

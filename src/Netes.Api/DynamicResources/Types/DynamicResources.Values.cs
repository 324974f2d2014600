using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

/// <summary>The values of <c>DeviceTaintEffect</c>.</summary>
public static class DeviceTaintEffect
{
    public const string NoExecute = "NoExecute";
    public const string NoSchedule = "NoSchedule";
    public const string None = "None";
}

/// <summary>The values of <c>DeviceTolerationOperator</c>.</summary>
public static class DeviceTolerationOperator
{
    public const string Equal = "Equal";
    public const string Exists = "Exists";
}

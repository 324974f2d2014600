using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The values of <c>PersistentVolumePhase</c>.</summary>
public static class PersistentVolumePhase
{
    public const string Available = "Available";
    public const string Bound = "Bound";
    public const string Failed = "Failed";
    public const string Pending = "Pending";
    public const string Released = "Released";
}

/// <summary>The values of <c>PersistentVolumeReclaimPolicy</c>.</summary>
public static class PersistentVolumeReclaimPolicy
{
    public const string Delete = "Delete";
    public const string Recycle = "Recycle";
    public const string Retain = "Retain";
}

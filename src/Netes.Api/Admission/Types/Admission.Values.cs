using Netes.Api.AdmissionRegistration;
using Netes.Api.Meta;

namespace Netes.Api.Admission;

/// <summary>The values of <c>Operation</c>.</summary>
public static class Operation
{
    public const string CONNECT = "CONNECT";
    public const string CREATE = "CREATE";
    public const string DELETE = "DELETE";
    public const string UPDATE = "UPDATE";
}

/// <summary>The values of <c>PatchType</c>.</summary>
public static class PatchType
{
    public const string JSONPatch = "JSONPatch";
}

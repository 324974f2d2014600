using static Netes.Api.Columns<Netes.Api.Core.Node>;

namespace Netes.Api.Core;

/// <summary>What <c>kubectl get</c> shows. Source: printNode of pkg/printers/internalversion/printers.go.</summary>
internal static class NodeColumns
{
    public static ValueList<Column<Node>> All { get; } =
    [
        Name,
        Text("Status", Status, "Whether the node takes pods."),
        Text("Roles", Roles, "What the node is for."),
        Age,
        Text("Version", static item => item.Status.NodeInfo.KubeletVersion, "The version of the node's agent."),
        Wide("Internal-IP", static item => Address(item, NodeAddressType.InternalIP)),
        Wide("External-IP", static item => Address(item, NodeAddressType.ExternalIP)),
        Wide("OS-Image", static item => OrUnknown(item.Status.NodeInfo.OSImage)),
        Wide("Kernel-Version", static item => OrUnknown(item.Status.NodeInfo.KernelVersion)),
        Wide("Container-Runtime", static item => OrUnknown(item.Status.NodeInfo.ContainerRuntimeVersion)),
    ];

    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    private static string Status(Node item)
    {
        var ready = item.Status.Conditions.LastOrDefault(condition => condition.Type == NodeConditionType.Ready);
        var status = ready is null ? "Unknown" : ready.Status == ConditionStatus.True ? "Ready" : "NotReady";
        return item.Spec.Unschedulable ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(Node item) => Cells.OrNone(string.Join(',', item.Metadata.Labels
        .Select(pair => pair.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? pair.Key[RolePrefix.Length..]
            : pair.Key == RoleLabel ? pair.Value
            : "")
        .Where(role => role.Length > 0)
        .Distinct().Order(StringComparer.Ordinal)));

    private static string Address(Node item, string type) =>
        Cells.OrNone(item.Status.Addresses.FirstOrDefault(address => address.Type == type)?.Address);

    private static string OrUnknown(string text) => text.Length == 0 ? Cells.Unknown : text;
}

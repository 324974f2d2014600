namespace Netes.Api.Networking;

public sealed partial record NetworkPolicy : IResource<NetworkPolicy>
{
    public static ResourceDefinition<NetworkPolicy> Resource { get; } = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "NetworkPolicy",
        Plural = "networkpolicies",
        Singular = "networkpolicy",
        ShortNames = ["netpol"],
        Namespaced = true,
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = NetworkPolicyColumns.All,
        Default = NetworkPolicyRules.Default,
        Validate = NetworkPolicyRules.Validate,
    };
}

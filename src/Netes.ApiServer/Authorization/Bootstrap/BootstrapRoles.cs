using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Rbac;

namespace Netes.ApiServer.Authorization.Bootstrap;

/// <summary>
/// The roles and bindings of a new cluster. Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy; the <c>netes:</c>
/// bindings do what kubeadm does for nodes.
/// </summary>
public static class BootstrapRoles
{
    internal const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";
    private const string Group = "rbac.authorization.k8s.io";
    private const string Aggregate = "rbac.authorization.k8s.io/aggregate-to-";
    private const string ControllerPrefix = "system:controller:";

    /// <summary>What nodes may do, before the Node authorizer narrows it.</summary>
    public static ValueList<PolicyRule> NodeRules { get; } =
        RoleText.Parse(ClusterRoleRules.Text).First(static role => role.Name == "system:node").Rules;

    public static IReadOnlyList<ClusterRole> ClusterRoles { get; } =
    [
        Aggregated("admin", aggregateTo: ""),
        Aggregated("edit", aggregateTo: "admin"),
        Aggregated("view", aggregateTo: "edit"),
        .. RoleText.Parse(ClusterRoleRules.Text).Concat(RoleText.Parse(ControllerRoleRules.Text))
            .Select(static role => Make(role.Name, role.Rules)),
    ];

    public static IReadOnlyList<ClusterRoleBinding> ClusterRoleBindings { get; } =
    [
        Bind("cluster-admin", InGroup("system:masters")),
        Bind("system:monitoring", InGroup("system:monitoring")),
        Bind("system:discovery", InGroup("system:authenticated")),
        Bind("system:basic-user", InGroup("system:authenticated")),
        Bind("system:public-info-viewer", InGroup("system:authenticated"), InGroup("system:unauthenticated")),
        Bind("system:node-proxier", User("system:kube-proxy")),
        Bind("system:kube-controller-manager", User("system:kube-controller-manager")),
        Bind("system:kube-dns", Account("kube-system", "kube-dns")),
        Bind("system:kube-scheduler", User("system:kube-scheduler")),
        Bind("system:volume-scheduler", User("system:kube-scheduler")),
        Bind("system:service-account-issuer-discovery", InGroup("system:serviceaccounts")),
        // Nodes get their rights from the Node authorizer; Kubernetes keeps the empty binding.
        Bind("system:node"),
        // A machine that joins reads the authority before it can show who it is, and knows it by the hash in its token.
        Bind("netes:authority-viewer", InGroup("system:authenticated"), InGroup("system:unauthenticated")),
        // New nodes ask for a certificate with a bootstrap token, and renew it with that certificate.
        Bind("system:node-bootstrapper", InGroup("system:bootstrappers")) with
        {
            Metadata = Metadata("netes:node-bootstrapper", ""),
        },
        Bind("system:certificates.k8s.io:certificatesigningrequests:nodeclient", InGroup("system:bootstrappers")) with
        {
            Metadata = Metadata("netes:node-autoapprove-bootstrap", ""),
        },
        Bind("system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", InGroup("system:nodes")) with
        {
            Metadata = Metadata("netes:node-autoapprove-certificate-rotation", ""),
        },
        // Serving certificates of nodes are approved here, which Kubernetes leaves to others.
        Bind("system:certificates.k8s.io:kubelet-serving-approver",
            Account("kube-system", "certificate-controller")) with
        {
            Metadata = Metadata("netes:kubelet-serving-approver", ""),
        },
        // The agent of a node is its service proxy and its DNS server too.
        Bind("system:node-proxier", InGroup("system:nodes")) with { Metadata = Metadata("netes:node-proxier", "") },
        Bind("system:kube-dns", InGroup("system:nodes")) with { Metadata = Metadata("netes:node-dns", "") },
        .. ClusterRoles.Where(static role => role.Metadata.Name.StartsWith(ControllerPrefix, StringComparison.Ordinal))
            .Select(BindAccount),
    ];

    /// <summary>Who knows a bootstrap token only reads how to reach the cluster, as kubeadm has it.</summary>
    private const string ClusterInfoReader = "kubeadm:bootstrap-signer-clusterinfo";

    public static IReadOnlyList<Role> Roles { get; } =
    [
        Role("kube-public", ClusterInfoReader, "get | core | configmaps | cluster-info"),
        Role("kube-public", "system:controller:bootstrap-signer",
            "read | core | configmaps", "update | core | configmaps | cluster-info", Events),
        Role("kube-system", "extension-apiserver-authentication-reader",
            "read | core | configmaps | extension-apiserver-authentication"),
        Role("kube-system", "system:controller:bootstrap-signer", "read | core | secrets"),
        Role("kube-system", "system:controller:cloud-provider", "read,create | core | configmaps"),
        Role("kube-system", "system:controller:token-cleaner", "read,delete | core | secrets", Events),
        Role("kube-system", "system::leader-locking-kube-controller-manager",
            "watch | core | configmaps", "get,update | core | configmaps | kube-controller-manager"),
        Role("kube-system", "system::leader-locking-kube-scheduler",
            "watch | core | configmaps", "get,update | core | configmaps | kube-scheduler"),
    ];

    public static IReadOnlyList<RoleBinding> RoleBindings { get; } =
    [
        BindIn("kube-public", ClusterInfoReader, User("system:anonymous")),
        BindIn("kube-public", "system:controller:bootstrap-signer", Account("kube-system", "bootstrap-signer")),
        BindIn("kube-system", "extension-apiserver-authentication-reader",
            User("system:kube-controller-manager"), User("system:kube-scheduler")) with
        {
            Metadata = Metadata("system::extension-apiserver-authentication-reader", "kube-system"),
        },
        BindIn("kube-system", "system:controller:bootstrap-signer", Account("kube-system", "bootstrap-signer")),
        BindIn("kube-system", "system:controller:cloud-provider", Account("kube-system", "cloud-provider")),
        BindIn("kube-system", "system:controller:token-cleaner", Account("kube-system", "token-cleaner")),
        BindIn("kube-system", "system::leader-locking-kube-controller-manager",
            User("system:kube-controller-manager"), Account("kube-system", "kube-controller-manager")),
        BindIn("kube-system", "system::leader-locking-kube-scheduler",
            User("system:kube-scheduler"), Account("kube-system", "kube-scheduler")),
    ];

    private const string Events = "create,patch,update | core,events.k8s.io | events";

    internal static ClusterRole Make(string name, ValueList<PolicyRule> rules) =>
        new() { Metadata = Metadata(name, "", AggregationLabel(name)), Rules = rules };

    /// <summary>A controller's role is that of the account of its name.</summary>
    internal static ClusterRoleBinding BindAccount(ClusterRole role) => Bind(
        role.Metadata.Name, Account("kube-system", role.Metadata.Name[ControllerPrefix.Length..]));

    private static ClusterRole Aggregated(string name, string aggregateTo) => new()
    {
        Metadata = Metadata(name, "", aggregateTo),
        AggregationRule = new AggregationRule
        {
            ClusterRoleSelectors = [new LabelSelector { MatchLabels = ValueMap.Of(($"{Aggregate}{name}", "true")) }],
        },
    };

    private static string AggregationLabel(string roleName)
    {
        const string prefix = "system:aggregate-to-";
        return roleName.StartsWith(prefix, StringComparison.Ordinal) ? roleName[prefix.Length..] : "";
    }

    private static ObjectMeta Metadata(string name, string namespaceName, string aggregateTo = "")
    {
        var labels = ValueMap.Of(("kubernetes.io/bootstrapping", "rbac-defaults"));
        return new ObjectMeta
        {
            Name = name,
            Namespace = namespaceName,
            Labels = aggregateTo.Length == 0 ? labels : labels.Set(Aggregate + aggregateTo, "true"),
            Annotations = ValueMap.Of((AutoUpdate, "true")),
        };
    }

    private static Role Role(string namespaceName, string name, params string[] rules) => new()
    {
        Metadata = Metadata(name, namespaceName),
        Rules = RoleText.Parse(string.Join('\n', rules.Select(static rule => $"  {rule}").Prepend(name)))[0].Rules,
    };

    private static ClusterRoleBinding Bind(string role, params ValueList<Subject> subjects) => new()
    {
        Metadata = Metadata(role, ""),
        Subjects = subjects,
        RoleRef = new RoleRef { ApiGroup = Group, Kind = "ClusterRole", Name = role },
    };

    private static RoleBinding BindIn(string namespaceName, string role, params ValueList<Subject> subjects) => new()
    {
        Metadata = Metadata(role, namespaceName),
        Subjects = subjects,
        RoleRef = new RoleRef { ApiGroup = Group, Kind = "Role", Name = role },
    };

    private static Subject User(string name) => new() { Kind = "User", ApiGroup = Group, Name = name };

    private static Subject InGroup(string name) => new() { Kind = "Group", ApiGroup = Group, Name = name };

    private static Subject Account(string namespaceName, string name) =>
        new() { Kind = "ServiceAccount", Namespace = namespaceName, Name = name };
}

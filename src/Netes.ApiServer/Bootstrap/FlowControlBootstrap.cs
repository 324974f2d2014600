using Netes.Api;
using Netes.Api.FlowControl;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// The flow schemas and priority levels that a cluster begins with.
/// Source: apiserver pkg/apis/flowcontrol/bootstrap/default.go.
/// </summary>
internal sealed class FlowControlBootstrap(ObjectViews views, InternalWriter writer)
{
    private static readonly ValueList<string> All = ["*"];

    public async Task ReconcileAsync(CancellationToken cancel)
    {
        foreach (var level in Levels())
        {
            if (views.Get<PriorityLevelConfiguration>("", level.Metadata.Name) is null)
            {
                await writer.CreateAsync(level, cancel);
            }
        }

        foreach (var schema in Schemas())
        {
            if (views.Get<FlowSchema>("", schema.Metadata.Name) is null)
            {
                await writer.CreateAsync(schema, cancel);
            }
        }
    }

    private static IEnumerable<PriorityLevelConfiguration> Levels() =>
    [
        new()
        {
            Metadata = new() { Name = "exempt" },
            Spec = new() { Type = "Exempt", Exempt = new() { NominalConcurrencyShares = 0, LendablePercent = 0 } },
        },
        Level("catch-all", 5, 0, null),
        Level("leader-election", 10, 0, Queues(16, 4)),
        Level("node-high", 40, 25, Queues(64, 6)),
        Level("system", 30, 33, Queues(64, 6)),
        Level("workload-high", 40, 50, Queues(128, 6)),
        Level("workload-low", 100, 90, Queues(128, 6)),
        Level("global-default", 20, 50, Queues(128, 6)),
    ];

    private static IEnumerable<FlowSchema> Schemas()
    {
        var everyone = ValueList.Create([Group("system:unauthenticated"), Group("system:authenticated")]);
        var leases = ValueList.Create<ResourcePolicyRule>(
        [
            new()
            {
                Verbs = ["get", "create", "update"],
                ApiGroups = ["coordination.k8s.io"],
                Resources = ["leases"],
                Namespaces = All,
            },
        ]);
        var nodes = ValueList.Create<ResourcePolicyRule>(
        [
            new()
            {
                Verbs = All,
                ApiGroups = [""],
                Resources = ["nodes", "nodes/status"],
                Namespaces = All,
                ClusterScope = true,
            },
            new() { Verbs = All, ApiGroups = ["coordination.k8s.io"], Resources = ["leases"], Namespaces = All },
        ]);
        var (byUser, byNamespace) = ("ByUser", "ByNamespace");
        return
        [
            Schema("exempt", "exempt", 1, "", Everything([Group("system:masters")])),
            Schema("probes", "exempt", 2, "", new()
            {
                Subjects = everyone,
                NonResourceRules = [new() { Verbs = ["get"], NonResourceURLs = ["/healthz", "/readyz", "/livez"] }],
            }),
            Schema("system-leader-election", "leader-election", 100, byUser, new()
            {
                Subjects =
                [
                    User("system:kube-controller-manager"), User("system:kube-scheduler"), Accounts("kube-system"),
                ],
                ResourceRules = leases,
            }),
            Schema("workload-leader-election", "leader-election", 200, byUser, new()
            {
                Subjects = [Accounts("kube-system")],
                ResourceRules = leases,
            }),
            Schema("system-node-high", "node-high", 400, byUser, new()
            {
                Subjects = [Group("system:nodes")],
                ResourceRules = nodes,
            }),
            Schema("system-nodes", "system", 500, byUser, Everything([Group("system:nodes")])),
            Schema("kube-controller-manager", "workload-high", 800, byNamespace,
                Everything([User("system:kube-controller-manager")])),
            Schema("kube-scheduler", "workload-high", 800, byNamespace, Everything([User("system:kube-scheduler")])),
            Schema("kube-system-service-accounts", "workload-high", 900, byNamespace,
                Everything([Accounts("kube-system")])),
            Schema("service-accounts", "workload-low", 9000, byUser, Everything([Group("system:serviceaccounts")])),
            Schema("global-default", "global-default", 9900, byUser, Everything(everyone)),
            Schema("catch-all", "catch-all", 10000, byUser, Everything(everyone)),
        ];
    }

    private static PriorityLevelConfiguration Level(
        string name, int shares, int lendable, QueuingConfiguration? queues) => new()
        {
            Metadata = new() { Name = name },
            Spec = new()
            {
                Type = "Limited",
                Limited = new()
                {
                    NominalConcurrencyShares = shares,
                    LendablePercent = lendable,
                    LimitResponse = new() { Type = queues is null ? "Reject" : "Queue", Queuing = queues },
                },
            },
        };

    private static QueuingConfiguration Queues(int queues, int hand) =>
        new() { Queues = queues, HandSize = hand, QueueLengthLimit = 50 };

    private static FlowSchema Schema(
        string name, string level, int precedence, string distinguisher, PolicyRulesWithSubjects rules) => new()
        {
            Metadata = new() { Name = name },
            Spec = new()
            {
                PriorityLevelConfiguration = new() { Name = level },
                MatchingPrecedence = precedence,
                DistinguisherMethod = distinguisher.Length == 0 ? null : new() { Type = distinguisher },
                Rules = [rules],
            },
        };

    private static PolicyRulesWithSubjects Everything(ValueList<Subject> subjects) => new()
    {
        Subjects = subjects,
        ResourceRules =
        [
            new() { Verbs = All, ApiGroups = All, Resources = All, ClusterScope = true, Namespaces = All },
        ],
        NonResourceRules = [new() { Verbs = All, NonResourceURLs = All }],
    };

    private static Subject Group(string name) => new() { Kind = "Group", Group = new() { Name = name } };

    private static Subject User(string name) => new() { Kind = "User", User = new() { Name = name } };

    private static Subject Accounts(string namespaceName) => new()
    {
        Kind = "ServiceAccount",
        ServiceAccount = new() { Namespace = namespaceName, Name = "*" },
    };
}

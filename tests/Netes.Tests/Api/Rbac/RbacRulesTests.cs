using Netes.Api.Rbac;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Rbac;

public sealed class RbacRulesTests
{
    [Theory]
    [InlineData("""{"apiGroups":[""],"resources":["pods"]}""",
        "rules[0].verbs: Required value: verbs must contain at least one value")]
    [InlineData("""{"verbs":["get"],"resources":["pods"]}""",
        "rules[0].apiGroups: Required value: resource rules must supply at least one api group")]
    [InlineData("""{"verbs":["get"],"nonResourceURLs":["/x"]}""",
        "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs")]
    public void Bad_rule_is_named(string rule, string error) => CheckErrors<Role>(
        $$"""{"metadata":{"name":"a:b","namespace":"default"},"rules":[{{rule}}]}""", error);

    [Fact]
    public void Binding_gets_groups()
    {
        var binding = Created<ClusterRoleBinding>(Binding("x"));
        Assert.Equal("rbac.authorization.k8s.io", binding.RoleRef.ApiGroup);
        Assert.Equal("rbac.authorization.k8s.io,",
            string.Join(',', binding.Subjects.Select(subject => subject.ApiGroup)));
        CheckErrors<ClusterRoleBinding>(Binding("x"), "subjects[1].namespace: Required value");
    }

    [Fact]
    public void Role_of_a_binding_does_not_change() => CheckUpdate<ClusterRoleBinding>(Binding("x"), Binding("y"),
        "subjects[1].namespace: Required value",
        """
        roleRef: Invalid value: {"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"y"}: cannot change roleRef
        """);

    private static string Binding(string role) => $$$"""
        {"metadata":{"name":"b","resourceVersion":"1"},"roleRef":{"kind":"ClusterRole","name":"{{{role}}}"},
        "subjects":[{"kind":"User","name":"u"},{"kind":"ServiceAccount","name":"s"}]}
        """;
}

using Netes.Api.AdmissionRegistration;
using Netes.Api.ApiExtensions;
using Netes.Api.FlowControl;
using Netes.Api.Scheduling;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.ApiExtensions;

public sealed class OtherRulesTests
{
    [Fact]
    public void Definition_gets_its_names()
    {
        var item = Created<CustomResourceDefinition>(Definition("widgets.x.io"));
        Assert.Equal(("widget", "WidgetList", "None", "v1"), (item.Spec.Names.Singular, item.Spec.Names.ListKind,
            item.Spec.Conversion!.Strategy, Assert.Single(item.Status.StoredVersions.ToArray())));
        CheckErrors<CustomResourceDefinition>(Definition("widgets.x.io"));
    }

    [Fact]
    public void Definition_is_called_by_its_plural_and_group() => CheckErrors<CustomResourceDefinition>(Definition("w"),
        "metadata.name: Invalid value: \"w\": must be spec.names.plural+\".\"+spec.group");

    [Fact]
    public void Webhook_gets_its_defaults_and_rules()
    {
        const string hook = """
            {"metadata":{"name":"w"},"webhooks":[{"name":"a.b.c","admissionReviewVersions":["v1"],"sideEffects":"None",
            "clientConfig":{"service":{"namespace":"n","name":"s"}},
            "rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"]}]}]}
            """;
        var made = Created<MutatingWebhookConfiguration>(hook).Webhooks[0];
        Assert.Equal(("Fail", "Equivalent", 10, "Never", "*", 443),
            (made.FailurePolicy, made.MatchPolicy, made.TimeoutSeconds,
            made.ReinvocationPolicy, made.Rules[0].Rule.Scope, made.ClientConfig.Service!.Port));
        CheckErrors<MutatingWebhookConfiguration>(hook);
        CheckErrors<ValidatingWebhookConfiguration>(
            """{"metadata":{"name":"w"},"webhooks":[{"name":"a","admissionReviewVersions":[],"clientConfig":{},"timeoutSeconds":31}]}""",
            "webhooks[0].name: Invalid value: \"a\": should be a domain with at least three segments separated by dots",
            "webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1",
            "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
            "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
            "webhooks[0].clientConfig: Required value: exactly one of url or service is required");
    }

    [Fact]
    public void Users_priorities_have_a_limit() => CheckErrors<PriorityClass>(
        """{"metadata":{"name":"p"},"value":1000000001}""",
        "value: Forbidden: maximum allowed value of a user defined priority is 1000000000");

    [Fact]
    public void System_priorities_are_kubernetes_own() => CheckErrors<PriorityClass>(
        """{"metadata":{"name":"system-mine"},"value":1}""",
        "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: "
        + "system-mine is not a known system priority class");

    [Fact]
    public void Priority_level_gets_its_queues()
    {
        var limited = Created<PriorityLevelConfiguration>(
            """{"metadata":{"name":"p"},"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Queue","queuing":{}}}}}""").Spec.Limited!;
        Assert.Equal((30, 0, 64, 8, 50), (limited.NominalConcurrencyShares, limited.LendablePercent,
            limited.LimitResponse.Queuing!.Queues, limited.LimitResponse.Queuing.HandSize,
            limited.LimitResponse.Queuing.QueueLengthLimit));
    }

    private static string Definition(string name) => $$$$"""
        {"metadata":{"name":"{{{{name}}}}"},"spec":{"group":"x.io","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
        """;
}

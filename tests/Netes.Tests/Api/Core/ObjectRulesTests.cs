using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core;

public sealed class ObjectRulesTests
{
    [Fact]
    public void Namespace_gets_label_finalizer_and_phase() => CheckCreated<Namespace>(
        """{"metadata":{"name":"a"}}""",
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","labels":{"kubernetes.io/metadata.name":"a"}},
        "spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}
        """);

    [Fact]
    public void Secret_keeps_its_text_as_data() => CheckCreated<Secret>(
        """{"metadata":{"name":"a"},"stringData":{"k":"v"}}""",
        """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"k":"dg=="},"type":"Opaque"}""");

    [Theory]
    [InlineData("kubernetes.io/tls", "data[tls.crt]: Required value\ndata[tls.key]: Required value")]
    [InlineData("kubernetes.io/dockerconfigjson", "data[.dockerconfigjson]: Required value")]
    [InlineData("kubernetes.io/service-account-token",
        "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    public void Secret_has_what_its_type_asks(string type, string errors) => CheckErrors<Secret>(
        $$"""{"metadata":{"name":"a","namespace":"default"},"type":"{{type}}"}""", errors.Split('\n'));

    [Fact]
    public void Config_map_keys_are_file_names() => CheckErrors<ConfigMap>(
        """{"metadata":{"name":"a","namespace":"default"},"data":{"a/b":"","..":""}}""",
        "data[..]: Invalid value: \"..\": must not be '..'",
        "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
        + "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");

    [Fact]
    public void Sealed_config_map_stays() => CheckUpdate<ConfigMap>(
        """{"metadata":{"name":"a","namespace":"default"},"immutable":true,"data":{"k":"v"}}""",
        """{"metadata":{"name":"a","namespace":"default","resourceVersion":"1"},"data":{"k":"w"}}""",
        "immutable: Forbidden: field is immutable when `immutable` is set",
        "data: Forbidden: field is immutable when `immutable` is set");

    [Fact]
    public void Nodes_network_stays() => CheckUpdate<Netes.Api.Core.Node>(
        """{"metadata":{"name":"n"},"spec":{"podCIDR":"10.244.0.0/24"}}""",
        """{"metadata":{"name":"n","resourceVersion":"1"},"spec":{"podCIDR":"10.244.1.0/24"}}""",
        "spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid");

    [Fact]
    public void Taints_are_unique_by_key_and_effect() => CheckErrors<Netes.Api.Core.Node>(
        """{"metadata":{"name":"n"},"spec":{"taints":[{"key":"k","effect":"NoSchedule"},{"key":"k","effect":"NoSchedule","value":"v"}]}}""",
        "metadata.taints[1]: Duplicate value: {\"key\":\"k\",\"value\":\"v\",\"effect\":\"NoSchedule\"}: taints must be unique "
        + "by key and effect pair");

    [Fact]
    public void Metadata_of_an_update_keeps_identity() => CheckUpdate<ConfigMap>(
        """{"metadata":{"name":"a","namespace":"default","uid":"u"}}""",
        """{"metadata":{"name":"a","namespace":"default","uid":"v"}}""",
        "metadata.resourceVersion: Invalid value: \"\": must be specified for an update",
        "metadata.uid: Invalid value: \"v\": field is immutable");

    [Fact]
    public void Owners_and_finalizers_are_checked() => CheckErrors<ConfigMap>(
        """
        {"metadata":{"name":"a","namespace":"default","finalizers":["mine"],
        "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":""}]}}
        """,
        "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty",
        "metadata.finalizers[0]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified");

    [Fact]
    public void Event_is_where_its_object_is() => CheckErrors<Event>(
        """{"metadata":{"name":"e","namespace":"a"},"involvedObject":{"kind":"Pod","name":"p","namespace":"b"}}""",
        "involvedObject.namespace: Invalid value: \"b\": does not match event.namespace");

    [Theory]
    [InlineData("""{"addresses":["127.0.0.1"]}""",
        "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("""{"addresses":[]}""", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    public void Bad_endpoint_is_named(string endpoint, string error) => CheckErrors<Netes.Api.Discovery.EndpointSlice>(
        $$"""{"metadata":{"name":"s","namespace":"default"},"addressType":"IPv4","endpoints":[{{endpoint}}]}""", error);

    [Fact]
    public void Claim_asks_for_a_size_and_a_mode() => CheckErrors<PersistentVolumeClaim>(Named("{}"),
        "spec.accessModes: Required value: at least 1 access mode is required",
        "spec.resources[storage]: Required value");
}

using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

/// <summary>
/// An APIService for each group and version that this server answers itself; such are always available.
/// Source: pkg/controlplane/apiserver/aggregator.go, kube-aggregator pkg/controllers/{autoregister,status/local}.
/// </summary>
internal sealed class LocalApiServices(
    ResourceTable resources, ResourceStore store, ObjectViews views, InternalWriter writer, TimeProvider time)
{
    private const string ManagedLabel = "kube-aggregator.kubernetes.io/automanaged";
    private const string OnStart = "onstart";

    // The group itself is served by the aggregator, and registers nobody.
    private const string OwnGroup = "apiregistration.k8s.io";

    /// <summary>
    /// Makes those that are missing, sets right what somebody changed, and deletes those of versions that are served no
    /// more.
    /// </summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        IReadOnlyList<APIService> all = [.. Wanted(resources.All.Select(static resource => resource.Definition))];
        await DeleteAllButAsync(all.Select(static service => service.Metadata.Name).ToHashSet(), cancel);
        foreach (var wanted in all)
        {
            var present = views.Get<APIService>("", wanted.Metadata.Name);
            if (present is null)
            {
                present = await writer.CreateAsync(wanted, cancel);
            }
            else if (present.Metadata.Labels.ContainsKey(ManagedLabel) && present.Spec != wanted.Spec)
            {
                present = await writer.UpdateAsync(present with { Spec = wanted.Spec }, cancel);
            }

            if (present.Spec.Service is null && !present.Status.Conditions.Any(IsAvailable))
            {
                await writer.UpdateStatusAsync(present with
                {
                    Status = new()
                    {
                        Conditions =
                        [
                            new()
                            {
                                Type = "Available",
                                Status = "True",
                                LastTransitionTime = Timestamp.From(time.GetUtcNow()),
                                Reason = "Local",
                                Message = "Local APIServices are always available",
                            },
                        ],
                    },
                }, cancel);
            }
        }
    }

    private async Task DeleteAllButAsync(HashSet<string> wanted, CancellationToken cancel)
    {
        var services = resources.Of(APIService.Resource);
        foreach (var service in views.List<APIService>("").Where(service =>
            service.Metadata.Labels.Get(ManagedLabel, "") == OnStart && !wanted.Contains(service.Metadata.Name)))
        {
            var key = services.Stored.KeyOf("", service.Metadata.Name);
            if (await store.GetLatestAsync(services.Cache, key, cancel) is { } entry)
            {
                await store.DeleteAsync(entry, cancel);
            }
        }
    }

    internal static IEnumerable<APIService> Wanted(IEnumerable<ResourceDefinition> resources) => resources
        .Select(resource => (resource.Group, resource.Version))
        .Distinct()
        .Where(pair => pair.Group != OwnGroup)
        .Select(pair => new APIService
        {
            Metadata = new()
            {
                Name = $"{pair.Version}.{pair.Group}",
                Labels = ValueMap.Of((ManagedLabel, OnStart)),
            },
            Spec = new()
            {
                Group = pair.Group,
                Version = pair.Version,
                GroupPriorityMinimum = ApiServicePriorities.OfGroup(pair.Group),
                VersionPriority = ApiServicePriorities.OfVersion(pair.Group, pair.Version),
            },
        });

    private static bool IsAvailable(APIServiceCondition condition) =>
        condition is { Type: "Available", Status: "True" };
}

/// <summary>Source: pkg/controlplane/apiserver/aggregator.go, DefaultGenericAPIServicePriorities.</summary>
internal static class ApiServicePriorities
{
    private static readonly Dictionary<string, int> Groups = new(StringComparer.Ordinal)
    {
        [""] = 18000,
        ["apps"] = 17800,
        ["events.k8s.io"] = 17750,
        ["authentication.k8s.io"] = 17700,
        ["authorization.k8s.io"] = 17600,
        ["autoscaling"] = 17500,
        ["batch"] = 17400,
        ["certificates.k8s.io"] = 17300,
        ["networking.k8s.io"] = 17200,
        ["policy"] = 17100,
        ["rbac.authorization.k8s.io"] = 17000,
        ["storage.k8s.io"] = 16800,
        ["apiextensions.k8s.io"] = 16700,
        ["admissionregistration.k8s.io"] = 16700,
        ["scheduling.k8s.io"] = 16600,
        ["coordination.k8s.io"] = 16500,
        ["node.k8s.io"] = 16300,
        ["discovery.k8s.io"] = 16200,
        ["flowcontrol.apiserver.k8s.io"] = 16100,
        ["internal.apiserver.k8s.io"] = 16000,
        ["resource.k8s.io"] = 15900,
    };

    public static int OfGroup(string group) => Groups.GetValueOrDefault(group, 1000);

    public static int OfVersion(string group, string version) => (group, version) switch
    {
        ("", _) => 1,
        ("autoscaling", "v2") => 30,
        ("flowcontrol.apiserver.k8s.io", _) => 21,
        ("internal.apiserver.k8s.io", _) => 9,
        _ => 15,
    };
}

using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What containers ask for in extended resources, as requests of a claim, and which container uses which. Pure.
/// Source: createRequestsAndMappings of plugins/dynamicresources/extendeddynamicresources.go.
/// </summary>
/// <param name="Requests">By name.</param>
/// <param name="Mappings">For the pod's status.</param>
internal sealed record ExtendedRequests(
    ValueList<DeviceRequest> Requests, ValueList<ContainerExtendedResourceRequest> Mappings)
{
    /// <param name="spec">Of the pod.</param>
    /// <param name="resources">Those that devices stand for, in ordinal order.</param>
    /// <param name="classes">Which.</param>
    public static ExtendedRequests Of(PodSpec spec, IEnumerable<string> resources, ExtendedClasses classes)
    {
        Container[] containers = [.. spec.InitContainers, .. spec.Containers];
        List<DeviceRequest> requests = [];
        List<ContainerExtendedResourceRequest> mappings = [];
        foreach (var resource in resources)
        {
            if (classes.Of(resource) is { } deviceClass)
            {
                var one = new OfResource(containers, spec.InitContainers.Count, resource, deviceClass.Metadata.Name);
                requests.AddRange(one.Requests);
                mappings.AddRange(one.Mappings);
            }
        }

        requests.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return new ExtendedRequests(requests.ToValueList(), mappings.ToValueList());
    }

    /// <summary>
    /// The requests for one resource. Containers that stay, sidecars among them, have devices of their own. An init
    /// container that ends uses those of the containers after it; what it needs beyond them is asked for once for all
    /// such containers, as they run one after the other.
    /// </summary>
    private sealed class OfResource
    {
        private readonly Container[] _containers;
        private readonly string _resource;
        private readonly string _className;
        private readonly DeviceRequest?[] _staying;

        public OfResource(Container[] containers, int initContainers, string resource, string className)
        {
            (_containers, _resource, _className) = (containers, resource, className);
            _staying = new DeviceRequest?[containers.Length];
            List<int> ending = [];
            for (var i = 0; i < containers.Length; i++)
            {
                if (i < initContainers && containers[i].RestartPolicy != ContainerRestartPolicy.Always)
                {
                    ending.Add(i);
                }
                else
                {
                    _staying[i] = Ask(i, [], Mappings);
                }
            }

            if (Most(ending) is { } most)
            {
                Requests.Add(most);
            }

            Requests.AddRange(_staying.OfType<DeviceRequest>());
        }

        public List<DeviceRequest> Requests { get; } = [];

        public List<ContainerExtendedResourceRequest> Mappings { get; } = [];

        /// <summary>The largest of the requests beyond, the first of equal ones; it stands for the others.</summary>
        private DeviceRequest? Most(List<int> ending)
        {
            DeviceRequest? most = null;
            HashSet<string> names = new(StringComparer.Ordinal);
            List<ContainerExtendedResourceRequest> mappings = [];
            foreach (var i in ending)
            {
                if (Ask(i, _staying.AsSpan(i), mappings) is { } request)
                {
                    names.Add(request.Name);
                    most = most is null || most.Exactly!.Count < request.Exactly!.Count ? request : most;
                }
            }

            Mappings.AddRange(mappings.Select(mapping =>
                names.Contains(mapping.RequestName) ? mapping with { RequestName = most!.Name } : mapping));
            return most;
        }

        /// <summary>What a container needs beyond what it may use of others; null: nothing.</summary>
        private DeviceRequest? Ask(
            int index, ReadOnlySpan<DeviceRequest?> usable, List<ContainerExtendedResourceRequest> mappings)
        {
            var container = _containers[index];
            if (!container.Resources.Requests.TryGetValue(_resource, out var amount)
                || amount.IsZero || amount.MilliValue % 1000 != 0)
            {
                return null;
            }

            var left = amount.Value;
            foreach (var other in usable)
            {
                if (other is not null)
                {
                    left -= other.Exactly!.Count;
                    mappings.Add(Mapping(container, other.Name));
                    if (left <= 0)
                    {
                        return null;
                    }
                }
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"container-{index}-request-{Place(container)}");
            mappings.Add(Mapping(container, name));
            return new DeviceRequest
            {
                Name = name,
                Exactly = new()
                {
                    DeviceClassName = _className, AllocationMode = DeviceAllocationMode.ExactCount, Count = left,
                },
            };
        }

        /// <summary>Where the resource stands among all that the container requests.</summary>
        private int Place(Container container) =>
            container.Resources.Requests.Keys.Count(name => string.CompareOrdinal(name, _resource) < 0);

        private ContainerExtendedResourceRequest Mapping(Container container, string request) =>
            new() { ContainerName = container.Name, ResourceName = _resource, RequestName = request };
    }
}

using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Telemetry;
using Netes.ApiServer;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Authentication;

namespace Netes.Tests.ApiServer.Admission;

/// <summary>The whole chain of plugins over objects in memory.</summary>
internal sealed class AdmissionFixture : IDisposable
{
    public static readonly UserIdentity Admin = new() { Name = "kubernetes-admin", Groups = ["system:masters"] };

    public AdmissionFixture(AdmissionOptions? options = null)
    {
        Objects.Add(Space("default")).Add(Space("kube-system"));
        Objects.Add(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = "default" } });
        Security = new ClusterSecurity(
            new SecurityOptions { Admission = options ?? new AdmissionOptions() }, Objects, Objects, () => "abcde",
                Metrics, Time);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public MetricRegistry Metrics { get; } = new();

    public MemoryObjects Objects { get; } = new();

    public ClusterSecurity Security { get; }

    public void Dispose() => Security.Dispose();

    public static Namespace Space(string name, params (string Key, string Value)[] labels) =>
        new() { Metadata = new ObjectMeta { Name = name, Labels = ValueMap.Of(labels) } };

    /// <summary>A create as the registry does it; the object that would be stored.</summary>
    public async Task<T> CreateAsync<T>(T value, UserIdentity? user = null)
        where T : class, IResource<T> => await AdmitAsync<T>(Attributes(AdmissionOperation.Create, value, null, user));

    public async Task<T> UpdateAsync<T>(T old, T next, UserIdentity? user = null, string subresource = "")
        where T : class, IResource<T> =>
        await AdmitAsync<T>(Attributes(AdmissionOperation.Update, next, old, user) with { Subresource = subresource });

    public async Task DeleteAsync<T>(T old, UserIdentity? user = null)
        where T : class, IResource<T>
    {
        var attributes = Attributes(AdmissionOperation.Delete, null, old, user);
        await Security.Admission.MutateAsync(attributes, CancellationToken.None);
        await Security.Admission.ValidateAsync(attributes, CancellationToken.None);
    }

    /// <summary>The text of the refusal; empty when there is none.</summary>
    public static async Task<string> RefusalAsync(Func<Task> write) =>
        (await Record.ExceptionAsync(write) as ApiException)?.Message ?? "";

    public static AdmissionAttributes Attributes<T>(
        AdmissionOperation operation, T? next, T? old, UserIdentity? user = null)
        where T : class, IResource<T>
    {
        var metadata = (next ?? old)!.Metadata;
        return new AdmissionAttributes
        {
            Operation = operation,
            User = user ?? Admin,
            Group = T.Resource.Group,
            Version = T.Resource.Version,
            Resource = T.Resource.Plural,
            Kind = T.Resource.Kind,
            Namespace = T.Resource.Plural == "namespaces" ? metadata.Name : metadata.Namespace,
            Name = metadata.Name,
            Object = next,
            OldObject = old,
        };
    }

    public async Task<T> AdmitAsync<T>(AdmissionAttributes attributes)
        where T : class
    {
        var changed = await Security.Admission.MutateAsync(attributes, CancellationToken.None);
        await Security.Admission.ValidateAsync(attributes with { Object = changed }, CancellationToken.None);
        return (T)changed!;
    }

    public static Pod Pod(string name = "p", string space = "default", params ValueList<Container> containers) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = space },
        Spec = new PodSpec { Containers = containers.IsEmpty ? [new Container { Name = "a" }] : containers },
    };

    public static Container Container(string name, string requests = "", string limits = "") => new()
    {
        Name = name,
        Resources = new ResourceRequirements { Requests = Amounts(requests), Limits = Amounts(limits) },
    };

    /// <summary><c>cpu=1,memory=1Gi</c>.</summary>
    public static ValueMap<Quantity> Amounts(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('='))
        .Select(static pair => KeyValuePair.Create(pair[0], Quantity.Parse(pair[1]))).ToValueMap();
}

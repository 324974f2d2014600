using System.Runtime.CompilerServices;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Views;

/// <summary>Reads the watch cache in a user's name. A watch is a cursor: it costs its place in the ring.</summary>
internal sealed class ObjectAccess(ResourceTable resources, Freshness freshness, IAuthorizer authorizer)
{
    private const int EventsAtOnce = 64;

    public async ValueTask<ObjectList<T>> ListAsync<T>(
        UserIdentity user, ObjectQuery query, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>
    {
        var resource = resources.Of(query.Resource);
        var selection = Selection.Of(query, resource, null);
        await AuthorizeAsync(user, "list", query, selection.Name, cancel);
        await freshness.WaitAsync("", cancel);

        // The revision first: what is applied in between is seen twice rather than missed.
        var applied = freshness.Applied;
        var state = resource.Cache.State;
        var items = state.Tree.Range(selection.Prefix, selection.Prefix).Where(selection.Matches)
            .Select(entry => Read<T>(resource, entry)).ToList();
        return new(items, Math.Max(applied, state.Revision));
    }

    public async IAsyncEnumerable<ObjectEvent<T>> WatchAsync<T>(
        UserIdentity user, ObjectQuery query, long after, [EnumeratorCancellation] CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>
    {
        var resource = resources.Of(query.Resource);
        var selection = Selection.Of(query, resource, null);
        await AuthorizeAsync(user, "watch", query, selection.Name, cancel);
        var ring = resource.Cache.Ring;
        var position = ring.PositionAfter(after);
        var events = new CacheEvent[EventsAtOnce];
        var wakeup = new Wakeup();
        using var membership = resource.Cache.Changed.Join(wakeup);
        await using var ending = cancel.UnsafeRegister(static state => ((Wakeup)state!).Signal(), wakeup);
        while (position >= 0)
        {
            var isStopped = freshness.IsStopped;
            var count = ring.Read(position, events);
            if (count < 0)
            {
                break;
            }

            position += count;
            for (var i = 0; i < count; i++)
            {
                if (events[i].Revision > after && selection.Read(events[i]) is var (kind, entry))
                {
                    yield return new(kind, Read<T>(resource, entry));
                }
            }

            if (count == 0)
            {
                if (isStopped)
                {
                    yield break;
                }

                await wakeup.WaitAsync();
                cancel.ThrowIfCancellationRequested();
            }
        }

        throw ApiErrors.Expired($"too old resource version: {after}");
    }

    private static T Read<T>(ServedResource resource, CacheEntry entry)
        where T : class, IKubernetesObject => typeof(T) == typeof(PartialObjectMetadata)
            ? (T)(IKubernetesObject)new PartialObjectMetadata { Metadata = entry.Metadata() }
            : (T)resource.Record(entry);

    // Nodes may list and watch single objects by name. Source: apiserver pkg/endpoints/request/requestinfo.go.
    private async ValueTask AuthorizeAsync(
        UserIdentity user, string verb, ObjectQuery query, string name, CancellationToken cancel)
    {
        var attributes = new AuthorizationAttributes
        {
            User = user,
            Verb = verb,
            Group = query.Resource.Group,
            Version = query.Resource.Version,
            Resource = query.Resource.Plural,
            Namespace = query.Namespace,
            Name = name,
            FieldSelector = query.FieldSelector,
            LabelSelector = query.LabelSelector,
        };
        var decision = await authorizer.AuthorizeAsync(attributes, cancel);
        if (!decision.IsAllowed)
        {
            throw ForbiddenErrors.Create(attributes, decision.Reason);
        }
    }
}

using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Netes.Nodes.Containerd;

namespace Netes.Nodes.Runtime;

/// <content>
/// Two sources of the same events: CRI's GetContainerEvents where the runtime has it, else (containerd 1.6 answers
/// Unimplemented) containerd's own event service on the same socket. Which one is asked anew at each connection,
/// because a restart may have upgraded the runtime.
/// </content>
public sealed partial class CriRuntime
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var retry = FirstRetry;
        while (!cancel.IsCancellationRequested)
        {
            var connected = false;
            await foreach (var item in WatchOnceAsync(cancel))
            {
                connected = true;
                retry = FirstRetry;
                yield return item;
            }

            cancel.ThrowIfCancellationRequested();
            if (connected)
            {
                yield return new RuntimeEvent(RuntimeEventKind.Disconnected, "");
            }

            await Task.Delay(retry, time, cancel);
            retry = retry * 2 > LastRetry ? LastRetry : retry * 2;
        }
    }

    /// <summary>One connection's events; ends, without an error, when the connection ends.</summary>
    private async IAsyncEnumerable<RuntimeEvent> WatchOnceAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (!await IsThereAsync(cancel))
        {
            yield break;
        }

        var useCri = true;
        using var criCall = runtime.GetContainerEvents(new(), cancellationToken: cancel);
        var first = MoveNextAsync(criCall.ResponseStream, cancel);
        // An unimplemented method answers at once, an implemented one when something happens.
        var probe = await ProbeAsync(first, cancel);
        if (probe == StreamState.Unimplemented)
        {
            useCri = false;
        }

        if (useCri)
        {
            yield return new RuntimeEvent(RuntimeEventKind.Connected, "");
            var state = await first;
            while (state == StreamState.Item)
            {
                if (Convert(criCall.ResponseStream.Current) is { } item)
                {
                    yield return item;
                }

                state = await MoveNextAsync(criCall.ResponseStream, cancel);
            }

            yield break;
        }

        await foreach (var item in WatchContainerdAsync(cancel))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<RuntimeEvent> WatchContainerdAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var events = new Events.EventsClient(channel);
        var request = new SubscribeRequest();
        request.Filters.Add("namespace==k8s.io,topic~=\"^/tasks/(start|exit|oom)$\"");
        request.Filters.Add("namespace==k8s.io,topic==\"/containers/delete\"");
        using var call = events.Subscribe(request, cancellationToken: cancel);
        var next = MoveNextAsync(call.ResponseStream, cancel);

        // The subscription begins some moments after the request was sent, and containerd sends no header before the
        // first event: one round trip later it stands.
        if (!await IsThereAsync(cancel))
        {
            yield break;
        }

        yield return new RuntimeEvent(RuntimeEventKind.Connected, "");
        while (await next == StreamState.Item)
        {
            if (Convert(call.ResponseStream.Current) is { } item)
            {
                yield return item;
            }

            next = MoveNextAsync(call.ResponseStream, cancel);
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        try
        {
            await VersionAsync(cancel);
            return true;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    /// <summary>Waits for the stream's refusal for as long as one other call takes, and a little more.</summary>
    private async Task<StreamState?> ProbeAsync(Task<StreamState> first, CancellationToken cancel)
    {
        await IsThereAsync(cancel);
        var done = await Task.WhenAny(first, Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel));
        return done == first ? await first : null;
    }

    private static async Task<StreamState> MoveNextAsync<T>(IAsyncStreamReader<T> reader, CancellationToken cancel)
    {
        try
        {
            return await reader.MoveNext(cancel) ? StreamState.Item : StreamState.Ended;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return StreamState.Unimplemented;
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or IOException)
        {
            return StreamState.Ended;
        }
    }

    private static RuntimeEvent? Convert(Cri.ContainerEventResponse item) => item.ContainerEventType switch
    {
        Cri.ContainerEventType.ContainerStartedEvent => new(RuntimeEventKind.Started, item.ContainerId),
        Cri.ContainerEventType.ContainerStoppedEvent => new(RuntimeEventKind.Exited, item.ContainerId),
        Cri.ContainerEventType.ContainerDeletedEvent => new(RuntimeEventKind.Deleted, item.ContainerId),
        _ => null,
    };

    internal static RuntimeEvent? Convert(Envelope envelope)
    {
        // Matched by topic: containerd's type URLs carry no prefix, which Any.Unpack insists on.
        var bytes = envelope.Event?.Value ?? ByteString.Empty;
        switch (envelope.Topic)
        {
            case "/tasks/start":
                return new(RuntimeEventKind.Started, TaskStart.Parser.ParseFrom(bytes).ContainerId);
            case "/tasks/exit":
                var exit = TaskExit.Parser.ParseFrom(bytes);
                return exit.Id == exit.ContainerId ? new(RuntimeEventKind.Exited, exit.ContainerId) : null;
            case "/tasks/oom":
                return new(RuntimeEventKind.OutOfMemory, TaskOom.Parser.ParseFrom(bytes).ContainerId);
            case "/containers/delete":
                return new(RuntimeEventKind.Deleted, ContainerDelete.Parser.ParseFrom(bytes).Id);
            default:
                return null;
        }
    }

    private enum StreamState
    {
        Item,
        Ended,
        Unimplemented,
    }
}

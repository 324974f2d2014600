using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Tests.ControlPlane;

namespace Netes.Tests.Client.Informers;

public sealed class InformerTests
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly SemaphoreSlim _changed = new(0);

    [Fact]
    public async Task ObjectsComeAndGo_CacheAndHandlersFollow()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "first");
        var informer = Start(cluster);
        await informer.WaitForSyncAsync(TestCluster.Cancel);
        Assert.NotNull(informer.Cache.Get("default", "first"));
        var second = await CreateAsync(cluster, "second");
        await cluster.Client.UpdateAsync(second with { Data = ValueMap.Of(("a", "b")) }, TestCluster.Cancel);
        await cluster.Client.DeleteAsync<ConfigMap>("default", "first", null, TestCluster.Cancel);
        await SeenAsync("+first", "+second", "~second", "-first");
        Assert.Null(informer.Cache.Get("default", "first"));
        Assert.Equal("b", informer.Cache.Get("default", "second")!.Data["a"]);
    }

    [Fact]
    public async Task WatchBreaks_InformerGoesOnWhereItWas()
    {
        await using var cluster = await TestCluster.StartAsync();
        var flaky = new FlakyTransport(cluster.Transport);
        var informer = Start(cluster, flaky);
        await informer.WaitForSyncAsync(TestCluster.Cancel);
        await CreateAsync(cluster, "first");
        await SeenAsync("+first");
        flaky.Break();
        await CreateAsync(cluster, "second");
        await SeenAsync("+first", "+second");
        Assert.Equal(1, flaky.Lists);
    }

    private Informer<ConfigMap> Start(TestCluster cluster, IApiTransport? transport = null)
    {
        var client = new KubernetesClient(transport ?? cluster.Transport);
        var options = InformerOptions.Default with { Namespace = "default", MinBackoff = TimeSpan.FromMilliseconds(1) };
        var informer = new Informer<ConfigMap>(
            client, ConfigMap.Resource, options, TimeProvider.System, new Random(1), NullLogger.Instance);
        informer.AddHandler(change =>
        {
            var sign = change.Old is null ? '+' : change.New is null ? '-' : '~';
            _seen.Enqueue(sign + change.Key.Name);
            _changed.Release();
        });
        cluster.Run(informer.RunAsync);
        return informer;
    }

    private async Task SeenAsync(params string[] expected)
    {
        while (_seen.Count < expected.Length)
        {
            await _changed.WaitAsync(TestCluster.Cancel);
        }

        Assert.Equal(expected, _seen);
    }

    private static Task<ConfigMap> CreateAsync(TestCluster cluster, string name) => cluster.Client.CreateAsync(
        new ConfigMap { Metadata = new() { Namespace = "default", Name = name } }, TestCluster.Cancel);

    /// <summary>A transport whose open streams can be cut.</summary>
    private sealed class FlakyTransport(IApiTransport inner) : IApiTransport
    {
        private CancellationTokenSource _line = new();

        public int Lists { get; private set; }

        public void Break() => Interlocked.Exchange(ref _line, new CancellationTokenSource()).Cancel();

        public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
        {
            Lists += request.PathAndQuery.Contains("watch=true", StringComparison.Ordinal) ? 0 : 1;
            var response = await inner.SendAsync(request, cancel);
            return new ApiResponse(
                response.StatusCode, response.ContentType, new CutStream(response.Body, _line.Token), null);
        }
    }

    private sealed class CutStream(Stream inner, CancellationToken cut) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, cut);
            try
            {
                return await inner.ReadAsync(buffer, both.Token);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                throw new IOException("the line was cut");
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

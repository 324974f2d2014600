namespace Netes.Bench.Reports;

/// <summary>Everything that is measured, in the order of the table.</summary>
internal static class Measures
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        Rate("write.64", "creates/s", 3),
        Cost("write.64.cpu", "CPU ms/create", 0.25),
        Cost("write.64.p99", "ms"),
        Rate("write.1", "creates/s", 3),
        Cost("write.1.p50", "ms"),
        Rate("patch.64", "patches/s", 3),
        Cost("patch.64.cpu", "CPU ms/patch"),
        Rate("get.64", "gets/s", 4),
        Cost("get.64.cpu", "CPU ms/get"),
        Rate("list.1", "MB/s", 4),
        Rate("list.4", "MB/s", 4),
        Cost("list.4.cpu", "CPU ms/MB"),
        Rate("watch.100", "events/s", 5),
        Cost("watch.100.cpu", "CPU us/event"),
        Rate("watch.1000", "events/s", 5),
        Cost("watch.1000.cpu", "CPU us/event"),
        Cost("watch.idle.1000", "MB", 20),
        Rate("schedule.3000", "pods/s", 5),
        Cost("schedule.3000.cpu", "CPU ms/pod"),
        Rate("schedule.5000", "pods/s", least: 2_000),
        Cost("schedule.5000.cpu", "CPU ms/pod"),
        Rate("schedule.apart", "pods/s", least: 500),
        Cost("schedule.apart.cpu", "CPU ms/pod"),
        Rate("schedule.spread", "pods/s", least: 1_000),
        Cost("schedule.spread.cpu", "CPU ms/pod"),
        Cost("deploy.rolls.new", "s"),
        Cost("idle.50000.cpu", "% of a core", 5),
        Better("deploy.2000.created", "s", 5),
        Better("deploy.2000.bound", "s", 4),
        Cost("deploy.2000.cpu", "CPU ms/pod"),
        Rate("hollow.running", "pods/s"),
        Cost("hollow.idle.cpu", "% of a core"),
        Cost("start.empty", "s", 0.3),
        Cost("start.100000", "s", 1),
        Cost("idle.resident", "MB", 150),
        Cost("idle.cpu", "% of a core", 1),
        Cost("pods.10000.resident", "MB", 350),
        Cost("podstart.p50", "ms"),
        Cost("podstart.alone.p50", "ms"),
        Cost("podstart.ratio", "× containerd", 1.5),
        Cost("cluster.answer", "s", 5),
        Cost("allocation.create", "× object", 8),
        Cost("allocation.patch", "× object", 8),
        Cost("allocation.patch.status", "× object", 8),
        .. Micro("schedule.basic"), .. Micro("schedule.apart"), .. Micro("schedule.near"), .. Micro("schedule.spread"),
        .. Micro("fields.create.encode"), .. Micro("fields.create"), .. Micro("fields.patch.encode"),
        .. Micro("fields.patch"), .. Micro("fields.status"),
        .. Micro("json.decode"), .. Micro("json.encode"), .. Micro("proto.decode"), .. Micro("proto.encode"),
        .. Micro("store.put"), .. Micro("store.put.64"), .. Micro("store.get"), .. Micro("store.list.1000"),
        .. Micro("api.get"), .. Micro("api.list.1000"), .. Micro("watch.event"),
    ];

    public static Measure Of(string name) => All.First(measure => measure.Name == name);

    private static Measure Rate(string name, string unit, double? times = null, double? least = null) => new(
        name, unit, MoreIsBetter: true,
        times is { } factor ? new Bar.Times(factor) : least is { } bar ? new Bar.AtLeast(bar) : null);

    private static Measure Better(string name, string unit, double times) =>
        new(name, unit, MoreIsBetter: false, new Bar.Times(times));

    private static Measure Cost(string name, string unit, double? most = null) =>
        new(name, unit, MoreIsBetter: false, most is { } bar ? new Bar.AtMost(bar) : null);

    private static Measure[] Micro(string name) =>
        [Cost($"micro.{name}", "us"), Cost($"micro.{name}.bytes", "bytes allocated")];
}

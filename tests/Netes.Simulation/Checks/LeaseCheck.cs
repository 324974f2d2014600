using Netes.Api.Coordination;

namespace Netes.Simulation.Checks;

/// <summary>
/// The lease of a server goes only after its end: whoever reads them would think that the server is gone.
/// </summary>
internal sealed class LeaseCheck
{
    private const string Identity = "apiserver.kubernetes.io/identity";

    private readonly Verdict _verdict;
    private readonly TimeProvider _time;

    public LeaseCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_verdict, _time) = (verdict, time);
        mirror.Leases.Changed += LeaseChanged;
    }

    public static bool IsOfServer(Lease lease) => lease.Metadata.Labels.ContainsKey(Identity);

    public static DateTimeOffset EndOf(Lease lease) =>
        lease.Spec.RenewTime!.Value.ToDateTimeOffset().AddSeconds(lease.Spec.LeaseDurationSeconds!.Value);

    private void LeaseChanged(Lease? old, Lease? next)
    {
        if (next is null && IsOfServer(old!) && EndOf(old!) > _time.GetUtcNow())
        {
            _verdict.Break(Finding.LeaseGoneEarly, $"lease {old!.Metadata.Name} went before its end at {EndOf(old):O}");
        }
    }
}

using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.Simulation.Checks;

/// <summary>
/// A device has one claim at a time; a pod gets a node only when its claims are its own and have their devices; a
/// claim keeps its devices while a pod that has them runs. Where no answers are lost, no claim is made twice.
/// </summary>
internal sealed class DeviceCheck
{
    private const string PodClaim = "resource.kubernetes.io/pod-claim-name";

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly bool _answersCome;

    public DeviceCheck(Mirror mirror, Verdict verdict, bool answersCome)
    {
        (_mirror, _verdict, _answersCome) = (mirror, verdict, answersCome);
        mirror.DeviceClaims.Changed += ClaimChanged;
        mirror.Pods.Changed += PodChanged;
    }

    private void ClaimChanged(ResourceClaim? old, ResourceClaim? next)
    {
        if (old?.Status.Allocation is not null && next?.Status.Allocation is null)
        {
            CheckUnused(old);
        }

        if (next is null)
        {
            return;
        }

        if (old is null && _answersCome && next.Metadata.Annotations.Get(PodClaim) is { } wanted
            && _mirror.DeviceClaims.Items.Any(other => other.Metadata.Uid != next.Metadata.Uid
                && other.Metadata.Annotations.Get(PodClaim) == wanted
                && Mirror.ControllerUid(other.Metadata) == Mirror.ControllerUid(next.Metadata)))
        {
            _verdict.Break(
                Finding.ClaimMadeTwice, $"claim {next.Metadata.Name} was made, and its pod had one of that name");
        }

        foreach (var device in Devices(next))
        {
            if (_mirror.DeviceClaims.Items.FirstOrDefault(other => other.Metadata.Uid != next.Metadata.Uid
                && Devices(other).Contains(device)) is { } holder)
            {
                _verdict.Break(
                    Finding.DeviceGivenTwice,
                    $"device {device} is given to {next.Metadata.Name}, and {holder.Metadata.Name} has it");
            }
        }
    }

    private void CheckUnused(ResourceClaim claim)
    {
        foreach (var pod in _mirror.Pods.Items)
        {
            if (pod.Spec.NodeName.Length > 0 && pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed)
                && claim.Status.ReservedFor.Any(consumer => consumer.Uid == pod.Metadata.Uid))
            {
                _verdict.Break(
                    Finding.DeviceFreedInUse,
                    $"the devices of {claim.Metadata.Name} were freed, and pod {pod.Metadata.Name} has them");
            }
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (!PodClaims.IsPlaced(old, next))
        {
            return;
        }

        foreach (var wanted in next!.Spec.ResourceClaims)
        {
            var name = wanted.ResourceClaimName ?? next.Status.ResourceClaimStatuses
                .FirstOrDefault(status => status.Name == wanted.Name)?.ResourceClaimName ?? "";
            var claim = _mirror.DeviceClaims.Find($"{next.Metadata.Namespace}/{name}");
            if (claim?.Status.Allocation is null
                || !claim.Status.ReservedFor.Any(consumer => consumer.Uid == next.Metadata.Uid))
            {
                _verdict.Break(
                    Finding.PlacedWithoutDevice,
                    $"pod {next.Metadata.Name} got a node without the devices of claim {name}");
            }
        }
    }

    private static IEnumerable<string> Devices(ResourceClaim claim) => claim.Status.Allocation is { } allocation
        ? allocation.Devices.Results.Select(result => $"{result.Driver}/{result.Pool}/{result.Device}")
        : [];
}

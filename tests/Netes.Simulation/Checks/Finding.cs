namespace Netes.Simulation.Checks;

/// <summary>
/// Everything that a checker can find. Each is found at one place of the checkers, and something breaks each on
/// purpose: see <see cref="Mutations.MutationList"/> and <see cref="Mutations.TamperingList"/>.
/// </summary>
internal enum Finding
{
    // The store, the server and its watches.
    RevisionsGoBack, WriteForgotten, BookmarkTooEarly, WrongEvent,

    // Pods, their owners and their nodes.
    BoundTwice, NodeTooFull, TooManyPods, IdentityTwice, TwoDaemons, BelowFloor, AboveCeiling, OverQuota,
    TakenWithOwner,

    // Jobs and disruptions.
    IndexesMiscounted, CompleteTooEarly, CountedTwice, NotedTwice, NeverCounted, BudgetTooGenerous, PlacesMiscounted,
    EvictedWithoutPlace, RanTwice, RanAtOtherTime, RanSuspended, RanBesideOther, KeptBesideOther,

    // Storage and devices.
    PlacedWithoutVolume, PlacedElsewhere, ClaimLost, VolumeChanged, VolumeShared, ClaimGoneInUse, VolumeGoneFirst,
    VolumeTaken, DataGoneInUse, AgainstRetention, AttachedTwice, DetachedInUse, ClaimMadeTwice, DeviceGivenTwice,
    DeviceFreedInUse, PlacedWithoutDevice,

    // Tokens, certificates, addresses, leases.
    InvitationGoneEarly, TokenGoneEarly, TokenChanged, TokenOfOther, RequestGoneEarly, CertificateForbidden,
    AddressTwice, AddressInNoRange, RangeGoneInUse, NamespaceGoneFull, LeaseGoneEarly,

    // In the end: pods and their owners.
    NodeNotReady, PodBeingDeleted, PodWithoutNode, PodOnLostNode, PodNotReady, SetMiscounts, SetStatus,
    TroopMiscounts, TroopStatus, NotAdopted, NotReleased, RolloutUnseen, RolloutMiscounts, RolloutLeavesPods,
    RolloutUntold, RolloutHistory, StatefulMiscounts, StatefulLeavesPods, StatefulStatus, QuotaUnused,
    DaemonsMiscount, DaemonsLeavePods, DaemonsStatus, JobIncomplete, JobStatus, JobKeepsPod, RunsKept, RunsActive,
    BudgetStatus,

    // In the end: the rest.
    SlicesDiffer, EndpointsDiffer, ClaimUnbound, ClaimOneSided, VolumePhase, VolumeKept, DiskNotAttached,
    DiskLeftAttached, ReservedForNobody, TokenOfNobody, TokenMissing, SumDiffers, SignaturesDiffer, AddressesDiffer,
    OutsideDiffers, CopiesDiffer, AvailabilityDiffers, LeaseKept, OwnerGone, StillDeleting, Restless,

    // The simulation itself.
    ServerEnded, SimulationEnded, CheckerFailed,
}

/// <summary>What is not yet as it must be in the end.</summary>
/// <param name="Finding">Which of all.</param>
/// <param name="Text">The same in words.</param>
internal sealed record Gap(Finding Finding, string Text);

using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The values of <c>AppArmorProfileType</c>.</summary>
public static class AppArmorProfileType
{
    public const string Localhost = "Localhost";
    public const string RuntimeDefault = "RuntimeDefault";
    public const string Unconfined = "Unconfined";
}

/// <summary>The values of <c>AzureDataDiskCachingMode</c>.</summary>
public static class AzureDataDiskCachingMode
{
    public const string None = "None";
    public const string ReadOnly = "ReadOnly";
    public const string ReadWrite = "ReadWrite";
}

/// <summary>The values of <c>AzureDataDiskKind</c>.</summary>
public static class AzureDataDiskKind
{
    public const string Dedicated = "Dedicated";
    public const string Managed = "Managed";
    public const string Shared = "Shared";
}

/// <summary>The values of <c>ConditionStatus</c>.</summary>
public static class ConditionStatus
{
    public const string False = "False";
    public const string True = "True";
    public const string Unknown = "Unknown";
}

/// <summary>The values of <c>ContainerRestartPolicy</c>.</summary>
public static class ContainerRestartPolicy
{
    public const string Always = "Always";
    public const string Never = "Never";
    public const string OnFailure = "OnFailure";
}

/// <summary>The values of <c>ContainerRestartRuleAction</c>.</summary>
public static class ContainerRestartRuleAction
{
    public const string Restart = "Restart";
    public const string RestartAllContainers = "RestartAllContainers";
}

/// <summary>The values of <c>ContainerRestartRuleOnExitCodesOperator</c>.</summary>
public static class ContainerRestartRuleOnExitCodesOperator
{
    public const string In = "In";
    public const string NotIn = "NotIn";
}

/// <summary>The values of <c>DNSPolicy</c>.</summary>
public static class DNSPolicy
{
    public const string ClusterFirst = "ClusterFirst";
    public const string ClusterFirstWithHostNet = "ClusterFirstWithHostNet";
    public const string Default = "Default";
    public const string None = "None";
}

/// <summary>The values of <c>HostPathType</c>.</summary>
public static class HostPathType
{
    public const string Empty = "";
    public const string BlockDevice = "BlockDevice";
    public const string CharDevice = "CharDevice";
    public const string Directory = "Directory";
    public const string DirectoryOrCreate = "DirectoryOrCreate";
    public const string File = "File";
    public const string FileOrCreate = "FileOrCreate";
    public const string Socket = "Socket";
}

/// <summary>The values of <c>MountPropagationMode</c>.</summary>
public static class MountPropagationMode
{
    public const string Bidirectional = "Bidirectional";
    public const string HostToContainer = "HostToContainer";
    public const string None = "None";
}

/// <summary>The values of <c>NodeInclusionPolicy</c>.</summary>
public static class NodeInclusionPolicy
{
    public const string Honor = "Honor";
    public const string Ignore = "Ignore";
}

/// <summary>The values of <c>NodeSelectorOperator</c>.</summary>
public static class NodeSelectorOperator
{
    public const string DoesNotExist = "DoesNotExist";
    public const string Exists = "Exists";
    public const string Gt = "Gt";
    public const string In = "In";
    public const string Lt = "Lt";
    public const string NotIn = "NotIn";
}

/// <summary>The values of <c>OSName</c>.</summary>
public static class OSName
{
    public const string Linux = "linux";
    public const string Windows = "windows";
}

/// <summary>The values of <c>PersistentVolumeAccessMode</c>.</summary>
public static class PersistentVolumeAccessMode
{
    public const string ReadOnlyMany = "ReadOnlyMany";
    public const string ReadWriteMany = "ReadWriteMany";
    public const string ReadWriteOnce = "ReadWriteOnce";
    public const string ReadWriteOncePod = "ReadWriteOncePod";
}

/// <summary>The values of <c>PersistentVolumeMode</c>.</summary>
public static class PersistentVolumeMode
{
    public const string Block = "Block";
    public const string Filesystem = "Filesystem";
}

/// <summary>The values of <c>PodConditionType</c>.</summary>
public static class PodConditionType
{
    public const string AllContainersRestarting = "AllContainersRestarting";
    public const string ContainersReady = "ContainersReady";
    public const string DisruptionTarget = "DisruptionTarget";
    public const string Initialized = "Initialized";
    public const string PodReadyToStartContainers = "PodReadyToStartContainers";
    public const string PodResizeInProgress = "PodResizeInProgress";
    public const string PodResizePending = "PodResizePending";
    public const string PodScheduled = "PodScheduled";
    public const string Ready = "Ready";
}

/// <summary>The values of <c>PodFSGroupChangePolicy</c>.</summary>
public static class PodFSGroupChangePolicy
{
    public const string Always = "Always";
    public const string OnRootMismatch = "OnRootMismatch";
}

/// <summary>The values of <c>PodPhase</c>.</summary>
public static class PodPhase
{
    public const string Failed = "Failed";
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Unknown = "Unknown";
}

/// <summary>The values of <c>PodQOSClass</c>.</summary>
public static class PodQOSClass
{
    public const string BestEffort = "BestEffort";
    public const string Burstable = "Burstable";
    public const string Guaranteed = "Guaranteed";
}

/// <summary>The values of <c>PodResizeStatus</c>.</summary>
public static class PodResizeStatus
{
    public const string Deferred = "Deferred";
    public const string InProgress = "InProgress";
    public const string Infeasible = "Infeasible";
}

/// <summary>The values of <c>PodSELinuxChangePolicy</c>.</summary>
public static class PodSELinuxChangePolicy
{
    public const string MountOption = "MountOption";
    public const string Recursive = "Recursive";
}

/// <summary>The values of <c>PreemptionPolicy</c>.</summary>
public static class PreemptionPolicy
{
    public const string Never = "Never";
    public const string PreemptLowerPriority = "PreemptLowerPriority";
}

/// <summary>The values of <c>ProcMountType</c>.</summary>
public static class ProcMountType
{
    public const string Default = "Default";
    public const string Unmasked = "Unmasked";
}

/// <summary>The values of <c>Protocol</c>.</summary>
public static class Protocol
{
    public const string SCTP = "SCTP";
    public const string TCP = "TCP";
    public const string UDP = "UDP";
}

/// <summary>The values of <c>PullPolicy</c>.</summary>
public static class PullPolicy
{
    public const string Always = "Always";
    public const string IfNotPresent = "IfNotPresent";
    public const string Never = "Never";
}

/// <summary>The values of <c>RecursiveReadOnlyMode</c>.</summary>
public static class RecursiveReadOnlyMode
{
    public const string Disabled = "Disabled";
    public const string Enabled = "Enabled";
    public const string IfPossible = "IfPossible";
}

/// <summary>The values of <c>ResourceHealthStatus</c>.</summary>
public static class ResourceHealthStatus
{
    public const string Healthy = "Healthy";
    public const string Unhealthy = "Unhealthy";
    public const string Unknown = "Unknown";
}

/// <summary>The values of <c>ResourceName</c>.</summary>
public static class ResourceName
{
    public const string Configmaps = "configmaps";
    public const string Cpu = "cpu";
    public const string EphemeralStorage = "ephemeral-storage";
    public const string LimitsCpu = "limits.cpu";
    public const string LimitsEphemeralStorage = "limits.ephemeral-storage";
    public const string LimitsMemory = "limits.memory";
    public const string Memory = "memory";
    public const string Persistentvolumeclaims = "persistentvolumeclaims";
    public const string Pods = "pods";
    public const string Replicationcontrollers = "replicationcontrollers";
    public const string RequestsCpu = "requests.cpu";
    public const string RequestsEphemeralStorage = "requests.ephemeral-storage";
    public const string RequestsMemory = "requests.memory";
    public const string RequestsStorage = "requests.storage";
    public const string Resourcequotas = "resourcequotas";
    public const string Secrets = "secrets";
    public const string Services = "services";
    public const string ServicesLoadbalancers = "services.loadbalancers";
    public const string ServicesNodeports = "services.nodeports";
    public const string Storage = "storage";
}

/// <summary>The values of <c>ResourceResizeRestartPolicy</c>.</summary>
public static class ResourceResizeRestartPolicy
{
    public const string NotRequired = "NotRequired";
    public const string RestartContainer = "RestartContainer";
}

/// <summary>The values of <c>RestartPolicy</c>.</summary>
public static class RestartPolicy
{
    public const string Always = "Always";
    public const string Never = "Never";
    public const string OnFailure = "OnFailure";
}

/// <summary>The values of <c>SeccompProfileType</c>.</summary>
public static class SeccompProfileType
{
    public const string Localhost = "Localhost";
    public const string RuntimeDefault = "RuntimeDefault";
    public const string Unconfined = "Unconfined";
}

/// <summary>The values of <c>Signal</c>.</summary>
public static class Signal
{
    public const string SIGABRT = "SIGABRT";
    public const string SIGALRM = "SIGALRM";
    public const string SIGBUS = "SIGBUS";
    public const string SIGCHLD = "SIGCHLD";
    public const string SIGCLD = "SIGCLD";
    public const string SIGCONT = "SIGCONT";
    public const string SIGFPE = "SIGFPE";
    public const string SIGHUP = "SIGHUP";
    public const string SIGILL = "SIGILL";
    public const string SIGINT = "SIGINT";
    public const string SIGIO = "SIGIO";
    public const string SIGIOT = "SIGIOT";
    public const string SIGKILL = "SIGKILL";
    public const string SIGPIPE = "SIGPIPE";
    public const string SIGPOLL = "SIGPOLL";
    public const string SIGPROF = "SIGPROF";
    public const string SIGPWR = "SIGPWR";
    public const string SIGQUIT = "SIGQUIT";
    public const string SIGRTMAX = "SIGRTMAX";
    public const string SIGRTMAX1 = "SIGRTMAX-1";
    public const string SIGRTMAX10 = "SIGRTMAX-10";
    public const string SIGRTMAX11 = "SIGRTMAX-11";
    public const string SIGRTMAX12 = "SIGRTMAX-12";
    public const string SIGRTMAX13 = "SIGRTMAX-13";
    public const string SIGRTMAX14 = "SIGRTMAX-14";
    public const string SIGRTMAX2 = "SIGRTMAX-2";
    public const string SIGRTMAX3 = "SIGRTMAX-3";
    public const string SIGRTMAX4 = "SIGRTMAX-4";
    public const string SIGRTMAX5 = "SIGRTMAX-5";
    public const string SIGRTMAX6 = "SIGRTMAX-6";
    public const string SIGRTMAX7 = "SIGRTMAX-7";
    public const string SIGRTMAX8 = "SIGRTMAX-8";
    public const string SIGRTMAX9 = "SIGRTMAX-9";
    public const string SIGRTMIN = "SIGRTMIN";
    public const string SIGRTMIN1 = "SIGRTMIN+1";
    public const string SIGRTMIN10 = "SIGRTMIN+10";
    public const string SIGRTMIN11 = "SIGRTMIN+11";
    public const string SIGRTMIN12 = "SIGRTMIN+12";
    public const string SIGRTMIN13 = "SIGRTMIN+13";
    public const string SIGRTMIN14 = "SIGRTMIN+14";
    public const string SIGRTMIN15 = "SIGRTMIN+15";
    public const string SIGRTMIN2 = "SIGRTMIN+2";
    public const string SIGRTMIN3 = "SIGRTMIN+3";
    public const string SIGRTMIN4 = "SIGRTMIN+4";
    public const string SIGRTMIN5 = "SIGRTMIN+5";
    public const string SIGRTMIN6 = "SIGRTMIN+6";
    public const string SIGRTMIN7 = "SIGRTMIN+7";
    public const string SIGRTMIN8 = "SIGRTMIN+8";
    public const string SIGRTMIN9 = "SIGRTMIN+9";
    public const string SIGSEGV = "SIGSEGV";
    public const string SIGSTKFLT = "SIGSTKFLT";
    public const string SIGSTOP = "SIGSTOP";
    public const string SIGSYS = "SIGSYS";
    public const string SIGTERM = "SIGTERM";
    public const string SIGTRAP = "SIGTRAP";
    public const string SIGTSTP = "SIGTSTP";
    public const string SIGTTIN = "SIGTTIN";
    public const string SIGTTOU = "SIGTTOU";
    public const string SIGURG = "SIGURG";
    public const string SIGUSR1 = "SIGUSR1";
    public const string SIGUSR2 = "SIGUSR2";
    public const string SIGVTALRM = "SIGVTALRM";
    public const string SIGWINCH = "SIGWINCH";
    public const string SIGXCPU = "SIGXCPU";
    public const string SIGXFSZ = "SIGXFSZ";
}

/// <summary>The values of <c>StorageMedium</c>.</summary>
public static class StorageMedium
{
    public const string Empty = "";
    public const string HugePages = "HugePages";
    public const string HugePages_ = "HugePages-";
    public const string Memory = "Memory";
}

/// <summary>The values of <c>SupplementalGroupsPolicy</c>.</summary>
public static class SupplementalGroupsPolicy
{
    public const string Merge = "Merge";
    public const string Strict = "Strict";
}

/// <summary>The values of <c>TaintEffect</c>.</summary>
public static class TaintEffect
{
    public const string NoExecute = "NoExecute";
    public const string NoSchedule = "NoSchedule";
    public const string PreferNoSchedule = "PreferNoSchedule";
}

/// <summary>The values of <c>TerminationMessagePolicy</c>.</summary>
public static class TerminationMessagePolicy
{
    public const string FallbackToLogsOnError = "FallbackToLogsOnError";
    public const string File = "File";
}

/// <summary>The values of <c>TolerationOperator</c>.</summary>
public static class TolerationOperator
{
    public const string Equal = "Equal";
    public const string Exists = "Exists";
    public const string Gt = "Gt";
    public const string Lt = "Lt";
}

/// <summary>The values of <c>URIScheme</c>.</summary>
public static class URIScheme
{
    public const string HTTP = "HTTP";
    public const string HTTPS = "HTTPS";
}

/// <summary>The values of <c>UnsatisfiableConstraintAction</c>.</summary>
public static class UnsatisfiableConstraintAction
{
    public const string DoNotSchedule = "DoNotSchedule";
    public const string ScheduleAnyway = "ScheduleAnyway";
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Devices;

/// <summary>
/// Gives devices to a container: a runtime that knows the Container Device Interface is told their names. containerd
/// 1.6 does not know it and would leave them out in silence; for it the devices' specifications are read here, and what
/// they ask for is said in CRI's own words. What those cannot say, a hook above all, is refused.
/// Source: pkg/kubelet/kuberuntime/kuberuntime_container.go (CDIDevices); the Container Device Interface, SPEC.md.
/// </summary>
internal sealed class CdiInjection(IContainerRuntime runtime, ImmutableArray<string> folders)
{
    private const string Containerd = "containerd";

    // containerd 1.7 has it when its configuration says enable_cdi, 2.0 always.
    private static readonly Version FirstWithCdi = new(1, 7);

    // What CRI has no words for.
    private static readonly string[] Unsayable = ["hooks", "netDevices", "intelRdt"];

    /// <exception cref="DeviceException">A device is not known here, or asks for what cannot be said.</exception>
    /// <exception cref="RuntimeException">The runtime does not answer.</exception>
    public async Task ApplyAsync(
        Cri.ContainerConfig config, ImmutableArray<string> devices, CancellationToken cancel)
    {
        if (devices.IsEmpty)
        {
            return;
        }

        var version = await runtime.VersionAsync(cancel);
        if (HasCdi(version))
        {
            config.CDIDevices.AddRange(devices.Select(name => new Cri.CDIDevice { Name = name }));
            return;
        }

        foreach (var edits in CdiSpecs.Find(folders, devices))
        {
            if (Unsayable.FirstOrDefault(member => IsThere(edits.Content, member)) is { } member)
            {
                throw new DeviceException(
                    $"CDI device injection failed: {version.RuntimeName} {version.RuntimeVersion} does not have the "
                    + $"Container Device Interface, without which {member} of {edits.Device} cannot be passed on");
            }

            Apply(config, edits);
        }
    }

    /// <exception cref="DeviceException">The edits are not what the specification says.</exception>
    internal static void Apply(Cri.ContainerConfig config, CdiEdits edits)
    {
        try
        {
            Apply(config, edits.Content);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new DeviceException(
                $"CDI device injection failed: invalid edits of {edits.Device}: {error.Message}", error);
        }
    }

    internal static bool HasCdi(Cri.VersionResponse version)
    {
        var numbers = version.RuntimeVersion.TrimStart('v').Split('.', 3);
        return version.RuntimeName != Containerd || numbers.Length < 2
            || !int.TryParse(numbers[0], CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(numbers[1], CultureInfo.InvariantCulture, out var minor)
            || new Version(major, minor) >= FirstWithCdi;
    }

    private static bool IsThere(JsonElement edits, string member) => edits.TryGetProperty(member, out var found)
        && found.ValueKind != JsonValueKind.Null
        && !(found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == 0);

    private static void Apply(Cri.ContainerConfig config, JsonElement edits)
    {
        foreach (var variable in CdiSpecs.Items(edits, "env"))
        {
            SetVariable(config, variable.GetString() ?? "");
        }

        foreach (var node in CdiSpecs.Items(edits, "deviceNodes"))
        {
            var (path, host) = (CdiSpecs.Text(node, "path"), CdiSpecs.Text(node, "hostPath"));
            config.Devices.Add(new Cri.Device
            {
                ContainerPath = path,
                HostPath = host.Length > 0 ? host : path,
                Permissions = CdiSpecs.Text(node, "permissions") is { Length: > 0 } said ? said : "rwm",
            });
        }

        config.Mounts.AddRange(CdiSpecs.Items(edits, "mounts").Select(MountOf));
        config.Linux.SecurityContext.SupplementalGroups.AddRange(
            CdiSpecs.Items(edits, "additionalGids").Select(group => group.GetInt64()).Where(group => group != 0));
    }

    private static void SetVariable(Cri.ContainerConfig config, string assignment)
    {
        var parts = assignment.Split('=', 2);
        var value = ByteString.CopyFromUtf8(parts.Length > 1 ? parts[1] : "");
        if (config.Envs.FirstOrDefault(item => item.Key == parts[0]) is { } known)
        {
            known.Value = value;
        }
        else
        {
            config.Envs.Add(new Cri.KeyValue { Key = parts[0], Value = value });
        }
    }

    private static Cri.Mount MountOf(JsonElement mount)
    {
        var options = CdiSpecs.Items(mount, "options").Select(option => option.GetString() ?? "").ToImmutableArray();
        return new()
        {
            ContainerPath = CdiSpecs.Text(mount, "containerPath"),
            HostPath = CdiSpecs.Text(mount, "hostPath"),
            Readonly = options.Contains("ro"),
            Propagation = options.Contains("rshared") || options.Contains("shared")
                ? Cri.MountPropagation.PropagationBidirectional
                : options.Contains("rslave") || options.Contains("slave")
                    ? Cri.MountPropagation.PropagationHostToContainer : Cri.MountPropagation.PropagationPrivate,
        };
    }
}

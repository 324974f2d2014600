using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Authorization.Nodes;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Gives a pod its service account, the account's token as a volume, and its image pull secrets.
/// Source: plugin/pkg/admission/serviceaccount/admission.go.
/// </summary>
internal sealed class ServiceAccountAdmission(IObjectReader objects, TimeProvider time, Func<string> nameSuffix)
    : IMutatingAdmissionPlugin, IValidatingAdmissionPlugin
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string VolumePrefix = "kube-api-access-";
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>An hour, and a little so that no pod asks at a round time.</summary>
    private const long TokenSeconds = 3607;

    public string Name => "ServiceAccount";

    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!IsPodCreate(attributes) || attributes.Object is not Pod pod || IsMirror(pod))
        {
            return attributes.Object;
        }

        if (pod.Spec.ServiceAccountName.Length == 0)
        {
            pod = pod with { Spec = pod.Spec with { ServiceAccountName = "default" } };
        }

        pod = pod with { Spec = pod.Spec with { DeprecatedServiceAccount = pod.Spec.ServiceAccountName } };
        var account = await FindAsync(attributes, pod.Spec.ServiceAccountName, cancel);
        if (pod.Spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true)
        {
            pod = pod with { Spec = MountToken(pod.Spec) };
        }

        return pod.Spec.ImagePullSecrets.IsEmpty
            ? pod with { Spec = pod.Spec with { ImagePullSecrets = account.ImagePullSecrets } }
            : pod;
    }

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (IsPodCreate(attributes) && attributes.Object is Pod pod && IsMirror(pod))
        {
            CheckMirror(attributes, pod);
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsPodCreate(AdmissionAttributes attributes) =>
        attributes.Is("", "pods") && attributes.Operation == AdmissionOperation.Create;

    private static bool IsMirror(Pod pod) => pod.Metadata.Annotations.ContainsKey(MirrorAnnotation);

    /// <summary>A mirror pod shows what a node runs by itself: it may use nothing of the API.</summary>
    private static void CheckMirror(AdmissionAttributes attributes, Pod pod)
    {
        foreach (var reference in PodReferences.Find(pod))
        {
            var what = reference.Kind switch
            {
                ReferenceKind.ServiceAccount => "service accounts",
                ReferenceKind.Secret => "secrets",
                ReferenceKind.ConfigMap => "configmaps",
                ReferenceKind.PersistentVolumeClaim => "persistentvolumeclaims",
                _ => null,
            };
            if (what is not null)
            {
                throw attributes.Forbidden($"a mirror pod may not reference {what}");
            }
        }

        if (pod.Spec.Volumes.Any(static volume => volume.VolumeSource.Projected?.Sources
            .Any(static source => source.ServiceAccountToken is not null) == true))
        {
            throw attributes.Forbidden("a mirror pod may not use ServiceAccountToken volume projections");
        }
    }

    /// <summary>The default account is made a moment after its namespace: wait for it, a second at most.</summary>
    private async ValueTask<ServiceAccount> FindAsync(
        AdmissionAttributes attributes, string name, CancellationToken cancel)
    {
        var attempts = name == "default" ? 10 : 1;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
            }

            var account = objects.Get<ServiceAccount>(attributes.Namespace, name)
                ?? await objects.GetLatestAsync<ServiceAccount>(attributes.Namespace, name, cancel);
            if (account is not null)
            {
                return account;
            }
        }

        throw attributes.Forbidden(
            $"error looking up service account {attributes.Namespace}/{name}: serviceaccount {FieldError.Quote(name)} "
                + "not found");
    }

    private PodSpec MountToken(PodSpec spec)
    {
        var there = spec.Volumes.FirstOrDefault(
            static volume => volume.Name.StartsWith(VolumePrefix, StringComparison.Ordinal));
        var name = there?.Name ?? VolumePrefix + nameSuffix();
        var mounted = spec with
        {
            InitContainers = spec.InitContainers.Select(container => Mount(container, name)).ToValueList(),
            Containers = spec.Containers.Select(container => Mount(container, name)).ToValueList(),
        };
        return there is not null || mounted == spec
            ? mounted
            : mounted with { Volumes = spec.Volumes.Add(TokenVolume(name)) };
    }

    private static Container Mount(Container container, string volumeName) =>
        container.VolumeMounts.Any(static mount => mount.MountPath == MountPath)
            ? container
            : container with
            {
                VolumeMounts = container.VolumeMounts.Add(
                    new VolumeMount { Name = volumeName, ReadOnly = true, MountPath = MountPath }),
            };

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        VolumeSource = new VolumeSource
        {
            Projected = new ProjectedVolumeSource
            {
                DefaultMode = 420,
                Sources =
                [
                    new VolumeProjection
                    {
                        ServiceAccountToken = new ServiceAccountTokenProjection
                        {
                            Path = "token",
                            ExpirationSeconds = TokenSeconds,
                        },
                    },
                    new VolumeProjection
                    {
                        ConfigMap = new ConfigMapProjection
                        {
                            LocalObjectReference = new LocalObjectReference { Name = "kube-root-ca.crt" },
                            Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }],
                        },
                    },
                    new VolumeProjection
                    {
                        DownwardAPI = new DownwardAPIProjection
                        {
                            Items =
                            [
                                new DownwardAPIVolumeFile
                                {
                                    Path = "namespace",
                                    FieldRef = new ObjectFieldSelector
                                    {
                                        ApiVersion = "v1",
                                        FieldPath = "metadata.namespace",
                                    },
                                },
                            ],
                        },
                    },
                ],
            },
        },
    };
}

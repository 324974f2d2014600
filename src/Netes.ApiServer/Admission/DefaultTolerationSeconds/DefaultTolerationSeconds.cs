using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A pod stays five minutes on a node that is lost. Source: plugin/pkg/admission/defaulttolerationseconds/admission.go.
/// </summary>
internal sealed class DefaultTolerationSeconds : IMutatingAdmissionPlugin
{
    private const long Seconds = 300;

    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public string Name => "DefaultTolerationSeconds";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!attributes.Is("", "pods") || attributes.Object is not Pod pod
            || attributes.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update))
        {
            return new(attributes.Object);
        }

        var tolerations = pod.Spec.Tolerations;
        foreach (var taint in Taints)
        {
            if (!pod.Spec.Tolerations.Any(toleration =>
                (toleration.Key.Length == 0 || toleration.Key == taint) && toleration.Effect is ("" or "NoExecute")))
            {
                tolerations = tolerations.Add(new Toleration
                {
                    Key = taint,
                    Operator = "Exists",
                    Effect = "NoExecute",
                    TolerationSeconds = Seconds,
                });
            }
        }

        return new(tolerations.Count == pod.Spec.Tolerations.Count
            ? pod
            : pod with { Spec = pod.Spec with { Tolerations = tolerations } });
    }
}

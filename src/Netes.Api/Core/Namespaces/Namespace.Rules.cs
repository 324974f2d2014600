using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>
/// Source: pkg/registry/core/namespace/strategy.go, ValidateNamespace of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class NamespaceRules
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static Namespace Default(Namespace space) => space with
    {
        Metadata = space.Metadata.Name.Length == 0 ? space.Metadata : space.Metadata with
        {
            Labels = space.Metadata.Labels.Set(NameLabel, space.Metadata.Name),
        },
        Status = space.Status.Phase.Length == 0 ? space.Status with { Phase = NamespacePhase.Active } : space.Status,
    };

    public static Namespace PrepareCreate(Namespace space) => Default(space with
    {
        Status = NamespaceStatus.Empty with { Phase = NamespacePhase.Active },
        Spec = space.Spec.Finalizers.Contains(FinalizerName.Kubernetes)
            ? space.Spec
            : space.Spec with { Finalizers = space.Spec.Finalizers.Add(FinalizerName.Kubernetes) },
    });

    /// <summary>Finalizers change through <c>/finalize</c> alone.</summary>
    public static Namespace PrepareUpdate(Namespace next, Namespace old) =>
        next with { Spec = next.Spec with { Finalizers = old.Spec.Finalizers } };

    public static List<FieldError> Validate(Namespace space)
    {
        List<FieldError> errors = [];
        var path = FieldPath.Of("spec").Child("finalizers");
        foreach (var finalizer in space.Spec.Finalizers)
        {
            errors.Invalid(path, finalizer, Names.QualifiedName(finalizer));
            ObjectMetaRules.CheckStandardFinalizer(finalizer, path, errors);
        }

        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(Namespace next, Namespace old)
    {
        List<FieldError> errors = [];
        var path = FieldPath.Of("status").Child("Phase");
        if (next.Metadata.DeletionTimestamp is null)
        {
            if (next.Status.Phase != NamespacePhase.Active)
            {
                errors.Invalid(path, next.Status.Phase, "may only be 'Active' if `deletionTimestamp` is empty");
            }
        }
        else if (next.Status.Phase != NamespacePhase.Terminating)
        {
            errors.Invalid(path, next.Status.Phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }

        return errors;
    }
}

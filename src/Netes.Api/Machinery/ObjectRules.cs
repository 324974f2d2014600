namespace Netes.Api;

/// <summary>All checks of an object at once, in Kubernetes' order: metadata first, then the kind's own.</summary>
public static class ObjectRules
{
    /// <summary>What is wrong with an object about to be created; run after defaulting and PrepareCreate.</summary>
    public static List<FieldError> CheckCreate<T>(this ResourceDefinition<T> definition, T next)
        where T : class, IResource<T>
    {
        var errors = ObjectMetaRules.Validate(next.Metadata, definition.Namespaced, definition.ValidateName);
        ObjectMetaRules.ValidateStandardFinalizers(next.Metadata, errors);
        errors.AddRange(definition.Validate?.Invoke(next) ?? []);
        return errors;
    }

    /// <summary>What is wrong with replacing <paramref name="old"/>; run after defaulting and PrepareUpdate.</summary>
    public static List<FieldError> CheckUpdate<T>(this ResourceDefinition<T> definition, T next, T old)
        where T : class, IResource<T>
    {
        var errors = ObjectMetaRules.ValidateUpdate(next.Metadata, old.Metadata);
        ObjectMetaRules.ValidateStandardFinalizers(next.Metadata, errors);
        errors.AddRange(definition.ValidateUpdate?.Invoke(next, old) ?? definition.Validate?.Invoke(next) ?? []);
        return errors;
    }

    /// <summary>What is wrong with replacing the status of <paramref name="old"/>.</summary>
    public static List<FieldError> CheckStatusUpdate<T>(this ResourceDefinition<T> definition, T next, T old)
        where T : class, IResource<T>
    {
        var errors = ObjectMetaRules.ValidateUpdate(next.Metadata, old.Metadata);
        ObjectMetaRules.ValidateStandardFinalizers(next.Metadata, errors);
        errors.AddRange(definition.ValidateStatusUpdate?.Invoke(next, old) ?? []);
        return errors;
    }
}

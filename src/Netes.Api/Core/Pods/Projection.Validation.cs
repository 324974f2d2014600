namespace Netes.Api.Core;

/// <summary>Source: validateProjectionSources of pkg/apis/core/validation/validation.go.</summary>
internal static class ProjectionValidation
{
    private const string Conflict = "conflicting duplicate paths";
    private const long MinTokenSeconds = 600;
    private const long MaxTokenSeconds = 1L << 32;

    public static void Validate(ProjectedVolumeSource projected, FieldPath path, List<FieldError> errors)
    {
        PathRules.Mode(projected.DefaultMode, path.Child("defaultMode"), errors);
        HashSet<string> paths = [];
        for (var i = 0; i < projected.Sources.Count; i++)
        {
            Validate(projected.Sources[i], path, path.Child("sources").Index(i), paths, errors);
        }
    }

    public static void ValidateFiles(ValueList<DownwardAPIVolumeFile> files, FieldPath path, List<FieldError> errors)
    {
        foreach (var file in files)
        {
            errors.RequireText(path.Child("path"), file.Path);
            PathRules.NotReserved(file.Path, path.Child("path"), errors);
            if (file.FieldRef is { } field)
            {
                EnvValidation.ValidateField(field, inFile: true, path.Child("fieldRef"), errors);
                if (file.ResourceFieldRef is not null)
                {
                    errors.Invalid(
                        path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            }
            else if (file.ResourceFieldRef is { } resource)
            {
                EnvValidation.ValidateResource(resource, inFile: true, path.Child("resourceFieldRef"), errors);
            }
            else
            {
                errors.Required(path, "one of fieldRef and resourceFieldRef is required");
            }

            PathRules.Mode(file.Mode, path.Child("mode"), errors);
        }
    }

    private static void Validate(
        VolumeProjection source, FieldPath volume, FieldPath path, HashSet<string> paths, List<FieldError> errors)
    {
        var types = 0;
        if (source.Secret is { } secret)
        {
            types++;
            ValidateKeys(secret.LocalObjectReference.Name, secret.Items, volume, path.Child("secret"), paths, errors);
        }

        if (source.ConfigMap is { } map)
        {
            types++;
            ValidateKeys(map.LocalObjectReference.Name, map.Items, volume, path.Child("configMap"), paths, errors);
        }

        if (source.DownwardAPI is { } downward)
        {
            types++;
            ValidateFiles(downward.Items, path.Child("downwardAPI"), errors);
            foreach (var file in downward.Items)
            {
                Claim(file.Path, file.Path);
            }
        }

        if (source.ServiceAccountToken is { } token)
        {
            types++;
            ValidateToken(token, volume, path.Child("serviceAccountToken"), errors);
        }

        if (source.ClusterTrustBundle is { } bundle)
        {
            types++;
            ValidateBundle(bundle, path.Child("clusterTrustBundle"), errors);
            Claim(bundle.Path, bundle.Path);
        }

        if (source.PodCertificate is { } certificate)
        {
            types++;
            var at = path.Child("podCertificate");
            errors.RequireText(at.Child("signerName"), certificate.SignerName);
            foreach (var file in (ReadOnlySpan<string>)
                [certificate.CredentialBundlePath, certificate.KeyPath, certificate.CertificateChainPath])
            {
                PathRules.NotReserved(file, at, errors);
                Claim(file, file);
            }
        }

        if (types > 1)
        {
            errors.Forbidden(path, "may not specify more than 1 volume type per source");
        }

        void Claim(string file, string shown)
        {
            if (file.Length > 0 && !paths.Add(file))
            {
                errors.Invalid(volume, shown, Conflict);
            }
        }
    }

    private static void ValidateKeys(
        string name, ValueList<KeyToPath> items, FieldPath volume, FieldPath path, HashSet<string> paths,
        List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), name);
        VolumeValidation.ValidateItems(items, path.Child("items"), errors);
        foreach (var item in items)
        {
            if (item.Path.Length > 0 && !paths.Add(item.Path))
            {
                errors.Invalid(volume, name, Conflict);
            }
        }
    }

    private static void ValidateToken(
        ServiceAccountTokenProjection token, FieldPath volume, FieldPath path, List<FieldError> errors)
    {
        var seconds = token.ExpirationSeconds ?? 0;
        if (seconds < MinTokenSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        }

        if (seconds > MaxTokenSeconds)
        {
            errors.Invalid(
                path.Child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
        }

        errors.RequireText(volume.Child("path"), token.Path);
        PathRules.NotReserved(token.Path, volume.Child("path"), errors);
    }

    private static void ValidateBundle(ClusterTrustBundleProjection bundle, FieldPath path, List<FieldError> errors)
    {
        switch (bundle)
        {
            case { Name: not null, SignerName: not null }:
                errors.Invalid(path, Shown.Of(bundle), "only one of name and signerName may be used");
                break;
            case { Name: { } name }:
                errors.RequireText(path.Child("name"), name, "must be a valid object name");
                if (bundle.LabelSelector is not null)
                {
                    errors.Invalid(path.Child("labelSelector"), Shown.Of(bundle.LabelSelector),
                        "labelSelector must be unset if name is specified");
                }

                break;
            case { SignerName: { } signer }:
                errors.RequireText(path.Child("signerName"), signer, "must be a valid signer name");
                SelectorRules.Validate(bundle.LabelSelector, path.Child("labelSelector"), errors);
                break;
            default:
                errors.Required(path, "either name or signerName must be specified");
                break;
        }

        errors.RequireText(path.Child("path"), bundle.Path);
        PathRules.NotReserved(bundle.Path, path.Child("path"), errors);
    }
}

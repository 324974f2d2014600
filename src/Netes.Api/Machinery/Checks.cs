namespace Netes.Api;

/// <summary>The checks that validation is made of: each adds what it finds to a list of errors.</summary>
internal static class Checks
{
    public const string Negative = "must be greater than or equal to 0";
    public const string NotPositive = "must be greater than zero";

    extension(List<FieldError> errors)
    {
        /// <summary>One error per message.</summary>
        public void Invalid(FieldPath path, object? value, IEnumerable<string> messages)
        {
            foreach (var message in messages)
            {
                errors.Add(FieldError.Invalid(path, value, message));
            }
        }

        public void Invalid(FieldPath path, object? value, string message) =>
            errors.Add(FieldError.Invalid(path, value, message));

        public void Required(FieldPath path, string detail = "") => errors.Add(FieldError.Required(path, detail));

        public void Forbidden(FieldPath path, string detail) => errors.Add(FieldError.Forbidden(path, detail));

        public void RequireText(FieldPath path, string value, string detail = "")
        {
            if (value.Length == 0)
            {
                errors.Required(path, detail);
            }
        }

        public void NotNegative(FieldPath path, long? value)
        {
            if (value < 0)
            {
                errors.Invalid(path, value, Negative);
            }
        }

        public void Positive(FieldPath path, long? value)
        {
            if (value <= 0)
            {
                errors.Invalid(path, value, NotPositive);
            }
        }

        /// <summary>A field that must be one of a few words.</summary>
        public void OneOf(FieldPath path, string value, params ReadOnlySpan<string> supported)
        {
            if (!supported.Contains(value))
            {
                errors.Add(FieldError.NotSupported(path, value, supported.ToArray()));
            }
        }

        /// <summary>As <see cref="OneOf"/>, and said to be missing when empty.</summary>
        public void RequiredOneOf(FieldPath path, string value, params ReadOnlySpan<string> supported)
        {
            if (value.Length == 0)
            {
                errors.Required(path);
            }
            else
            {
                errors.OneOf(path, value, supported);
            }
        }

        public void Immutable(FieldPath path, string next, string old)
        {
            if (next != old)
            {
                errors.Invalid(path, next, ObjectMetaRules.Immutable);
            }
        }

        public void Immutable<T>(FieldPath path, T? next, T? old)
            where T : class, IApiType<T>
        {
            if (!EqualityComparer<T>.Default.Equals(next, old))
            {
                errors.Invalid(path, next is null ? null : Shown.Of(next), ObjectMetaRules.Immutable);
            }
        }

        /// <summary>For numbers, flags and times.</summary>
        public void ImmutableValue<T>(FieldPath path, T? next, T? old)
            where T : struct
        {
            if (!EqualityComparer<T?>.Default.Equals(next, old))
            {
                errors.Invalid(path, next, ObjectMetaRules.Immutable);
            }
        }

        public void Immutable(FieldPath path, ValueMap<string> next, ValueMap<string> old)
        {
            if (next != old)
            {
                errors.Invalid(path, Shown.Map(next), ObjectMetaRules.Immutable);
            }
        }

        public void Immutable(FieldPath path, ValueList<string> next, ValueList<string> old)
        {
            if (next != old)
            {
                errors.Invalid(path, Shown.Strings(next), ObjectMetaRules.Immutable);
            }
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>
/// The checks that the kinds of this group share. Source: pkg/apis/resource/validation/validation.go.
/// </summary>
internal static partial class DeviceChecks
{
    private const string NotIdentifier =
        "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric "
        + "characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is "
        + "'[A-Za-z_][A-Za-z0-9_]*')";

    extension(List<FieldError> errors)
    {
        /// <summary>Each item of a list that is not too long; too long, it is not looked at any further.</summary>
        public void Each<T>(FieldPath path, ValueList<T> items, int most, Action<T, FieldPath> check)
        {
            if (items.Count > most)
            {
                errors.Add(FieldError.TooMany(path, items.Count, most));
                return;
            }

            for (var i = 0; i < items.Count; i++)
            {
                check(items[i], path.Index(i));
            }
        }

        /// <summary>As <see cref="Each"/>, and no key comes twice.</summary>
        public void EachOnce<T>(
            FieldPath path, ValueList<T> items, int most, Func<T, string> key, Action<T, FieldPath> check)
        {
            errors.Each(path, items, most, check);
            if (items.Count > most)
            {
                return;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < items.Count; i++)
            {
                if (!seen.Add(key(items[i])))
                {
                    errors.Add(FieldError.Duplicate(path.Index(i), key(items[i])));
                }
            }
        }

        public void TooLong(FieldPath path, string value, int most)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(value) > most)
            {
                errors.Add(FieldError.TooLong(path, most));
            }
        }

        public void Driver(FieldPath path, string name) => VolumeSourceRules.ValidateDriver(name, path, errors);

        public void Label(FieldPath path, string name) => errors.Invalid(path, name, Names.Dns1123Label(name));

        public void LabelName(FieldPath path, string name) => errors.Invalid(path, name, Names.QualifiedName(name));

        public void PoolName(FieldPath path, string name)
        {
            if (name.Length == 0)
            {
                errors.Required(path);
                return;
            }

            errors.TooLong(path, name, DeviceLimits.PoolNameBytes);
            foreach (var part in name.Split('/'))
            {
                errors.Invalid(path, part, Names.Dns1123Subdomain(part));
            }
        }

        /// <summary>The name of an attribute or a capacity: an identifier, behind a domain or not.</summary>
        public void AttributeName(FieldPath path, string name)
        {
            var parts = name.Split('/');
            if (parts.Length == 1)
            {
                errors.Identifier(path, name);
            }
            else if (parts.Length == 2)
            {
                if (parts[0].Length == 0)
                {
                    errors.Invalid(path, "", "the domain must not be empty");
                }
                else
                {
                    errors.Driver(path, parts[0]);
                }

                if (parts[1].Length == 0)
                {
                    errors.Invalid(path, "", "the name must not be empty");
                }
                else
                {
                    errors.Identifier(path, parts[1]);
                }
            }
        }

        public void FullName(FieldPath path, string name)
        {
            errors.AttributeName(path, name);
            if (!name.Contains('/', StringComparison.Ordinal))
            {
                errors.Invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
            }
        }

        public void ShareId(FieldPath path, string value)
        {
            if (!Uuid().IsMatch(value))
            {
                errors.Invalid(path, value, value.Length is 32 or 36 or 38 or 45 && Guid.TryParse(value, out _)
                    ? "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase "
                        + "hexadecimal characters"
                    : $"error validating uid: invalid UUID length: {value.Length}");
            }
        }

        public void Configuration(FieldPath path, DeviceConfiguration configuration, bool isStored)
        {
            var at = path.Child("opaque");
            if (configuration.Opaque is not { } opaque)
            {
                errors.Required(at);
                return;
            }

            errors.Driver(at.Child("driver"), opaque.Driver);
            errors.JsonObject(at.Child("parameters"), opaque.Parameters, isStored);
        }

        public void JsonObject(FieldPath path, RawJson? json, bool isStored)
        {
            if (json is null || json.Utf8.Length == 0)
            {
                errors.Required(path);
            }
            else if (!isStored && json.Utf8.Length > DeviceLimits.JsonBytes)
            {
                errors.Add(FieldError.TooLong(path, DeviceLimits.JsonBytes));
            }
            else if (KindOf(json) is var kind && kind == JsonValueKind.Null)
            {
                errors.Required(path);
            }
            else if (kind != JsonValueKind.Object)
            {
                errors.Add(FieldError.Invalid(path, "<value omitted>", "must be a valid JSON object"));
            }
        }

        public void Toleration(FieldPath path, DeviceToleration toleration)
        {
            if (toleration.Key.Length > 0)
            {
                errors.LabelName(path.Child("key"), toleration.Key);
            }

            if (toleration.Operator == DeviceTolerationOperator.Exists && toleration.Value.Length > 0)
            {
                errors.Invalid(path.Child("value"), toleration.Value, "must be empty for operator `Exists`");
            }
            else if (toleration.Operator == DeviceTolerationOperator.Equal)
            {
                errors.Invalid(path.Child("value"), toleration.Value, Names.LabelValue(toleration.Value));
            }

            errors.RequiredOneOf(path.Child("operator"), toleration.Operator,
                DeviceTolerationOperator.Equal, DeviceTolerationOperator.Exists);
            if (toleration.Effect.Length > 0)
            {
                errors.Effect(path.Child("effect"), toleration.Effect);
            }
        }

        public void Taint(FieldPath path, DeviceTaint taint)
        {
            errors.LabelName(path.Child("key"), taint.Key);
            if (taint.Value.Length > 0)
            {
                errors.Invalid(path.Child("value"), taint.Value, Names.LabelValue(taint.Value));
            }

            errors.Effect(path.Child("effect"), taint.Effect);
        }

        /// <summary>Both lists or none, without names twice in one or in both.</summary>
        public void BindingConditions(FieldPath path, ValueList<string> conditions, ValueList<string> failures)
        {
            var (at, failuresAt) = (path.Child("bindingConditions"), path.Child("bindingFailureConditions"));
            errors.Each(at, conditions, DeviceLimits.BindingConditions, (name, item) => errors.LabelName(item, name));
            errors.Each(failuresAt, failures, DeviceLimits.BindingConditions,
                (name, item) => errors.LabelName(item, name));
            errors.Distinct(at, conditions);
            errors.Distinct(failuresAt, failures);
            for (var i = 0; i < failures.Count; i++)
            {
                if (conditions.Contains(failures[i]))
                {
                    errors.Invalid(failuresAt.Index(i), failures[i],
                        "bindingFailureConditions must not overlap with bindingConditions");
                }
            }

            if (conditions.IsEmpty && !failures.IsEmpty)
            {
                errors.Invalid(at, Shown.Strings(conditions),
                    "bindingConditions are required to use bindingFailureConditions");
            }

            if (failures.IsEmpty && !conditions.IsEmpty)
            {
                errors.Invalid(failuresAt, Shown.Strings(failures),
                    "bindingFailureConditions are required to use bindingConditions");
            }
        }

        private void Distinct(FieldPath path, ValueList<string> names)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < names.Count; i++)
            {
                if (!seen.Add(names[i]))
                {
                    errors.Add(FieldError.Duplicate(path.Index(i), names[i]));
                }
            }
        }

        private void Effect(FieldPath path, string effect) => errors.RequiredOneOf(
            path, effect, DeviceTaintEffect.NoExecute, DeviceTaintEffect.NoSchedule, DeviceTaintEffect.None);

        private void Identifier(FieldPath path, string name)
        {
            errors.TooLong(path, name, DeviceLimits.IdentifierBytes);
            if (!CIdentifier().IsMatch(name))
            {
                errors.Invalid(path, name, NotIdentifier);
            }
        }
    }

    private static JsonValueKind KindOf(RawJson json)
    {
        var reader = new Utf8JsonReader(json.Utf8.Span);
        return reader.Read()
            ? reader.TokenType switch
            {
                JsonTokenType.Null => JsonValueKind.Null,
                JsonTokenType.StartObject => JsonValueKind.Object,
                _ => JsonValueKind.Undefined,
            }
            : JsonValueKind.Null;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CIdentifier();

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}

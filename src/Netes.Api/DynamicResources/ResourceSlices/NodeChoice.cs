using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>
/// The fields of a slice or of a device that say which nodes have it: exactly one of them is to be set.
/// Source: pkg/apis/resource/validation/validation.go, validateResourceSliceSpec and validateDevice.
/// </summary>
internal sealed class NodeChoice(FieldPath path, List<FieldError> errors)
{
    private readonly List<string> _set = new(4);

    public void Name(string? name, string whenEmpty)
    {
        if (name is { Length: > 0 })
        {
            _set.Add("`nodeName`");
            errors.Invalid(path.Child("nodeName"), name, Names.Dns1123Subdomain(name));
        }
        else if (name is not null)
        {
            errors.Invalid(path.Child("nodeName"), name, whenEmpty);
        }
    }

    public void Selector(NodeSelector? selector)
    {
        if (selector is not null)
        {
            _set.Add("`nodeSelector`");
            AffinityValidation.ValidateNodes(selector, path.Child("nodeSelector"), errors);
        }
    }

    public void Flag(string field, bool? value)
    {
        if (value == true)
        {
            _set.Add($"`{field}`");
        }
        else if (value == false)
        {
            errors.Invalid(path.Child(field), false, "must be either unset or set to true");
        }
    }

    public void ExactlyOne(string whenNone, string whenSeveral)
    {
        if (_set.Count == 0)
        {
            errors.Required(path, whenNone);
        }
        else if (_set.Count > 1)
        {
            errors.Invalid(path, $"{{{string.Join(", ", _set)}}}", whenSeveral);
        }
    }
}

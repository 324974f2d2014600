using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Finds the items of a list by their merge key, or by value where there is none, so that merging long lists stays
/// linear.
/// </summary>
internal sealed class ItemIndex
{
    private readonly TreeList _list;
    private readonly string _mergeKey;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public ItemIndex(TreeList list, string mergeKey)
    {
        (_list, _mergeKey) = (list, mergeKey);
        for (var i = 0; i < list.Items.Count; i++)
        {
            _places.TryAdd(Token(Key(list.Items[i], mergeKey)), i);
        }
    }

    /// <summary>Where the first item with the key of this one stands; -1 when there is none.</summary>
    public int Find(JsonTree? item) => _places.GetValueOrDefault(Token(Key(item, _mergeKey)), -1);

    public void Add(JsonTree? item)
    {
        _places.TryAdd(Token(Key(item, _mergeKey)), _list.Items.Count);
        _list.Items.Add(item);
    }

    /// <summary>What the item is known by: the value of its merge key, or itself.</summary>
    public static JsonTree? Key(JsonTree? item, string mergeKey)
    {
        if (mergeKey.Length == 0)
        {
            return item;
        }

        if (item is not TreeMap members)
        {
            throw StrategicDirectives.NotA("map[string]interface {}", item);
        }

        return members.Members.TryGetValue(mergeKey, out var key)
            ? key
            : throw StrategicDirectives.NoMergeKey(item, mergeKey);
    }

    /// <summary>Equal for equal values: numbers by amount, objects and lists by their text.</summary>
    public static string Token(JsonTree? value) => value switch
    {
        TreeText text => "s" + text.Value,
        TreeNumber number when decimal.TryParse(
            number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) =>
            "n" + (amount / 1.000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => "j" + Encoding.UTF8.GetString(JsonTree.Encode(value)),
    };
}

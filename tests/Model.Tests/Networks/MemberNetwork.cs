using RnnService.Model.Architecture;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Tests.Networks;

/// <summary>One member of a network, as a network of its own.</summary>
internal static class MemberNetwork
{
    public static NetworkFile Of(DigitNetwork network, int member)
    {
        NetworkSettings alone = network.Settings with { Members = 1 };
        Dictionary<string, NamedTensor> tensors = network.ToFile().Tensors.ToDictionary(tensor => tensor.Name);
        return new NetworkFile(alone, [.. alone.Weights.Select(weight => weight.Name == "output.weight"
            ? new NamedTensor(weight.Name, weight.Sizes, OfMember(tensors[weight.Name], network.Settings.Members, member))
            : tensors[NameOf(weight.Name, member)] with { Name = weight.Name })]);
    }

    /// <summary>A network of two members with the same weights.</summary>
    public static NetworkFile Twice(NetworkFile file, ReadingOrder reading)
    {
        NetworkSettings settings = file.Settings with { Members = 2, Reading = reading };
        Dictionary<string, NamedTensor> tensors = file.Tensors.ToDictionary(tensor => tensor.Name);
        return new NetworkFile(settings, [.. settings.Weights.Select(weight => weight.Name == "output.weight"
            ? new NamedTensor(weight.Name, weight.Sizes, Halves(tensors[weight.Name]))
            : tensors[weight.Name.Replace("_2_columns", "", StringComparison.Ordinal)] with { Name = weight.Name })]);
    }

    /// <summary>The name in a network of several members of a weight of one of them.</summary>
    public static string NameOf(string weight, int member)
    {
        string module = weight.Split('.', '_')[0];
        return member == 1 || module == "output" ? weight : $"{module}_{member}{weight[module.Length..]}";
    }

    private static float[] Halves(NamedTensor output) =>
        [.. output.Values.ToArray().Chunk((int)output.Shape[1]).SelectMany(weights => weights.Concat(weights)).Select(weight => weight / 2)];

    /// <summary>The member's columns, which in the network are those of the mean of all members' logits.</summary>
    private static float[] OfMember(NamedTensor output, int members, int member)
    {
        int features = (int)output.Shape[1] / members;
        return [.. output.Values.ToArray().Chunk(features).Where((_, block) => block % members == member - 1).SelectMany(weights => weights).Select(weight => weight * members)];
    }
}

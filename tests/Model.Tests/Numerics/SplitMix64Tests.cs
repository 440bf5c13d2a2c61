using RnnService.Model.Numerics;

namespace RnnService.Model.Tests.Numerics;

/// <summary>Known values: if they changed, a seed would produce a different network than in earlier versions.</summary>
public class SplitMix64Tests
{
    /// <summary>The sequence of the reference implementation, splitmix64.c by Sebastiano Vigna, for the seed 1234567.</summary>
    private static readonly ulong[] Reference =
        [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

    [Fact]
    public void The_sequence_is_that_of_the_reference_implementation() =>
        Assert.Equal(Reference, Enumerable.Range(1, Reference.Length).Select(place => SplitMix64.At(1234567, (ulong)place)));

    [Fact]
    public void Keys_give_the_same_numbers_in_every_version()
    {
        SplitMix64 random = new(1, 2, 3);

        Assert.Equal([1470200354583225620, 8675578458278028105, 16948986238437860915], (ulong[])[random.Next(), random.Next(), random.Next()]);
        Assert.NotEqual(new SplitMix64(1, 2).Next(), new SplitMix64(1, 2, 0).Next());
    }

    [Fact]
    public void Derived_numbers_are_the_same_in_every_version()
    {
        SplitMix64 random = new(7);

        Assert.Equal([3, 2, 0, 4, 7, 9, 2, 4], (int[])[.. Enumerable.Range(0, 8).Select(_ => random.NextInteger(10))]);
        Assert.Equal(0.5224997f, random.NextUniform(1));
        Assert.Equal(0.2509736f, random.NextNormal());
    }
}

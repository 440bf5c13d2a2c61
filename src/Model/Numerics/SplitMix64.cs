namespace RnnService.Model.Numerics;

/// <summary>
/// A pseudorandom number generator with a 64-bit state, which is cheap to create for each key: its numbers depend on nothing else. Not cryptographically secure.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
/// </summary>
internal struct SplitMix64
{
    private const ulong Increment = 0x9e3779b97f4a7c15;

    private ulong state;

    /// <summary>Seeds the generator with a key. Keys that differ in any number or in their length give independent sequences.</summary>
    public SplitMix64(params ReadOnlySpan<long> key)
    {
        foreach (long part in key)
        {
            state = Next() ^ (ulong)part;
        }
    }

    /// <summary>Returns 64 random bits.</summary>
    public ulong Next()
    {
        state += Increment;
        return Mix(state);
    }

    /// <summary>Returns one number of the sequence that starts from a seed, by its index.</summary>
    public static ulong At(ulong seed, ulong index) => Mix(seed + (index * Increment));

    /// <summary>Returns a uniformly distributed integer from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInteger(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Returns a uniformly distributed number from -<paramref name="limit"/> to <paramref name="limit"/>.</summary>
    public float NextUniform(float limit) => ((Next() >> 40) * (2f / (1 << 24)) - 1) * limit;

    /// <summary>Returns a uniformly distributed number from 0, inclusive, to 1, exclusive.</summary>
    public float NextFraction() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Returns a uniformly distributed number from <paramref name="lowest"/>, inclusive, to <paramref name="highest"/>, exclusive.</summary>
    public float NextBetween(float lowest, float highest) => lowest + ((highest - lowest) * NextFraction());

    /// <summary>Returns an approximately standard normal number: the scaled sum of four uniform 16-bit integers.</summary>
    public float NextNormal()
    {
        const float mean = 2 * ushort.MaxValue;
        const float deviation = ushort.MaxValue * 0.57735027f;
        ulong bits = Next();
        ulong sum = (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);
        return (sum - mean) / deviation;
    }

    private static ulong Mix(ulong state)
    {
        ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}

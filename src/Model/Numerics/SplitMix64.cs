namespace RnnService.Model.Numerics;

/// <summary>
/// A generator that is made in no time, for random numbers that depend on a key alone and not on what was drawn before:
/// Steele, Lea and Flood, 2014.
/// </summary>
internal struct SplitMix64
{
    private const ulong Increment = 0x9e3779b97f4a7c15;

    private ulong state;

    /// <summary>Keys that differ in any number, or in their length, give unrelated numbers.</summary>
    public SplitMix64(params ReadOnlySpan<long> key)
    {
        foreach (long part in key)
        {
            state = Next() ^ (ulong)part;
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state += Increment;
        return Mix(state);
    }

    /// <summary>The number that <see cref="Next"/> would give at a place of the sequence from a seed.</summary>
    public static ulong At(ulong seed, ulong place) => Mix(seed + (place * Increment));

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, each as likely.</summary>
    public int NextInteger(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>From -<paramref name="limit"/> to <paramref name="limit"/>, uniformly.</summary>
    public float NextUniform(float limit) => ((Next() >> 40) * (2f / (1 << 24)) - 1) * limit;

    /// <summary>Close to N(0, 1): four uniform numbers of 16 bits, added up.</summary>
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

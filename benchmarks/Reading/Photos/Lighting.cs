namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>How much light reaches each point of a picture: a gradient, darker corners, and a shadow with a sharp or a soft edge.</summary>
internal sealed class Lighting
{
    private readonly double gradientX, gradientY, corners, exposure;
    private readonly double normalX, normalY, edge, width, softness, shadow;

    public Lighting(Random random)
    {
        double strength = random.Between(0, 0.35), direction = random.Between(0, 2 * Math.PI);
        (gradientX, gradientY) = (strength * Math.Cos(direction), strength * Math.Sin(direction));
        corners = random.NextDouble() < 0.5 ? random.Between(0.05, 0.35) : 0;
        exposure = random.Between(0.7, 1.02);
        direction = random.Between(0, 2 * Math.PI);
        (normalX, normalY) = (Math.Cos(direction), Math.Sin(direction));
        edge = random.Between(-0.5, 0.5);
        width = random.NextDouble() < 0.3 ? random.Between(0.25, 0.6) : 10;
        softness = random.NextDouble() < 0.5 ? 0.004 : random.Between(0.01, 0.15);
        shadow = random.NextDouble() < 0.45 ? random.Between(0.25, 0.55) : 0;
    }

    public string Description => $"gradient {Math.Sqrt((gradientX * gradientX) + (gradientY * gradientY)):F2}, corners {corners:F2}, shadow {shadow:F2} softness {softness:F3}";

    /// <summary>The light at a point.</summary>
    /// <param name="x">From -0.5 (left) to 0.5.</param>
    /// <param name="y">From -0.5 (top) to 0.5.</param>
    public double At(double x, double y)
    {
        double depth = (x * normalX) + (y * normalY) - edge;
        double inside = Step(depth) * (1 - Step(depth - width));
        return exposure * (1 + (gradientX * x) + (gradientY * y)) * (1 - (corners * 2 * ((x * x) + (y * y)))) * (1 - (shadow * inside));
    }

    private double Step(double depth)
    {
        double t = Math.Clamp((depth / softness) + 0.5, 0, 1);
        return t * t * (3 - (2 * t));
    }
}

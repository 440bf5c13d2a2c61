using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>What is written on, and with what.</summary>
/// <param name="Name">For the description of a photograph.</param>
/// <param name="Ground">The color of the paper or board.</param>
/// <param name="Ink">The color of the ink.</param>
/// <param name="Opacity">How much the ink covers, from 0 to 1.</param>
/// <param name="Grain">How much the opacity varies from one point of a stroke to the next, from 0 to 1.</param>
internal readonly record struct Material(string Name, SKColor Ground, SKColor Ink, double Opacity, double Grain)
{
    private static readonly SKColor[] Papers =
        [new(250, 250, 248), new(235, 235, 230), new(225, 222, 214), new(245, 236, 200), new(250, 240, 160), new(205, 205, 205), new(200, 180, 150)];

    private static readonly (string Name, SKColor Color)[] Pens =
        [("black pen", new(25, 25, 30)), ("black pen", new(50, 48, 50)), ("blue pen", new(35, 60, 160)), ("blue pen", new(20, 30, 110)), ("red pen", new(190, 30, 40)), ("green pen", new(20, 120, 60))];

    private static readonly SKColor[] Boards = [new(35, 60, 48), new(40, 42, 45), new(60, 75, 70), new(25, 35, 70)];

    private static readonly SKColor[] Chalks = [new(240, 240, 235), new(235, 225, 150), new(230, 170, 180)];

    public static Material Choose(Random random)
    {
        double kind = random.NextDouble();
        if (kind < 0.15)
        {
            return new Material("chalk", Of(Boards, random), Of(Chalks, random), random.Between(0.65, 1), random.Between(0.1, 0.5));
        }

        SKColor paper = Of(Papers, random);
        if (kind < 0.35)
        {
            return new Material("pencil", paper, new SKColor(70, 70, 75), random.Between(0.4, 0.85), random.Between(0.1, 0.45));
        }

        (string name, SKColor color) = Pens[random.Next(Pens.Length)];
        return new Material(name, paper, color, random.Between(0.75, 1), random.Between(0, 0.15));
    }

    private static SKColor Of(SKColor[] colors, Random random) => colors[random.Next(colors.Length)];
}

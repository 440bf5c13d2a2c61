using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

public sealed class FittedPredictionTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private static readonly byte[] Slate = new Canvas(200, 150).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4).ToPng();
    private static readonly byte[] Paper = new Canvas(200, 150, 220).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4, ink: 30).ToPng();

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_digit_of_any_size_and_place_is_told_as_the_28_by_28_that_it_is_made_of_and_that_is_shown()
    {
        foreach (byte[] png in new[] { Slate, Paper })
        {
            JsonElement answer = await Service.AnswerAsync(await service.PredictAsync(png, "?fit=true"));

            byte[][] rows = [.. answer.GetProperty("pixels").EnumerateArray().Select(row => row.EnumerateArray().Select(pixel => pixel.GetByte()).ToArray())];
            Assert.Equal(Enumerable.Repeat(28, 28), rows.Select(row => row.Length));
            byte[] pixels = [.. rows.SelectMany(row => row)];
            Assert.InRange(pixels.Zip(Mnist.Data.Test.Pixels(0).ToArray(), (fitted, original) => Math.Abs(fitted - original)).Average(), 0, 30);
            JsonElement same = await Service.AnswerAsync(await service.PredictAsync(PngWriter.Gray(pixels)));
            Assert.Equal(same.GetProperty("probabilities").GetRawText(), answer.GetProperty("probabilities").GetRawText());
        }
    }

    [Fact]
    public async Task What_was_sent_as_it_is_is_not_shown()
    {
        foreach (string query in new[] { "", "?fit=false" })
        {
            Assert.False((await Service.AnswerAsync(await service.PredictAsync(Digits.Png(0), query))).TryGetProperty("pixels", out _));
        }
    }

    [Fact]
    public async Task Without_fit_another_size_is_refused_and_fit_is_offered() => await Problems.AssertAsync(
        await service.PredictAsync(Slate), HttpStatusCode.UnprocessableEntity, "but it must be 28×28. Scale it to 28×28, or send it with fit=true, which finds and scales the digit.");

    [Theory]
    [InlineData("?fit=true", "")]
    [InlineData("?fit=true&invert=true", "")]
    [InlineData("?fit=true&invert=false", "The image is blank")]
    public async Task Is_turned_round_as_told(string query, string fault)
    {
        HttpResponseMessage answer = await service.PredictAsync(Paper, query);

        await (fault.Length == 0 ? Service.AnswerAsync(answer) : Problems.AssertAsync(answer, HttpStatusCode.UnprocessableEntity, fault));
    }

    [Fact]
    public async Task A_blank_picture_is_refused() => await Problems.AssertAsync(
        await service.PredictAsync(new Canvas(300, 300, 255).ToPng(), "?fit=true"), HttpStatusCode.UnprocessableEntity, "The image is blank: no ink stands out from its background. Draw or photograph one digit, dark on light or light on dark.");

    [Theory]
    [InlineData("", "The image is 30000×30000, but it must be 28×28.")]
    [InlineData("?fit=true", "but it must be at most 2048×2048. Scale it down.")]
    public async Task A_picture_that_only_says_it_is_huge_is_refused_by_its_header(string query, string detail)
    {
        byte[] bomb = Digits.Png(0);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 30_000);

        await Problems.AssertAsync(await service.PredictAsync(bomb, query), HttpStatusCode.UnprocessableEntity, detail);
    }

    [Fact]
    public async Task All_bad_parameters_are_told_at_once()
    {
        JsonElement problem = await Problems.AssertAsync(await service.PredictAsync(Slate, "?fit=yes&trace=1&invert=maybe"), HttpStatusCode.BadRequest, "fit: must be true or false, not 'yes'.");

        Assert.Equal(["fit", "invert", "trace"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Tells_row_by_row_what_it_believed()
    {
        JsonElement plain = await Service.AnswerAsync(await service.PredictAsync(Digits.Png(0), "?trace=false"));
        JsonElement traced = await Service.AnswerAsync(await service.PredictAsync(Digits.Png(0), "?trace=true"));

        Assert.False(plain.TryGetProperty("trace", out _));
        double[][] rows = [.. traced.GetProperty("trace").EnumerateArray().Select(Numbers)];
        Assert.Equal(28, rows.Length);
        Assert.All(rows, row => Assert.Equal((10, 1), (row.Length, Math.Round(row.Sum(), 5))));
        Assert.Equal(Numbers(traced.GetProperty("probabilities")), rows[^1]);
        Assert.All(Numbers(plain.GetProperty("probabilities")).Zip(rows[^1]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(plain.GetProperty("digit").GetInt32(), traced.GetProperty("digit").GetInt32());
    }

    [Fact]
    public async Task A_trace_of_a_fitted_digit_is_that_of_what_is_shown()
    {
        JsonElement fitted = await Service.AnswerAsync(await service.PredictAsync(Slate, "?fit=true&trace=true"));
        byte[] pixels = [.. fitted.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(pixel => pixel.GetByte())];

        JsonElement shown = await Service.AnswerAsync(await service.PredictAsync(PngWriter.Gray(pixels), "?trace=true"));

        Assert.Equal(shown.GetProperty("trace").GetRawText(), fitted.GetProperty("trace").GetRawText());
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}

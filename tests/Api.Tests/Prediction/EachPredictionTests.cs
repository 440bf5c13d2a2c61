using System.Net;
using System.Text.Json;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Api.Tests.Prediction;

/// <summary>POST /predict?each=true, with a model that is trained well enough for MNIST's first test images.</summary>
public sealed class EachPredictionTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private const int Side = 28 * Scale;
    private const int Scale = 4;
    private const int Left = 20;
    private const int Top = 30;

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync("""{"preset": "fast", "hiddenSize": 64, "epochs": 3, "trainingImages": 8000}""");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task All_digits_of_a_line_are_found_in_reading_order(SKEncodedImageFormat format)
    {
        JsonElement answer = await EachAsync(Images.Convert(Line([.. Enumerable.Range(0, 5)]), format));

        Assert.Equal(["digits", "number", "model"], answer.EnumerateObject().Select(field => field.Name));
        JsonElement[] digits = [.. answer.GetProperty("digits").EnumerateArray()];
        Assert.Equal(5, digits.Length);
        for (int i = 0; i < digits.Length; i++)
        {
            Assert.Equal(["box", "digit", "confidence", "probabilities", "isDigit", "pixels"], digits[i].EnumerateObject().Select(field => field.Name).Where(name => name != "reason"));
            (int x, int y, int right, int bottom) = Box(digits[i]);
            Assert.True(x >= Left + (i * Side) && right <= Left + ((i + 1) * Side) && y >= Top && bottom <= Top + Side, digits[i].GetProperty("box").GetRawText());
            Assert.Equal((28, 10), (digits[i].GetProperty("pixels").GetArrayLength(), digits[i].GetProperty("probabilities").GetArrayLength()));
        }

        Assert.Equal(string.Concat(digits.Select(digit => digit.GetProperty("digit").GetInt32())), answer.GetProperty("number").GetString());
    }

    [Fact]
    public async Task The_number_keeps_leading_zeros()
    {
        JsonElement answer = await EachAsync(Line([3, 10, 0, 1, 3])); // a 0, a 0, a 7, a 2, and a 0

        Assert.Equal("00720", answer.GetProperty("number").GetString());
    }

    [Fact]
    public async Task Each_digit_is_predicted_as_its_pixels_are()
    {
        JsonElement answer = await EachAsync(Line([0, 1, 2]), "&trace=true");

        foreach (JsonElement digit in answer.GetProperty("digits").EnumerateArray())
        {
            byte[] pixels = [.. digit.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(pixel => pixel.GetByte())];
            JsonElement alone = await Service.ReadJsonAsync(await service.PredictAsync(PngWriter.Gray(pixels), "?invert=false&trace=true"));
            Assert.Equal(alone.GetProperty("digit").GetInt32(), digit.GetProperty("digit").GetInt32());
            Assert.Equal(alone.GetProperty("confidence").GetDouble(), digit.GetProperty("confidence").GetDouble(), 1e-5);
            Assert.Equal(28, digit.GetProperty("trace").GetArrayLength());
            Assert.Equal(alone.GetProperty("model").GetRawText(), answer.GetProperty("model").GetRawText());
        }
    }

    [Fact]
    public async Task A_28_by_28_PNG_is_one_digit_whose_box_is_the_whole_image()
    {
        JsonElement answer = await EachAsync(Digits.Png(0));

        JsonElement digit = Assert.Single(answer.GetProperty("digits").EnumerateArray());
        Assert.Equal((0, 0, 28, 28), Box(digit));
        Assert.Equal(Mnist.Data.Test.Pixels(0).ToArray(), digit.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(pixel => pixel.GetByte()));
        JsonElement alone = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0)));
        Assert.Equal(alone.GetProperty("probabilities").GetRawText(), digit.GetProperty("probabilities").GetRawText());
        Assert.Equal(alone.GetProperty("digit").GetRawText(), answer.GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_blank_image_is_rejected() => await Problems.AssertAsync(
        await service.PredictAsync(new Canvas(300, 300, 255).ToPng(), "?each=true"), HttpStatusCode.UnprocessableEntity, "The image is blank");

    [Fact]
    public async Task An_image_with_more_than_256_digits_is_rejected()
    {
        const int columns = 20;
        const int cell = 40;
        Canvas canvas = new(columns * cell, columns * cell, 255);
        for (int i = 0; i < 13 * columns; i++)
        {
            canvas.Paste(Mnist.Data.Test.Pixels(0), (i % columns * cell) + 6, (i / columns * cell) + 6, ink: 0);
        }

        await Problems.AssertAsync(await service.PredictAsync(canvas.ToPng(), "?each=true"), HttpStatusCode.UnprocessableEntity, "The image has more than 256 digits. Send it in parts.");
    }

    /// <summary>A line of MNIST's test images, dark on light.</summary>
    private static byte[] Line(int[] images)
    {
        Canvas canvas = new((2 * Left) + (images.Length * Side), (2 * Top) + Side, 230);
        for (int i = 0; i < images.Length; i++)
        {
            canvas.Paste(Mnist.Data.Test.Pixels(images[i]), Left + (i * Side), Top, Scale, ink: 20);
        }

        return canvas.ToPng();
    }

    private async Task<JsonElement> EachAsync(byte[] image, string more = "") => await Service.ReadJsonAsync(await service.Http.PostAsync($"/predict?each=true{more}", Requests.Form(image)));

    private static (int X, int Y, int Right, int Bottom) Box(JsonElement digit)
    {
        JsonElement box = digit.GetProperty("box");
        int Of(string name) => box.GetProperty(name).GetInt32();
        return (Of("x"), Of("y"), Of("x") + Of("width"), Of("y") + Of("height"));
    }
}

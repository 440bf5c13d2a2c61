using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Api.Tests.Prediction;

public sealed class FittedPredictionTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private static readonly byte[] Slate = new Canvas(200, 150).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4).ToPng();
    private static readonly byte[] Paper = new Canvas(200, 150, 220).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4, ink: 30).ToPng();

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("?fit=auto")]
    [InlineData("?fit=true")]
    public async Task The_response_contains_the_fitted_image_and_its_prediction(string query)
    {
        foreach (byte[] png in new[] { Slate, Paper })
        {
            JsonElement answer = await Service.ReadJsonAsync(await service.PredictAsync(png, query));

            byte[][] rows = [.. answer.GetProperty("pixels").EnumerateArray().Select(row => row.EnumerateArray().Select(pixel => pixel.GetByte()).ToArray())];
            Assert.Equal(Enumerable.Repeat(28, 28), rows.Select(row => row.Length));
            byte[] pixels = [.. rows.SelectMany(row => row)];
            Assert.InRange(pixels.Zip(Mnist.Data.Test.Pixels(0).ToArray(), (fitted, original) => Math.Abs(fitted - original)).Average(), 0, 30);
            JsonElement same = await Service.ReadJsonAsync(await service.PredictAsync(PngWriter.Gray(pixels)));
            Assert.Equal(same.GetProperty("probabilities").GetRawText(), answer.GetProperty("probabilities").GetRawText());
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    public async Task JPEG_WebP_and_PNG_are_accepted_as_body_and_as_file(SKEncodedImageFormat format, string mediaType)
    {
        byte[] photo = Images.Convert(Paper, format);

        JsonElement body = await Service.ReadJsonAsync(await service.Http.PostAsync("/predict", Requests.Body(photo, mediaType)));
        JsonElement file = await Service.ReadJsonAsync(await service.Http.PostAsync("/predict", Requests.Form(photo)));

        JsonElement png = await Service.ReadJsonAsync(await service.PredictAsync(Paper));
        Assert.Equal(body.GetRawText(), file.GetRawText());
        Assert.InRange(Numbers(body.GetProperty("probabilities")).Zip(Numbers(png.GetProperty("probabilities")), (a, b) => Math.Abs(a - b)).Max(), 0, 0.2);
        Assert.Equal(28, body.GetProperty("pixels").GetArrayLength());
    }

    [Fact]
    public async Task A_28_by_28_JPEG_is_fitted()
    {
        byte[] jpeg = Images.Convert(Digits.Png(0), SKEncodedImageFormat.Jpeg);

        Assert.True((await Service.ReadJsonAsync(await service.Http.PostAsync("/predict", Requests.Body(jpeg, "image/jpeg")))).TryGetProperty("pixels", out _));
        await Problems.AssertAsync(await service.Http.PostAsync("/predict?fit=false", Requests.Body(jpeg, "image/jpeg")), HttpStatusCode.UnsupportedMediaType, "Convert it to PNG");
    }

    [Fact]
    public async Task A_28_by_28_PNG_is_used_unchanged_unless_fit_is_true()
    {
        JsonElement plain = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0)));
        foreach (string query in new[] { "?fit=auto", "?fit=false" })
        {
            Assert.Equal(plain.GetRawText(), (await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), query))).GetRawText());
        }

        Assert.Equal(["digit", "confidence", "probabilities", "isDigit", "model"], plain.EnumerateObject().Select(field => field.Name).Where(name => name != "reason"));
        Assert.True((await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), "?fit=true"))).TryGetProperty("pixels", out _));
    }

    [Fact]
    public async Task With_fit_false_another_size_is_rejected()
    {
        await Problems.AssertAsync(
            await service.PredictAsync(PngWriter.Gray(new byte[29 * 28], 29, 28), "?fit=false"), HttpStatusCode.UnprocessableEntity, "The image is 29×28, but it must be 28×28. Scale it to 28×28, or omit fit=false: by default the digit is found and scaled.");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict?fit=false", Requests.Form(Slate)), HttpStatusCode.UnprocessableEntity, "but it must be 28×28.");
    }

    [Theory]
    [InlineData("?fit=true", "")]
    [InlineData("?fit=true&invert=true", "")]
    [InlineData("?fit=true&invert=false", "The image is blank")]
    public async Task Fitted_images_are_inverted_as_requested(string query, string fault)
    {
        HttpResponseMessage answer = await service.PredictAsync(Paper, query);

        await (fault.Length == 0 ? Service.ReadJsonAsync(answer) : Problems.AssertAsync(answer, HttpStatusCode.UnprocessableEntity, fault));
    }

    [Fact]
    public async Task A_blank_image_is_rejected() => await Problems.AssertAsync(
        await service.PredictAsync(new Canvas(300, 300, 255).ToPng(), "?fit=true"), HttpStatusCode.UnprocessableEntity, "The image is blank: no ink stands out from its background. Draw or photograph one digit, dark on light or light on dark.");

    [Theory]
    [InlineData("?fit=false", "The image is 30000×30000, but it must be 28×28.")]
    [InlineData("", "but it must have at most 50 megapixels. Scale it down.")]
    public async Task A_huge_size_in_the_header_is_rejected(string query, string detail)
    {
        byte[] bomb = Digits.Png(0);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 30_000);

        await Problems.AssertAsync(await service.PredictAsync(bomb, query), HttpStatusCode.UnprocessableEntity, detail);
    }

    [Fact]
    public async Task All_invalid_parameters_are_reported_together()
    {
        JsonElement problem = await Problems.AssertAsync(await service.PredictAsync(Slate, "?fit=yes&trace=1&invert=maybe&each=all"), HttpStatusCode.BadRequest, "fit: must be one of auto, true, false, not 'yes'.");

        Assert.Equal(["each", "fit", "invert", "trace"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_trace_has_probabilities_after_each_row()
    {
        JsonElement plain = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), "?trace=false"));
        JsonElement traced = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), "?trace=true"));

        Assert.False(plain.TryGetProperty("trace", out _));
        double[][] rows = [.. traced.GetProperty("trace").EnumerateArray().Select(Numbers)];
        Assert.Equal(28, rows.Length);
        Assert.All(rows, row => Assert.Equal((10, 1), (row.Length, Math.Round(row.Sum(), 5))));
        Assert.Equal(Numbers(traced.GetProperty("probabilities")), rows[^1]);
        Assert.All(Numbers(plain.GetProperty("probabilities")).Zip(rows[^1]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(plain.GetProperty("digit").GetInt32(), traced.GetProperty("digit").GetInt32());
    }

    [Fact]
    public async Task A_trace_of_a_fitted_image_is_the_trace_of_its_pixels()
    {
        JsonElement fitted = await Service.ReadJsonAsync(await service.PredictAsync(Slate, "?fit=true&trace=true"));
        byte[] pixels = [.. fitted.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(pixel => pixel.GetByte())];

        JsonElement shown = await Service.ReadJsonAsync(await service.PredictAsync(PngWriter.Gray(pixels), "?trace=true"));

        Assert.Equal(shown.GetProperty("trace").GetRawText(), fitted.GetProperty("trace").GetRawText());
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}

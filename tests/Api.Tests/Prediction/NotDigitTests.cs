using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

public sealed class NotDigitTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private const string Training = """{"epochs": 2, "hiddenSize": 48, "trainingImages": 6000, "learningRate": 0.005}""";
    private const int Images = 40;

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync(Training);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Digits_are_digits_and_images_unlike_those_that_were_learned_are_not()
    {
        JsonElement[] digits = await PredictAllAsync(index => PngWriter.Gray(Mnist.Data.Test.Pixels(index)));
        JsonElement[] inverted = await PredictAllAsync(index => PngWriter.Gray([.. Mnist.Data.Test.Pixels(index).ToArray().Select(pixel => (byte)(255 - pixel))]));

        Assert.InRange(digits.Count(IsDigit), Images - 3, Images);
        Assert.InRange(inverted.Count(IsDigit), 0, 3);
        Assert.All(digits.Concat(inverted), answer => Assert.Equal(IsDigit(answer) ? null : "unfamiliar", answer.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null));
    }

    [Fact]
    public async Task Each_digit_and_each_image_of_a_batch_has_its_answer()
    {
        byte[] inverted = PngWriter.Gray([.. Mnist.Data.Test.Pixels(0).ToArray().Select(pixel => (byte)(255 - pixel))]);

        JsonElement each = await Service.ReadJsonAsync(await service.PredictAsync(inverted, "?invert=false&each=true"));
        JsonElement batch = await Service.ReadJsonAsync(await service.PredictBatchAsync([inverted], "?invert=false"));

        foreach (JsonElement answer in (JsonElement[])[each.GetProperty("digits")[0], batch.GetProperty("predictions")[0]])
        {
            Assert.False(IsDigit(answer));
            Assert.Equal("unfamiliar", answer.GetProperty("reason").GetString());
        }
    }

    private static bool IsDigit(JsonElement answer) => answer.GetProperty("isDigit").GetBoolean();

    private async Task<JsonElement[]> PredictAllAsync(Func<int, byte[]> image)
    {
        List<JsonElement> answers = [];
        for (int i = 0; i < Images; i++)
        {
            answers.Add(await Service.ReadJsonAsync(await service.PredictAsync(image(i), "?invert=false")));
        }

        return [.. answers];
    }
}

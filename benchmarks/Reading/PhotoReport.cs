using RnnService.Benchmarks.Reading.Photos;
using RnnService.Model.Data;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Reading;

/// <summary>How many photographs of one digit are read correctly.</summary>
internal static class PhotoReport
{
    public static void Print(PhotoGenerator generator, DatasetSplit mnist, ReadingOptions options)
    {
        using DigitReader reader = DigitReader.Load(options, mnist);
        PhotoSheet misread = new();
        int correct = 0, refused = 0;
        for (int i = 0; i < options.Count; i++)
        {
            Photo photo = generator.Digit(i);
            string answer;
            DigitImage? image = null;
            try
            {
                image = DigitImageDecoder.Fit(photo.File);
                answer = $"{reader.Read(image)}";
            }
            catch (InvalidImageException e)
            {
                answer = e.Fault.ToString();
                refused++;
            }

            if (answer == $"{photo.Labels[0]}")
            {
                correct++;
                continue;
            }

            misread.Add($"{i}: {photo.Labels[0]} read as {answer}: {photo.Description}", photo.File, image is null ? [] : [image]);
        }

        misread.Save(options.Output);
        double share = 100.0 * correct / options.Count;
        Console.WriteLine($"Photographs of one digit, seed {options.Seed}: {correct} of {options.Count} read correctly ({share:F2}%), {refused} refused.");
    }
}

using RnnService.Benchmarks.Reading;
using RnnService.Benchmarks.Reading.Photos;
using RnnService.Model.Data;

if (args is not ["photos" or "lines" or "confidence" or "paired" or "sheet" or "times", ..])
{
    Console.Error.WriteLine(ReadingOptions.Usage);
    return 2;
}

ReadingOptions options = ReadingOptions.Parse(args.AsSpan(1));
DatasetSplit mnist = new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
PhotoGenerator generator = new(options.Test ? mnist.Test : mnist.Validation, options.Seed);
switch (args[0])
{
    case "photos":
        PhotoReport.Print(generator, mnist, options);
        break;
    case "lines":
        LineReport.Print(generator, mnist, options);
        break;
    case "confidence":
        ConfidenceReport.Print(mnist, generator, options);
        break;
    case "paired":
        PairedReport.Print(mnist, options);
        break;
    case "sheet":
        SaveSheet();
        break;
    default:
        TimeReport.Print();
        break;
}

return 0;

void SaveSheet()
{
    PhotoSheet sheet = new();
    for (int i = 0; i < options.Count; i++)
    {
        foreach (Photo photo in new[] { generator.Digit(i), generator.Line(i * LineReport.Digits, LineReport.Digits) })
        {
            sheet.Add(photo.Description, photo.File, []);
        }
    }

    sheet.Save(options.Output);
}

using RnnService.Benchmarks.Reading;
using RnnService.Benchmarks.Reading.Photos;
using RnnService.Model.Data;

if (args is not ["photos" or "lines" or "confidence" or "sheet" or "times", ..])
{
    Console.Error.WriteLine(ReadingOptions.Usage);
    return 2;
}

if (args[0] == "times")
{
    TimeReport.Print();
    return 0;
}

ReadingOptions options = ReadingOptions.Parse(args.AsSpan(1));
DatasetSplit mnist = new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
PhotoGenerator generator = new(options.Test ? mnist.Test : mnist.Validation, options.Seed);
if (args[0] == "sheet")
{
    PhotoSheet sheet = new();
    for (int i = 0; i < options.Count; i++)
    {
        sheet.Add(generator.Digit(i).Description, generator.Digit(i).File, []);
        sheet.Add(generator.Line(i * LineReport.Digits, LineReport.Digits).Description, generator.Line(i * LineReport.Digits, LineReport.Digits).File, []);
    }

    sheet.Save(options.Output);
    return 0;
}

if (args[0] == "confidence")
{
    ConfidenceReport.Print(mnist, generator, options);
    return 0;
}

using DigitReader reader = DigitReader.Load(options, mnist);
switch (args[0])
{
    case "photos":
        PhotoReport.Print(generator, reader, options);
        break;
    default:
        LineReport.Print(generator, reader, options);
        break;
}

return 0;

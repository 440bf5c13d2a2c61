// Trains a network on MNIST, saves it, loads it without torch, and classifies an image. Optional argument: the number of training images.
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;

DatasetSplit mnist = new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
TrainingSettings settings = TrainingPresets.For(TrainingPreset.Fast) with { TrainingImages = args is [string images] ? int.Parse(images) : null };
using Trainer trainer = new(settings, mnist);
foreach (EpochResult epoch in trainer.Train())
{
    Console.WriteLine($"Epoch {epoch.Epoch}: loss {epoch.Loss:F4}, validation accuracy {epoch.ValidationAccuracy:P2}");
}

string file = Path.Combine(Path.GetTempPath(), "digits.safetensors");
File.WriteAllBytes(file, trainer.Calibrate().ToBytes());

using CompiledNetwork network = CompiledNetwork.Load(File.ReadAllBytes(file));
(int digit, float confidence) = network.Classify([new DigitImage(mnist.Test.Pixels(0))])[0].Probabilities.Index().MaxBy(probability => probability.Item);
Console.WriteLine($"The first test image is a {digit} ({confidence:P2}). Its label is {mnist.Test.Labels[0]}.");

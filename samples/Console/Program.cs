using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;

// Train: MNIST is beside the program, where the build puts it. The arguments are optional: training images, and the file to save to.
DatasetSplit mnist = new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
int images = args.Length > 0 ? int.Parse(args[0]) : mnist.Training.Count;
using Trainer trainer = new(TrainingPresets.For(TrainingPreset.Fast) with { TrainingImages = images }, mnist);
foreach (EpochResult epoch in trainer.Train())
{
    Console.WriteLine($"Epoch {epoch.Epoch}: loss {epoch.Loss:F4}, validation accuracy {epoch.ValidationAccuracy:P2}");
}

// Save, and load without torch: the file alone is enough.
string file = args.Length > 1 ? args[1] : "digits.safetensors";
File.WriteAllBytes(file, trainer.Network.ToSafeTensors());
using CompiledNetwork network = CompiledNetwork.Load(File.ReadAllBytes(file));

// Classify.
float[] probabilities = network.Classify([new DigitImage(mnist.Test.Pixels(0))])[0];
Console.WriteLine($"The first test image is a {Array.IndexOf(probabilities, probabilities.Max())} ({probabilities.Max():P2}); its label is {mnist.Test.Labels[0]}.");

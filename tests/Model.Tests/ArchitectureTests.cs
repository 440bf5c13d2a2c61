using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests;

/// <summary>The dependencies between the folders of <c>src/Model</c>: a folder uses only folders on lower levels.</summary>
public class ArchitectureTests
{
    private static readonly FolderRow[] Levels =
    [
        new(8, "Training", "presets, optimizer, evaluation and the trainer"),
        new(7, "Networks", "trainable networks as torch modules"),
        new(7, "Inference", "compiled networks and batching, without torch"),
        new(7, "Onnx", "export, from settings and weights"),
        new(7, "Checkpoints", "the state from which training resumes"),
        new(6, "Kernels/Layers", "recurrent and linear layers, forward and backward"),
        new(5, "Kernels/Cells", "the arithmetic of each kind of recurrent cell"),
        new(4, "Kernels/Products", "vectors, native memory and the matrix product"),
        new(4, "Kernels/Threads", "distribution of work across cores"),
        new(3, "Architecture", "what a network consists of: settings, kinds of cells, tensor shapes"),
        new(3, "Data", "datasets, batches and augmentation"),
        new(2, "Images", "conversion of pictures to MNIST-style images"),
        new(1, "SafeTensors", "the file format of the weights"),
        new(0, "Numerics", "random numbers"),
    ];

    [Fact]
    public void Folders_use_only_folders_on_lower_levels()
    {
        Assert.Empty(new FolderRules(Levels, FolderRules.ReadSources("src/Model")).FindViolations());
    }

    [Fact]
    public void A_use_of_a_higher_level_is_reported_with_both_types()
    {
        Dictionary<string, string> sources = FolderRules.ReadSources("src/Model");
        sources["Kernels/Cells/Violation.cs"] = """
            using RnnService.Model.Networks;

            namespace RnnService.Model.Kernels.Cells;

            internal sealed record Violation(DigitNetwork Network, Inference.CompiledNetwork Compiled);
            """;

        IReadOnlyList<string> violations = new FolderRules(Levels, sources).FindViolations();

        Assert.Contains("Kernels/Cells/Violation uses Networks/DigitNetwork: Networks is on level 7, Kernels/Cells on level 5", violations);
        Assert.Contains("Kernels/Cells/Violation uses Inference/CompiledNetwork: Inference is on level 7, Kernels/Cells on level 5", violations);
        Assert.Contains("Kernels/Cells/Violation uses Networks/DigitNetwork: Kernels/Cells is part of a dependency cycle", violations);
    }

    [Fact]
    public void Only_networks_and_training_use_torch()
    {
        string[] users = [.. FolderRules.ReadSources("src/Model").Where(source => UsesTorch(source.Value)).Select(source => source.Key.Split('/')[0]).Distinct().Order()];

        Assert.Equal(["Networks", "Training"], users);
    }

    [Fact]
    public void Uses_of_torch_are_detected()
    {
        Assert.True(UsesTorch("using TorchSharp;\n"));
        Assert.True(UsesTorch("using static TorchSharp.torch;\n"));
        Assert.True(UsesTorch("TorchSharp.torch.set_num_threads(1);\n"));
        Assert.False(UsesTorch("// TorchSharp\n/// <c>TorchSharp</c>\n"));
    }

    [Fact]
    public void The_model_library_does_not_depend_on_the_service()
    {
        string[] references = [.. typeof(Trainer).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)];

        Assert.Contains("TorchSharp", references);
        Assert.DoesNotContain(references, name =>
            name.StartsWith("RnnService", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || name.StartsWith("Hangfire", StringComparison.Ordinal));
    }

    private static bool UsesTorch(string source) =>
        source.Split('\n').Any(line => line.Split("//")[0].Contains("TorchSharp", StringComparison.Ordinal));
}

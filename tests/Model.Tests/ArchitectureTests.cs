using RnnService.Model.Training;

namespace RnnService.Model.Tests;

public class ArchitectureTests
{
    [Fact]
    public void The_model_knows_nothing_of_the_service()
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
}

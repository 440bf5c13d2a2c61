using RnnService.Testing;

namespace RnnService.Api.Tests;

/// <summary>The structure of <c>src/Api</c>: a folder uses only folders on floors below its own.</summary>
public class ArchitectureTests
{
    private static readonly FolderRow[] Floors =
    [
        new(7, ".", "Program.cs: the table of contents"),
        new(7, "Hosting", "start-up checks, OpenAPI, health endpoints and the web page; knows all other folders"),
        new(6, "OpenInference", "/v2, the Open Inference Protocol"),
        new(6, "Training", "POST /train, the worker, the sweeper and Hangfire"),
        new(5, "Prediction", "POST /predict and /predict/batch"),
        new(5, "Progress", "GET /jobs/{id}/progress and /jobs/{id}/events"),
        new(4, "Models", "the model registry, the active model, the model cache and misclassified test images"),
        new(3, "Datasets", "the datasets that the service knows"),
        new(2, "Jobs", "training jobs, their states, leases and event logs"),
        new(1, "Storage", "the database and the JSON format of stored values"),
        new(1, "Storage/Migrations", "the database's schema"),
        new(1, "Admission", "permits for expensive work, and minimum data rates of those that hold one"),
        new(0, "Http", "problems, validation errors, paging and the JSON format of the API"),
    ];

    [Fact]
    public void Folders_use_only_folders_on_lower_floors()
    {
        Assert.Empty(new FolderRules(Floors, FolderRules.ReadSources("src/Api")).FindViolations());
    }

    [Fact]
    public void A_use_of_a_higher_floor_is_reported_with_both_types()
    {
        Dictionary<string, string> sources = FolderRules.ReadSources("src/Api");
        sources["Jobs/Upstairs.cs"] = """
            using RnnService.Api.Models;

            namespace RnnService.Api.Jobs;

            internal sealed record Upstairs(ModelVersion Model, Progress.ProgressStream Stream);
            """;

        IReadOnlyList<string> violations = new FolderRules(Floors, sources).FindViolations();

        Assert.Contains("Jobs/Upstairs uses Models/ModelVersion: Models is on floor 4, Jobs on floor 2", violations);
        Assert.Contains("Jobs/Upstairs uses Progress/ProgressStream: Progress is on floor 5, Jobs on floor 2", violations);
        Assert.Contains("Jobs/Upstairs uses Models/ModelVersion: Jobs is on a circle of folders", violations);
    }

    [Fact]
    public void A_use_of_the_same_floor_an_unknown_folder_and_a_long_file_are_reported()
    {
        Dictionary<string, string> sources = FolderRules.ReadSources("src/Api");
        sources["Progress/Neighbor.cs"] = "namespace RnnService.Api.Progress;\ninternal sealed record Neighbor(Prediction.Predictor Predictor); // not ImageForm\n";
        sources["Attic/Box.cs"] = $"namespace RnnService.Api.Attic;\ninternal sealed class Box;{new string('\n', 200)}";

        Assert.Equal(
            [
                "Attic is not in the table of floors",
                "Attic/Box.cs has 201 lines, more than 200",
                "Progress/Neighbor uses Prediction/Predictor: Prediction is on floor 5, Progress on floor 5",
            ],
            new FolderRules(Floors, sources).FindViolations());
    }
}

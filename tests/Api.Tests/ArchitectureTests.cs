using RnnService.Testing;

namespace RnnService.Api.Tests;

/// <summary>The dependencies between the folders of <c>src/Api</c>: a folder uses only folders on lower levels.</summary>
public class ArchitectureTests
{
    private static readonly FolderRow[] Levels =
    [
        new(7, ".", "Program.cs: the composition of the service"),
        new(7, "Hosting", "startup checks, OpenAPI, health endpoints and the web page; uses all other folders"),
        new(6, "OpenInference", "/v2, the Open Inference Protocol"),
        new(6, "Training", "POST /train, the worker, the sweeper and Hangfire"),
        new(5, "Prediction", "POST /predict and /predict/batch"),
        new(5, "Progress", "GET /jobs/{id}/progress and /jobs/{id}/events"),
        new(4, "Models", "the model registry, the active model, the model cache and misclassified test images"),
        new(3, "Datasets", "the configured datasets"),
        new(2, "Jobs", "training jobs, their states, leases and event logs"),
        new(2, "Roles", "what this process does: api, worker, or both"),
        new(1, "Security", "the rules for browsers: host names, origins, and the headers of all responses"),
        new(1, "Storage", "the database, embedded or PostgreSQL, and the JSON format of stored values"),
        new(1, "Storage/Copying", "copies the embedded database to PostgreSQL"),
        new(1, "Storage/Migrations/Postgres", "the schema of the PostgreSQL database"),
        new(1, "Storage/Migrations/Sqlite", "the schema of the embedded database"),
        new(1, "Storage/Notifications", "notifications between the processes that share a database"),
        new(1, "Admission", "permits for expensive work, and minimum data rates of those that hold one"),
        new(0, "Http", "problems, validation errors, paging and the JSON format of the API"),
    ];

    [Fact]
    public void Folders_use_only_folders_on_lower_levels()
    {
        Assert.Empty(new FolderRules(Levels, FolderRules.ReadSources("src/Api")).FindViolations());
    }

    [Fact]
    public void A_use_of_a_higher_level_is_reported_with_both_types()
    {
        Dictionary<string, string> sources = FolderRules.ReadSources("src/Api");
        sources["Jobs/Violation.cs"] = """
            using RnnService.Api.Models;

            namespace RnnService.Api.Jobs;

            internal sealed record Violation(ModelVersion Model, Progress.ProgressStream Stream);
            """;

        IReadOnlyList<string> violations = new FolderRules(Levels, sources).FindViolations();

        Assert.Contains("Jobs/Violation uses Models/ModelVersion: Models is on level 4, Jobs on level 2", violations);
        Assert.Contains("Jobs/Violation uses Progress/ProgressStream: Progress is on level 5, Jobs on level 2", violations);
        Assert.Contains("Jobs/Violation uses Models/ModelVersion: Jobs is part of a dependency cycle", violations);
    }

    [Fact]
    public void A_use_of_the_same_level_an_unknown_folder_and_a_long_file_are_reported()
    {
        Dictionary<string, string> sources = FolderRules.ReadSources("src/Api");
        sources["Progress/Neighbor.cs"] = "namespace RnnService.Api.Progress;\ninternal sealed record Neighbor(Prediction.Predictor Predictor); // not ImageForm\n";
        sources["Unknown/Box.cs"] = $"namespace RnnService.Api.Unknown;\ninternal sealed class Box;{new string('\n', 200)}";

        Assert.Equal(
            [
                "Unknown is not in the dependency table",
                "Unknown/Box.cs has 201 lines, more than 200",
                "Progress/Neighbor uses Prediction/Predictor: Prediction is on level 5, Progress on level 5",
            ],
            new FolderRules(Levels, sources).FindViolations());
    }
}

using RnnService.Api.Datasets;
using RnnService.Api.Hosting;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.OpenInference;
using RnnService.Api.Prediction;
using RnnService.Api.Progress;
using RnnService.Api.Storage;
using RnnService.Api.Training;

// Read the settings next to the executable, independent of the working directory.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

builder.Services
    .AddSingleton(TimeProvider.System)
    .AddHttp()
    .AddStorage()
    .AddJobs()
    .AddDatasets()
    .AddModels()
    .AddPrediction()
    .AddProgress()
    .AddOpenInference()
    .AddTraining()
    .AddHealth()
    .AddOpenApiDocument()
    .AddWebPage();

WebApplication app = builder.Build();
if (!app.CanStart())
{
    return 1;
}

app.UseProblemResponses();
app.UseWebPage();
app.UseOpenApiDocument();
app.MapHealth();
app.MapBackgroundJobs();
app.MapTraining();
app.MapJobs();
app.MapProgress();
app.MapPrediction();
app.MapOpenInference();
app.MapModels();
app.MapActiveModel();
app.MapMisclassifications();

app.Run();
return 0;
